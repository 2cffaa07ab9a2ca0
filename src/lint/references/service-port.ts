/**
 * References to a port of a Service, by number or by name, and what was probably meant where there
 * is no such port.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { ClusterObject } from '../../cluster/objects.ts';
import { declaredPorts } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { nodeAt } from '../../manifest/node.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { isSlip } from '../../text/slip.ts';
import { fixTo } from '../fixes/change-to.ts';
import type { Messages, Place, RuleContext } from '../rule.ts';
import type { ReachedService } from './reached-service.ts';

type PortData = { readonly written: string; readonly meant: string; readonly known: string };

/** What can be wrong with a reference by number: spread it into the rule's own messages. */
export const portNumberMessages = {
  targetPort: ({ written, meant, known }: PortData) =>
    `port ${written} is where the pods listen; the Service itself has ${meant}${known}`,
  otherPort: ({ written, known }: PortData) => `the Service has no port ${written}${known}`,
};

/** The same for references by number or name. */
export const portNameMessages = {
  ...portNumberMessages,
  unnamed: ({ written, meant, known }: PortData) =>
    `the Service has no port named ${written}: ${meant} has no name${known}`,
  nearPort: ({ written, meant, known }: PortData) =>
    `the Service has no port ${written}; did you mean ${meant}?${known}`,
};

/** The same where a name may be nothing but digits. */
export const servicePortMessages = {
  ...portNameMessages,
  byName: ({ written, meant, known }: PortData) =>
    `${written} is not a port name of the Service, but the number of ${meant}${known}`,
};

type PortProblem = keyof typeof servicePortMessages;

/** Why a Service has no such port. Made to be spread into a finding. */
export interface PortMiss<Id extends PortProblem = PortProblem> {
  readonly id: Id;
  readonly data: PortData;
  readonly help: string;
  /** The port that was probably meant. */
  readonly meant: ServicePort | undefined;
  /** Whether `meant` is beyond doubt. */
  readonly certain: boolean;
}

/** A port as a reference writes it. */
export type WrittenPort =
  | { readonly number: number; readonly name?: undefined }
  | { readonly name: string; readonly number?: undefined };

/** The port that a number or a name means; `protocol` counts where it is given. */
export function findServicePort(
  ports: readonly ServicePort[],
  written: WrittenPort,
  protocol?: string,
): ServicePort | undefined {
  return ports.find(
    (port) =>
      (written.name === undefined ? port.port === written.number : port.name === written.name) &&
      (protocol === undefined || (port.protocol ?? 'TCP') === protocol),
  );
}

/**
 * Undefined where the Service has the port. Otherwise what was probably meant, in this order: the
 * targetPort was written, a number where a name belongs, the name of a container port of a Service
 * whose only port has none, a slip, the only port there is.
 */
export function portMiss(
  ports: readonly ServicePort[],
  written: { readonly number: number },
  protocol?: string,
  picture?: ServicePicture,
): PortMiss<keyof typeof portNumberMessages> | undefined;
export function portMiss(
  ports: readonly ServicePort[],
  written: WrittenPort,
  protocol?: string,
  picture?: ServicePicture,
): PortMiss | undefined;
export function portMiss(
  ports: readonly ServicePort[],
  written: WrittenPort,
  protocol?: string,
  picture?: ServicePicture,
): PortMiss | undefined {
  if (findServicePort(ports, written, protocol) !== undefined || ports.some(isOpen))
    return undefined;
  const usable =
    protocol === undefined ? ports : ports.filter((port) => (port.protocol ?? 'TCP') === protocol);
  const {
    id,
    meant,
    help,
    certain = true,
  } = meantByTarget(usable, written, picture) ??
  meantByName(usable, written) ??
  onlyPort(usable, written);
  return {
    id,
    data: {
      written: describeWritten(ports, written, protocol),
      meant: meant === undefined ? '' : describeServicePort(meant),
      // The only port is named already.
      known:
        id !== 'otherPort' && usable.length === 1
          ? ''
          : `; known ports: ${listServicePorts(usable.length === 0 ? ports : usable)}`,
    },
    help,
    meant,
    certain,
  };
}

/** With the protocol where the very number is there for another one. */
function describeWritten(
  ports: readonly ServicePort[],
  written: WrittenPort,
  protocol: string | undefined,
): string {
  if (written.name !== undefined) return `"${written.name}"`;
  const isOther = protocol !== undefined && findServicePort(ports, written) !== undefined;
  return isOther ? `${written.number}/${protocol}` : String(written.number);
}

/** What is wrong with a port; it is certain unless it says otherwise. */
interface Meant extends Pick<PortMiss, 'id' | 'meant' | 'help'> {
  readonly certain?: boolean;
}

/** The only port that leads to what is written. */
function meantByTarget(
  usable: readonly ServicePort[],
  written: WrittenPort,
  picture: ServicePicture | undefined,
): Meant | undefined {
  const byTarget = usable.filter((port) => leadsTo(port, written.name ?? written.number, picture));
  const [target] = byTarget;
  if (target === undefined || byTarget.length > 1) return undefined;
  return (
    withoutName(target, written) ?? {
      id: 'targetPort',
      meant: target,
      help: `write the Service port: ${wayToWrite(target, written)}`,
    }
  );
}

/** A name was written, and the port that is meant has none. */
function withoutName(meant: ServicePort, written: WrittenPort): Meant | undefined {
  if (written.name === undefined || meant.name !== undefined) return undefined;
  const help = `write number: ${meant.port}, or give the Service port the name ${written.name}`;
  return { id: 'unnamed', meant, help };
}

/** A number where a name belongs, or a slip of a name. */
function meantByName(usable: readonly ServicePort[], { name }: WrittenPort): Meant | undefined {
  if (name === undefined) return undefined;
  const byNumber = usable.find(({ port }) => String(port) === name);
  if (byNumber !== undefined)
    return { id: 'byName', meant: byNumber, help: `write it as number: ${byNumber.port}` };
  const near = nearestName(
    name,
    usable.flatMap((port) => port.name ?? []),
  );
  const meant = usable.find((port) => port.name !== undefined && port.name === near);
  if (meant === undefined) return undefined;
  const certain = isSlip(name, meant.name ?? '');
  return { id: 'nearPort', meant, help: `change it to ${near}`, certain };
}

function onlyPort(usable: readonly ServicePort[], written: WrittenPort): Meant {
  const [meant] = usable;
  if (meant === undefined || usable.length > 1)
    return { id: 'otherPort', meant: undefined, help: "refer to one of the Service's ports" };
  return (
    withoutName(meant, written) ?? {
      id: 'otherPort',
      meant,
      help: `write the Service port: ${wayToWrite(meant, written)}`,
    }
  );
}

/**
 * Whether a number or name is that of the port in the pods: as the Service writes it, or as it is
 * in the pods that were read.
 */
function leadsTo(
  port: ServicePort,
  target: number | string,
  picture: ServicePicture | undefined,
): boolean {
  if (port.targetPort === target) return true;
  return (picture?.backends ?? []).some(({ members: { set }, resolved }) => {
    const number = resolved.ports.find(({ name }) => name === (port.name ?? ''))?.port;
    if (number === undefined || typeof target === 'number') return number === target;
    return declaredPorts(set.spec).some(
      ({ port: declared }) => declared.containerPort === number && declared.name === target,
    );
  });
}

/** A placeholder stands for its number or name. */
function isOpen({ port, name }: ServicePort): boolean {
  return typeof port !== 'number' || isPlaceholder(name);
}

/** `80`, or `name: http` where the reference is by name. */
function wayToWrite({ port, name }: ServicePort, written: WrittenPort): string {
  return written.name !== undefined && name !== undefined ? name : String(port);
}

/** `80 ("http")`, `9090 (unnamed)`; at most five. */
export function listServicePorts(ports: readonly ServicePort[]): string {
  if (ports.length === 0) return 'none';
  const shown = ports.slice(0, 5).map(describeServicePort);
  return `${shown.join(', ')}${ports.length > 5 ? ` and ${ports.length - 5} more` : ''}`;
}

function describeServicePort({ port, name, protocol }: ServicePort): string {
  if (port === 0) return `"${name ?? ''}"`;
  const number =
    protocol === undefined || protocol === 'TCP' ? String(port) : `${port}/${protocol}`;
  return `${number} (${name === undefined ? 'unnamed' : `"${name}"`})`;
}

type Context<M extends Messages> = Pick<RuleContext<M>, 'report' | 'unknown'>;

interface CheckOptions {
  readonly protocol?: string;
  readonly why?: string;
  readonly help?: string;
  readonly severity?: 'warning' | 'info';
}

/**
 * Reports at `place`, which is the scalar with the port (or where it would be), that the Service
 * has no such port; gives whether it has. A fix puts a number in place of a number and a name in
 * place of a name.
 */
export function checkServicePort(
  context: Context<typeof portNumberMessages>,
  place: Place,
  service: ReachedService,
  written: { readonly number: number },
  extra?: CheckOptions,
): boolean;
export function checkServicePort(
  context: Context<typeof portNameMessages>,
  place: Place,
  service: ReachedService,
  written: WrittenPort,
  extra?: CheckOptions,
): boolean;
export function checkServicePort(
  context: Context<typeof portNameMessages>,
  place: Place,
  { object, maker, picture, ports, unknown }: ReachedService,
  written: WrittenPort,
  extra: CheckOptions = {},
): boolean {
  const { protocol, ...said } = extra;
  if (findServicePort(ports, written, protocol) !== undefined) return true;
  if (unknown !== undefined) {
    context.unknown({ ...place, reason: unknown });
    return false;
  }
  const miss = portMiss(ports, written, protocol, picture);
  if (miss === undefined) return true;
  const { id, data, help, meant, certain } = miss;
  const replace = written.name === undefined ? meant?.port : meant?.name;
  // A port that is left out means a default, and there is nothing to replace.
  const stands = nodeAt(place.object.source.node, place.at)?.type === 'scalar';
  context.report({
    ...place,
    id: id === 'byName' ? 'otherPort' : id,
    data,
    help: !stands && meant !== undefined ? `add port: ${meant.port}` : help,
    ...said,
    ...(object !== undefined && { related: [portsOf(object, ports, meant)] }),
    ...(maker !== undefined && {
      related: [
        {
          object: maker,
          at: ['metadata', 'name'],
          message: `this ${maker.kind} makes the Service`,
        },
      ],
    }),
    fixes: stands ? fixTo(replace, certain && id !== 'otherPort' ? 'safe' : 'unsafe') : [],
  });
  return false;
}

/** The port that was meant, or all of them, for the other side of a finding. */
function portsOf(
  object: ClusterObject,
  ports: readonly ServicePort[],
  meant: ServicePort | undefined,
) {
  const index = meant === undefined ? -1 : ports.indexOf(meant);
  const path = ['spec', 'ports'];
  return {
    object,
    at: index < 0 ? path : [...path, index],
    part: 'key' as const,
    message: index < 0 ? 'the ports of the Service' : 'this port of the Service',
  };
}
