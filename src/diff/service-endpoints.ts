/**
 * The Services of one unit, as a comparison needs them: who answers on each port, and why nobody
 * does.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../cluster/cluster.ts';
import type { EndpointMembers } from '../cluster/controllers/endpointslice.ts';
import { workloadText } from '../cluster/pods.ts';
import { dialledPort, type ProxyPort } from '../cluster/proxy.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { unresolvedText, whyNone } from '../lint/endpoints/why-none.ts';
import type { Unseen } from '../lint/unseen/unseen.ts';
import { pushAll } from '../lists.ts';
import { locateAcross } from '../manifest/node.ts';
import { membersTexts } from '../report/members.ts';
import { policyText } from '../report/policy-verdict.ts';
import type { Unit } from '../units/unit.ts';
import type { EndpointSet, PortEndpoints, ServiceEndpoints } from './endpoints-side.ts';

/** Everything that is asked about one Service. */
interface Subject {
  readonly service: ServicePicture;
  readonly cluster: Cluster;
  /** What to say where nobody answers. */
  readonly none: () => { readonly state: 'none' | 'unknown'; readonly reason: string };
}

export function serviceEndpoints(
  service: ServicePicture,
  unit: Unit,
  cluster: Cluster,
  unseen: Unseen,
): ServiceEndpoints {
  const { object } = service;
  let known: ReturnType<Subject['none']> | undefined;
  const subject: Subject = {
    service,
    cluster,
    none: () => (known ??= whyNone(service, cluster, unseen)),
  };
  const external = service.spec.type === 'ExternalName';
  const ports = external ? [] : portsOf(subject);
  const answers = ports.map(({ answer }) => answer);
  const answer = external
    ? 'external'
    : ((['reached', 'unknown', 'none'] as const).find((one) => answers.includes(one)) ?? 'none');
  const reason = answer === 'reached' ? '' : subject.none().reason;
  return {
    unit: unit.name,
    namespace: object.namespace ?? cluster.options.namespace,
    name: object.name,
    ...locateAcross(object.source.document.file, object.source.node, ['metadata', 'name']),
    answer,
    ...(reason !== '' && { reason }),
    ports,
    families: familiesOf(service),
  };
}

function portsOf(subject: Subject): PortEndpoints[] {
  const { ports, headless } = subject.service;
  if (ports.length === 0) return headless ? [portEndpoints(subject, undefined, -1)] : [];
  return ports.map((port, index) => portEndpoints(subject, port, index));
}

function portEndpoints(
  subject: Subject,
  port: ServicePort | undefined,
  index: number,
): PortEndpoints {
  const { service } = subject;
  const sets = endpointSets(service, port);
  const open =
    service.possible.length > 0 ||
    service.backends.some(({ resolved }) => resolved.unknown.includes(index));
  const admits = port === undefined ? undefined : policyText(service, port, subject.cluster);
  const common = {
    name: port?.name ?? '',
    ...(port !== undefined && { port: port.port }),
    protocol: port?.protocol ?? 'TCP',
    sets,
    open,
    ...(admits !== undefined && { admits }),
  };
  if (sets.some(({ ready }) => ready)) return { ...common, answer: 'reached' };
  const { state, reason } = subject.none();
  const answer = open
    ? 'unknown'
    : service.automatic && service.backends.length === 0
      ? state
      : 'none';
  const own = unresolvedReason(subject, port, index);
  return { ...common, answer, ...((own ?? reason) !== '' && { reason: own ?? reason }) };
}

/** Where other ports resolve, the Service as a whole has nothing to complain of. */
function unresolvedReason(
  { service, cluster }: Subject,
  port: ServicePort | undefined,
  index: number,
): string | undefined {
  const texts = service.backends
    .filter(({ resolved }) => resolved.unresolved.includes(index))
    .map(({ members }) => unresolvedText(port, members.set, cluster.options.kubernetesMinor));
  return texts.length === 0 ? undefined : [...new Set(texts)].join('; ');
}

/**
 * Of all slices, whoever makes them: what a proxy would dial. Each workload once, whatever families
 * its addresses are of.
 */
function endpointSets(service: ServicePicture, port: ServicePort | undefined): EndpointSet[] {
  const found: EndpointSet[] = [];
  const dialled = (ports: readonly ProxyPort[] | undefined): number | undefined =>
    port === undefined ? undefined : dialledPort(port, ports ?? []);
  const at = (number: number | undefined): { port?: number } =>
    number === undefined ? {} : { port: number };
  const takes = (number: number | undefined): boolean => port === undefined || number !== undefined;
  for (const { ports, members } of service.slices) {
    const number = dialled(ports);
    if (takes(number))
      pushAll(
        found,
        memberSets(members).map((set) => ({ ...set, ...at(number) })),
      );
  }
  for (const { ports, endpoints } of service.mirrored) {
    const number = dialled(ports);
    if (takes(number))
      pushAll(
        found,
        endpoints.map(({ address, ready }) => ({ text: address.ip, ready, ...at(number) })),
      );
  }
  for (const { value } of service.manualSlices) {
    const number = dialled(value.ports);
    if (!takes(number)) continue;
    for (const { addresses, conditions } of value.endpoints ?? [])
      pushAll(
        found,
        addresses.map((text) => ({ text, ready: conditions?.ready !== false, ...at(number) })),
      );
  }
  const keyed = found.map((set): [string, EndpointSet] => [
    JSON.stringify([set.workload, set.text, set.port, set.ready]),
    set,
  ]);
  return [...new Map(keyed)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, set]) => set);
}

function memberSets(members: readonly EndpointMembers[]): EndpointSet[] {
  const texts = membersTexts(members);
  return members.map(({ set, ready }, index) => ({
    workload: workloadText(set),
    text: texts[index] ?? '',
    ready,
  }));
}

function familiesOf({ slices, mirrored, manualSlices }: ServicePicture): string[] {
  const families = [
    ...slices.filter(({ members }) => members.length > 0),
    ...mirrored,
    ...manualSlices
      .map(({ value }) => value)
      .filter(({ endpoints }) => (endpoints ?? []).length > 0),
  ].map(({ addressType }) => addressType);
  return [...new Set(families)].sort();
}
