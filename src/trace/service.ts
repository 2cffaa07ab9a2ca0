/** From a port of a Service to the pods behind it. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import { endpointsPortNameMismatch } from '../../rules/name/endpoints-port-name-mismatch.ts';
import { endpointsWithoutService } from '../../rules/name/endpoints-without-service.ts';
import { serviceWithoutEndpoints } from '../../rules/name/service-without-endpoints.ts';
import { slicePortNameMismatch } from '../../rules/name/slice-port-name-mismatch.ts';
import { targetPortNameUnresolved } from '../../rules/port/target-port-name-unresolved.ts';
import { targetPortProtocolMismatch } from '../../rules/port/target-port-protocol-mismatch.ts';
import { targetPortUndeclared } from '../../rules/port/target-port-undeclared.ts';
import { probePortNameUnresolved } from '../../rules/probe/probe-port-name-unresolved.ts';
import { externalNameUnresolved } from '../../rules/reference/external-name-unresolved.ts';
import { serviceSelectsNothing } from '../../rules/selector/service-selects-nothing.ts';
import { runningContainers } from '../cluster/containers.ts';
import type { Backend } from '../cluster/controllers/endpointslice.ts';
import { formatPairs } from '../cluster/labels.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import type { PodSet } from '../cluster/pods.ts';
import { declaredPorts, slicesSeeSidecars } from '../cluster/ports.ts';
import { dialledPort } from '../cluster/proxy.ts';
import { probePort, resolveProbePort } from '../cluster/readiness.ts';
import { backendsOfPort, type ServicePicture } from '../cluster/service.ts';
import type { Path } from '../kubernetes/json.ts';
import { serviceOfHost } from '../kubernetes/references.ts';
import { wrongPort } from '../lint/references/dns-names.ts';
import type { Rule } from '../lint/rule.ts';
import { suggestSelector } from '../lint/selectors/nearest.ts';
import { nearestWorkload } from '../lint/selectors/nearest-workload.ts';
import { unresolvedText, whyMissing, whyNone, whyPort } from '../lint/why-none.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Picture } from '../project/project.ts';
import { addressText, podsText, workloadText } from '../report/members.ts';
import { enumerate, firstFew } from '../text/enumerate.ts';
import { heard, speaker } from './heard.ts';
import { type Hop, type Trace, traceOf } from './hop.ts';
import { policyHops } from './policies.ts';

export interface Sender {
  /** The pods that send the request, where they are known. */
  readonly from?: PodSet;
  /** A proxy that dials the endpoints itself and looks at the Service for them only. */
  readonly proxied: boolean;
}

/** An alias of an alias of an alias. */
const longestChain = 8;

/** What becomes of a request to a Service port; `before` are the hops up to it. */
export function tracePort(
  picture: Picture,
  service: ServicePicture,
  port: ServicePort,
  sender: Sender,
  before: readonly Hop[],
): Trace {
  if (service.spec.type === 'ExternalName')
    return traceAlias(picture, service, port, sender, before);
  const translated = sender.proxied ? undefined : wrongPort(service, port.port, false);
  if (typeof translated === 'object')
    return traceOf([...before, untranslated(service, port, translated.number)]);
  const members = service.automatic
    ? selected(picture, service)
    : writtenByHand(picture, service, port);
  const hops = [...before, members];
  if (members.state !== 'passes') return traceOf(hops);
  if (!service.automatic) return traceOf([...hops, beyond(service)]);
  const dialled = podPort(picture, service, port);
  hops.push(dialled.hop);
  if (dialled.backends.length === 0) return traceOf(hops);
  const ready = readiness(picture, service, dialled.backends);
  hops.push(ready.hop);
  if (ready.backends.length === 0) return traceOf(hops);
  const protocol = port.protocol ?? 'TCP';
  const reached = ready.backends.map(({ members: { set }, number }) => ({
    set,
    port: number,
    protocol,
  }));
  for (const hop of policyHops(picture, sender.from, reached)) {
    hops.push(hop);
    if (hop.state === 'broken') break;
  }
  return traceOf(hops);
}

function untranslated(service: ServicePicture, port: ServicePort, number: number): Hop {
  const index = service.ports.indexOf(port);
  return {
    step: 'port',
    state: 'broken',
    text:
      `${describeObject(service.object)} is headless, so port ${port.port} is dialled in the ` +
      `pods themselves, which listen on ${number}`,
    help: `dial ${number}, or take "clusterIP: None" out of the Service`,
    place: { object: service.object, at: ['spec', 'ports', index, 'targetPort'] },
    related: [
      { object: service.object, at: ['spec', 'clusterIP'], message: 'this makes it headless' },
    ],
  };
}

/** The client follows the alias itself, and dials the port that it dialled before. */
function traceAlias(
  picture: Picture,
  service: ServicePicture,
  port: ServicePort,
  sender: Sender,
  before: readonly Hop[],
): Trace {
  const { object, spec } = service;
  const place = { object, at: ['spec', 'externalName'] };
  const host = spec.externalName?.replace(/\.$/, '') ?? '';
  const said = heard('name', [externalNameUnresolved], picture, object, ['spec', 'externalName']);
  if (said !== undefined) return traceOf([...before, said]);
  const named = /\.svc(\.cluster\.local)?$/.test(host) ? serviceOfHost(host, undefined) : undefined;
  const target =
    named === undefined
      ? undefined
      : picture.cluster.servicesByName.get(`${named.namespace}/${named.name}`);
  const aliases = before.filter(({ step }) => step === 'name').length;
  const next = target?.ports.find((one) => one.port === port.port);
  if (target === undefined || next === undefined || aliases > longestChain)
    return traceOf([
      ...before,
      {
        step: 'outside',
        state: 'unknown',
        text: `it is an alias of ${host}, which is not among what was read`,
        place,
      },
    ]);
  const text = `it is an alias of ${describeObject(target.object)}`;
  return tracePort(picture, target, next, sender, [
    ...before,
    { step: 'name', state: 'passes', text, place },
  ]);
}

/** Whether the selector takes any pods. */
function selected(picture: Picture, service: ServicePicture): Hop {
  const { cluster, unseen } = picture;
  const { object, backends, selector = {} } = service;
  const place = { object, at: ['spec', 'selector'], part: 'key' as const };
  if (backends.length === 0) {
    const { state, reason } = whyNone(service, cluster, unseen);
    if (state === 'unknown') return { step: 'endpoints', state, text: reason, place };
    const nearest = nearestWorkload(selector, object, cluster);
    const help = nearest === undefined ? undefined : suggestSelector(nearest, selector, object);
    return {
      step: 'endpoints',
      state: 'broken',
      text: reason,
      place,
      ...(help !== undefined && { help }),
      ...(nearest !== undefined && {
        related: [
          { object: nearest.object, at: ['metadata', 'name'], message: 'the nearest workload' },
        ],
      }),
      ...speaker([serviceSelectsNothing], picture, object, []),
    };
  }
  const taken = backends.map(
    ({ members: { set, count } }) => `${workloadText(set)} (${podsText(set, count)})`,
  );
  return {
    step: 'endpoints',
    state: 'passes',
    text: `selector ${formatPairs(selector)} takes ${enumerate(taken)}`,
    place,
  };
}

const writtenRules: readonly Rule[] = [
  serviceWithoutEndpoints,
  endpointsWithoutService,
  endpointsPortNameMismatch,
  slicePortNameMismatch,
];

/** Endpoints and slices that somebody wrote. */
function writtenByHand(picture: Picture, service: ServicePicture, port: ServicePort): Hop {
  const { cluster, unseen } = picture;
  const { mirrored, manualSlices, manualEndpoints, object } = service;
  const written = manualSlices[0] ?? manualEndpoints ?? object;
  const place = { object: written, at: ['metadata', 'name'] };
  if (backendsOfPort(service, port).ready === 0) {
    const { reason } = whyPort(service, port, cluster, unseen);
    const whyUnseen =
      unseen.whyDocumentUnseen('EndpointSlice') ?? unseen.whyDocumentUnseen('Endpoints');
    const saying = speaker(writtenRules, picture, object, []);
    const byHand = ': somebody may write them in the cluster';
    const isWritten = manualSlices.length > 0 || manualEndpoints !== undefined;
    return whyUnseen === undefined && (isWritten || saying.rule !== undefined)
      ? { step: 'endpoints', state: 'broken', text: reason, place, ...saying }
      : {
          step: 'endpoints',
          state: 'unknown',
          text: `${reason}${whyUnseen === undefined ? byHand : `; ${whyUnseen}`}`,
          place,
        };
  }
  const addresses = [
    ...mirrored.flatMap(({ ports, endpoints }) =>
      endpoints.map(({ address }) => addressText(address.ip, dialledPort(port, ports))),
    ),
    ...manualSlices.flatMap(({ value }) =>
      (value.endpoints ?? []).flatMap((endpoint) =>
        endpoint.addresses.map((one) => addressText(one, dialledPort(port, value.ports ?? []))),
      ),
    ),
  ];
  const text = `written by hand: ${firstFew(addresses, 3)}`;
  return { step: 'endpoints', state: 'passes', text, place };
}

function beyond({ object }: ServicePicture): Hop {
  return {
    step: 'outside',
    state: 'unknown',
    text: 'who listens at an address that was written by hand is not in the manifests',
    place: { object, at: ['metadata', 'name'] },
  };
}

const portRules: readonly Rule[] = [
  targetPortNameUnresolved,
  targetPortProtocolMismatch,
  targetPortUndeclared,
];

interface Reached extends Backend {
  readonly number: number;
}

/**
 * The number that is dialled in the pods of each workload; those that have none are left behind.
 */
function podPort(
  picture: Picture,
  service: ServicePicture,
  port: ServicePort,
): { readonly hop: Hop; readonly backends: readonly Reached[] } {
  const { cluster } = picture;
  const index = service.ports.indexOf(port);
  const minor = cluster.options.kubernetesMinor;
  const place = { object: service.object, at: ['spec', 'ports', index, 'targetPort'] };
  const backends = service.backends.flatMap((backend): Reached[] => {
    const { unresolved, unknown, ports } = backend.resolved;
    if (unresolved.includes(index) || unknown.includes(index)) return [];
    const before = [...unresolved, ...unknown].filter((other) => other < index).length;
    const number = ports[index - before]?.port;
    return number === undefined ? [] : [{ ...backend, number }];
  });
  const saying = speaker(portRules, picture, service.object, ['spec', 'ports', index]);
  const lacking = service.backends.filter(({ resolved }) => resolved.unresolved.includes(index));
  const [first] = backends;
  if (first === undefined) {
    const open = service.backends.find(({ resolved }) => resolved.unknown.includes(index));
    if (open !== undefined || lacking.length === 0)
      return {
        hop: {
          step: 'pod port',
          state: 'unknown',
          text: 'the port in the pods is filled in later',
          place,
        },
        backends,
      };
    return {
      hop: {
        step: 'pod port',
        state: 'broken',
        text: enumerate(lacking.map(({ members }) => unresolvedText(port, members.set, minor))),
        help: 'write the name or number of one of these ports as targetPort',
        place,
        related: lacking.map(({ members: { set } }) => portsPlace(set)),
        ...saying,
      },
      backends,
    };
  }
  const undeclared = backends.find(
    ({ members, number }) => declaration(members.set, port, number, minor) === undefined,
  );
  const left =
    lacking.length === 0
      ? ''
      : `; the pods of ${enumerate(lacking.map(({ members }) => workloadText(members.set)))} ` +
        'have no such port and are left out';
  if (undeclared !== undefined) {
    const { number, members } = undeclared;
    const declared = declaredPorts(members.set.spec, slicesSeeSidecars(minor)).map(
      ({ port: own }) => `${own.containerPort}/${own.protocol ?? 'TCP'}`,
    );
    return {
      hop: {
        step: 'pod port',
        state: 'unknown',
        text: `${number}/${port.protocol ?? 'TCP'} in ${workloadText(members.set)}, where ${
          declared.length === 0
            ? 'no container declares a port'
            : `the containers declare ${enumerate([...new Set(declared)].slice(0, 5))}`
        }: only a running pod tells who listens`,
        place,
        related: [portsPlace(members.set)],
        ...saying,
      },
      backends,
    };
  }
  const container = declaration(first.members.set, port, first.number, minor);
  return {
    hop: {
      step: 'pod port',
      state: 'passes',
      text:
        `${first.number}/${port.protocol ?? 'TCP'}, which container ` +
        `"${container?.container ?? ''}" declares${left}`,
      place: {
        object: first.members.set.workload,
        at: [...specPath(first.members.set), ...(container?.path ?? [])],
      },
    },
    backends,
  };
}

function declaration(
  set: PodSet,
  { protocol = 'TCP' }: ServicePort,
  number: number,
  minor: number,
): ReturnType<typeof declaredPorts>[number] | undefined {
  return declaredPorts(set.spec, slicesSeeSidecars(minor as never)).find(
    ({ port }) => port.containerPort === number && (port.protocol ?? 'TCP') === protocol,
  );
}

/** Whether the pods are there and become ready; the others are left behind. */
function readiness(
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
  return {
    hop: {
      step: 'ready',
      state: 'passes',
      text: `${probe.text}${left}`,
      place: { object: set.workload, at: [...specPath(set), ...probe.path] },
    },
    backends: ready,
  };
}

/** The field that keeps pods from being endpoints. */
function blamed(set: PodSet): { readonly object: ClusterObject; readonly at: Path } {
  const [reason] = set.notReady;
  return reason === undefined
    ? { object: set.workload, at: ['spec', 'replicas'] }
    : { object: set.workload, at: [...specPath(set), ...reason.path] };
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
    at: [...specPath(set), ...at],
    part: 'key',
    message: `the ports of ${workloadText(set)}`,
  };
}

function specPath({ templatePath }: PodSet): Path {
  return [...templatePath, 'spec'];
}
