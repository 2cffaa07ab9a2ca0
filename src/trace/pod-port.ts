/** The last hop: the port of a pod. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import { listensElsewhere } from '../../rules/port/listens-elsewhere.ts';
import { targetPortNameUnresolved } from '../../rules/port/target-port-name-unresolved.ts';
import { targetPortProtocolMismatch } from '../../rules/port/target-port-protocol-mismatch.ts';
import { targetPortUndeclared } from '../../rules/port/target-port-undeclared.ts';
import { probePortNameUnresolved } from '../../rules/probe/probe-port-name-unresolved.ts';
import { probePortUndeclared } from '../../rules/probe/probe-port-undeclared.ts';
import { podDependencyMissing } from '../../rules/reference/pod-dependency-missing.ts';
import { runningContainers } from '../cluster/containers.ts';
import type { Backend } from '../cluster/controllers/endpointslice.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import type { MinorVersion } from '../cluster/options.ts';
import { inPodSpec, type PodSet, workloadText } from '../cluster/pods.ts';
import { declaredPorts, resolvedPort, slicesSeeSidecars } from '../cluster/ports.ts';
import { probePort, resolveProbePort } from '../cluster/readiness.ts';
import { type ServicePicture } from '../cluster/service.ts';
import type { Path } from '../kubernetes/json.ts';
import { unresolvedText, whyMissing } from '../lint/endpoints/why-none.ts';
import type { Place, Rule } from '../lint/rule.ts';
import type { Picture } from '../project/project.ts';
import { enumerate } from '../text/enumerate.ts';
import { heard, speaker } from './heard.ts';
import { type Hop } from './hop.ts';

const portRules: readonly Rule[] = [
  targetPortNameUnresolved,
  targetPortProtocolMismatch,
  targetPortUndeclared,
];

/** What may keep pods from starting, or from ever being ready. */
const startRules: readonly Rule[] = [podDependencyMissing, probePortUndeclared];

interface Reached extends Backend {
  readonly number: number;
}

/** What is said of one port of a Service. */
interface Dialled {
  readonly port: ServicePort;
  readonly minor: MinorVersion;
  readonly place: Place;
  /** What the rules say of it. */
  readonly saying: ReturnType<typeof speaker>;
}

/**
 * The number that is dialled in the pods of each workload; those that have none are left behind.
 */
export function podPort(
  picture: Picture,
  service: ServicePicture,
  port: ServicePort,
): { readonly hop: Hop; readonly backends: readonly Reached[] } {
  const index = service.ports.indexOf(port);
  const at = index < 0 ? ['spec', 'selector'] : ['spec', 'ports', index, 'targetPort'];
  const dialled: Dialled = {
    port,
    minor: picture.cluster.options.kubernetesMinor,
    place: { object: service.object, at },
    saying: speaker(portRules, picture, service.object, ['spec', 'ports', index]),
  };
  const backends = reached(service, port, index);
  const lacking = service.backends.filter(({ resolved }) => resolved.unresolved.includes(index));
  const [first] = backends;
  if (first === undefined) {
    const isOpen = service.backends.some(({ resolved }) => resolved.unknown.includes(index));
    return { hop: isOpen ? filledInLater(dialled) : noPort(dialled, lacking), backends };
  }
  const deaf = deafHop(picture, service, first);
  if (deaf !== undefined) return { hop: deaf, backends: [] };
  const undeclared = backends.find(
    ({ members, number }) => declaration(members.set, dialled, number) === undefined,
  );
  const hop =
    undeclared === undefined
      ? declaredHop(dialled, first, lacking)
      : undeclaredHop(dialled, undeclared);
  return { hop, backends };
}

/** The container is told to listen elsewhere; of several ports nobody knows which is meant. */
function deafHop(
  picture: Picture,
  { object, ports }: ServicePicture,
  { members: { set } }: Reached,
): Hop | undefined {
  if (ports.length > 1) return undefined;
  const said = heard('pod port', [listensElsewhere], picture, set.workload, inPodSpec(set));
  return said?.related?.some((place) => place.object === object) === true ? said : undefined;
}

function reached(service: ServicePicture, { port }: ServicePort, index: number): Reached[] {
  return service.backends.flatMap((backend): Reached[] => {
    // It is dialled in the pods themselves.
    if (index < 0) return [{ ...backend, number: port }];
    const number = resolvedPort(backend.resolved, index);
    return number === undefined ? [] : [{ ...backend, number }];
  });
}

function filledInLater({ place }: Dialled): Hop {
  const text = 'the port in the pods is filled in later';
  return { step: 'pod port', state: 'unknown', text, place };
}

function noPort(dialled: Dialled, lacking: readonly Backend[]): Hop {
  if (lacking.length === 0) return filledInLater(dialled);
  const { port, minor, place, saying } = dialled;
  return {
    step: 'pod port',
    state: 'broken',
    text: enumerate(lacking.map(({ members }) => unresolvedText(port, members.set, minor))),
    help: 'write the name or number of one of these ports as targetPort',
    place,
    related: lacking.map(({ members: { set } }) => portsPlace(set)),
    ...saying,
  };
}

function undeclaredHop(
  { port, minor, place, saying }: Dialled,
  { number, members: { set } }: Reached,
): Hop {
  const declared = declaredPorts(set.spec, slicesSeeSidecars(minor)).map(
    ({ port: own }) => `${own.containerPort}/${own.protocol ?? 'TCP'}`,
  );
  const instead =
    declared.length === 0
      ? 'no container declares a port'
      : `the containers declare ${enumerate([...new Set(declared)].slice(0, 5))}`;
  return {
    step: 'pod port',
    state: 'unknown',
    text:
      `${number}/${port.protocol ?? 'TCP'} in ${workloadText(set)}, where ${instead}: ` +
      'only a running pod tells who listens',
    place,
    related: [portsPlace(set)],
    ...saying,
  };
}

function declaredHop(
  dialled: Dialled,
  { number, members: { set } }: Reached,
  lacking: readonly Backend[],
): Hop {
  const container = declaration(set, dialled, number);
  const others = enumerate(lacking.map(({ members }) => workloadText(members.set)));
  const left =
    lacking.length === 0 ? '' : `; the pods of ${others} have no such port and are left out`;
  return {
    step: 'pod port',
    state: 'passes',
    text:
      `${number}/${dialled.port.protocol ?? 'TCP'}, which container ` +
      `"${container?.container ?? ''}" declares${left}`,
    place: { object: set.workload, at: inPodSpec(set, ...(container?.path ?? [])) },
  };
}

function declaration(
  set: PodSet,
  { port: { protocol = 'TCP' }, minor }: Dialled,
  number: number,
): ReturnType<typeof declaredPorts>[number] | undefined {
  return declaredPorts(set.spec, slicesSeeSidecars(minor)).find(
    ({ port }) => port.containerPort === number && (port.protocol ?? 'TCP') === protocol,
  );
}

/** Whether the pods are there and become ready; the others are left behind. */
export function readiness(
  picture: Picture,
  service: ServicePicture,
  backends: readonly Reached[],
): { readonly hop: Hop; readonly backends: readonly Reached[] } {
  const why = backends.map((backend) => whyMissing(backend, service, picture.cluster));
  const ready = backends.filter((_, index) => why[index] === undefined);
  const reasons = [...new Set(why.flatMap((reason) => reason ?? []))];
  const [first] = ready.length === 0 ? backends : ready;
  const set = first?.members.set;
  if (set === undefined || ready.length === 0)
    return {
      hop: {
        step: 'ready',
        state: 'broken',
        text: enumerate(reasons),
        ...(set !== undefined && {
          place: blamed(set),
          ...speaker([probePortNameUnresolved], picture, set.workload, set.templatePath),
        }),
      },
      backends: ready,
    };
  const left = reasons.length === 0 ? '' : `; but ${enumerate(reasons)}`;
  const probe = probeOf(set);
  const hop = {
    step: 'ready',
    state: 'passes',
    text: `${probe.text}${left}`,
    place: { object: set.workload, at: inPodSpec(set, ...probe.path) },
  } as const;
  const doubt = heard('ready', startRules, picture, set.workload, set.templatePath);
  return {
    // What they leave open is nothing that this request asks for.
    hop:
      doubt?.state === 'broken'
        ? { ...doubt, state: 'unknown', text: `${hop.text}; but ${doubt.text}` }
        : hop,
    backends: ready,
  };
}

/** The field that keeps pods from being endpoints. */
function blamed(set: PodSet): { readonly object: ClusterObject; readonly at: Path } {
  const [reason] = set.notReady;
  return reason === undefined
    ? { object: set.workload, at: ['spec', 'replicas'] }
    : { object: set.workload, at: inPodSpec(set, ...reason.path) };
}

/** What decides whether a pod is an endpoint; the first probe stands for all. */
function probeOf(set: PodSet): { readonly text: string; readonly path: Path } {
  for (const { container, path } of runningContainers(set.spec)) {
    const { readinessProbe } = container;
    if (readinessProbe === undefined) continue;
    const asked = probePort(readinessProbe);
    const number = asked === undefined ? undefined : resolveProbePort(container, asked.port);
    const request = readinessProbe.httpGet?.path;
    const what =
      number === undefined
        ? 'has a readiness probe'
        : `is ready when ${request === undefined ? '' : `GET ${request} on `}port ${number} ` +
          'answers';
    return { text: `container "${container.name}" ${what}`, path: [...path, 'readinessProbe'] };
  }
  return {
    text:
      `no container of ${workloadText(set)} has a readiness probe: its pods are endpoints as ` +
      'soon as they run',
    path: ['containers'],
  };
}

function portsPlace(set: PodSet): NonNullable<Hop['related']>[number] {
  const [first] = declaredPorts(set.spec);
  const at = first === undefined ? ['containers'] : first.path.slice(0, -1);
  return {
    object: set.workload,
    at: inPodSpec(set, ...at),
    part: 'key',
    message: `the ports of ${workloadText(set)}`,
  };
}
