/** References to a port of a Service, by number or by name, and what was probably meant where there is no such port. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { ServicePicture } from '../cluster/service.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import { nearestName } from '../text/nearest-name.ts';
import { isSlip } from '../text/slip.ts';
import { follow, namespaceOf, type missingMessages, lookUp } from './reference.ts';
import type { Place, RuleContext } from './rule.ts';

/** A Service that was read, or one that somebody said exists, with the ports that were named. */
export interface ReachedService {
  readonly object?: ClusterObject;
  readonly picture?: ServicePicture;
  readonly ports: readonly ServicePort[];
}

/** Messages of every rule that checks ports with `portMiss`: spread them into the rule's own. */
export const servicePortMessages = {
  targetPort: ({ written, meant, known }: { written: string; meant: string; known: string }) =>
    `port ${written} is where the pods listen; the Service itself has ${meant}${known}`,
  byName: ({ written, meant, known }: { written: string; meant: string; known: string }) =>
    `${written} is no port name of the Service, but the number of ${meant}${known}`,
  unnamed: ({ written, meant, known }: { written: string; meant: string; known: string }) =>
    `the Service has no port named ${written}: ${meant} has no name${known}`,
  nearPort: ({ written, meant, known }: { written: string; meant: string; known: string }) =>
    `the Service has no port ${written}; did you mean ${meant}?${known}`,
  otherPort: ({ written, known }: { written: string; meant: string; known: string }) => `the Service has no port ${written}${known}`,
};

type PortProblem = keyof typeof servicePortMessages;

/** Why a Service has no such port. Made to be spread into a finding. */
export interface PortMiss {
  readonly id: PortProblem;
  readonly data: { readonly written: string; readonly meant: string; readonly known: string };
  readonly help: string;
  /** The port that was probably meant. */
  readonly meant: ServicePort | undefined;
  /** Whether `meant` is beyond doubt. */
  readonly certain: boolean;
}

/** A port as a reference writes it. */
export type WrittenPort = { readonly number: number; readonly name?: undefined } | { readonly name: string; readonly number?: undefined };

/** The port that a number or a name means; `protocol` counts where it is given. */
export function findServicePort(ports: readonly ServicePort[], written: WrittenPort, protocol?: string): ServicePort | undefined {
  return ports.find(
    (port) =>
      (written.name === undefined ? port.port === written.number : port.name === written.name) &&
      (protocol === undefined || (port.protocol ?? 'TCP') === protocol),
  );
}

/**
 * Undefined where the Service has the port. Otherwise what was probably meant, in this order: the targetPort was written, a number where a name belongs,
 * the name of a container port of a Service whose only port has none, a slip, the only port there is.
 */
export function portMiss(ports: readonly ServicePort[], written: WrittenPort, protocol?: string): PortMiss | undefined {
  if (findServicePort(ports, written, protocol) !== undefined) return undefined;
  const usable = protocol === undefined ? ports : ports.filter((port) => (port.protocol ?? 'TCP') === protocol);
  const text = written.name === undefined ? String(written.number) : `"${written.name}"`;
  const known = `; known ports: ${listServicePorts(usable)}`;
  const miss = (id: PortProblem, meant: ServicePort | undefined, help: string, certain: boolean): PortMiss => {
    return { id, data: { written: text, meant: meant === undefined ? '' : describeServicePort(meant), known }, help, meant, certain };
  };
  const byTarget = usable.filter(({ targetPort }) => targetPort === (written.name ?? written.number));
  const [target] = byTarget;
  if (target !== undefined && byTarget.length === 1) {
    if (written.name !== undefined && target.name === undefined)
      return miss('unnamed', target, `write number: ${target.port}, or give the Service port the name ${written.name}`, true);
    return miss('targetPort', target, `write the Service port: ${wayToWrite(target, written)}`, true);
  }
  if (written.name !== undefined) {
    const byNumber = usable.find(({ port }) => String(port) === written.name);
    if (byNumber !== undefined) return miss('byName', byNumber, `write it as number: ${byNumber.port}`, true);
    const names = usable.flatMap(({ name }) => (name === undefined ? [] : [name]));
    const near = nearestName(written.name, names);
    const meant = usable.find(({ name }) => name !== undefined && name === near);
    if (meant !== undefined) return miss('nearPort', meant, `change it to ${near}`, isSlip(written.name, meant.name ?? ''));
  }
  const [only] = usable;
  if (only !== undefined && usable.length === 1) {
    if (written.name !== undefined && only.name === undefined)
      return miss('unnamed', only, `write number: ${only.port}, or give the Service port the name ${written.name}`, true);
    return miss('otherPort', only, `write the Service port: ${wayToWrite(only, written)}`, true);
  }
  return miss('otherPort', undefined, "refer to one of the Service's ports", true);
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
  const number = protocol === undefined || protocol === 'TCP' ? String(port) : `${port}/${protocol}`;
  return `${number} (${name === undefined ? 'unnamed' : `"${name}"`})`;
}

/**
 * The Service of a name, for its ports; reports at `place` what is missing, as `follow` does. An assumed Service without ports has nothing to check and
 * gives undefined.
 */
export function followService(
  context: Pick<RuleContext<typeof missingMessages>, 'cluster' | 'world' | 'unit' | 'report' | 'unknown'>,
  place: Place,
  wanted: { readonly name: string; readonly namespace?: string | undefined },
  extra: Parameters<typeof follow>[3] = {},
): ReachedService | undefined {
  const target = {
    group: '',
    kind: 'Service',
    namespace: wanted.namespace ?? namespaceOf(place.object, context.cluster),
    name: wanted.name,
  };
  const lookup = lookUp(context, place.object, target);
  if (lookup.state === 'assumed') {
    const { ports } = lookup.assumption;
    if (ports === undefined) return undefined;
    return { ports: ports.map((port) => (typeof port === 'number' ? { port } : { port: 0, name: port })) };
  }
  const object = follow(context, place, target, extra);
  const picture = object === undefined ? undefined : context.cluster.servicesByName.get(`${object.namespace}/${object.name}`);
  return object === undefined || picture === undefined ? undefined : { object, picture, ports: picture.ports };
}
