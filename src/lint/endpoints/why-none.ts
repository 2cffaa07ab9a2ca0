/**
 * Why a Service has no endpoints, or not all that one would expect: the words that tables and
 * descriptions share.
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Backend } from '../../cluster/controllers/endpointslice.ts';
import { notMirroredReason } from '../../cluster/controllers/mirroring.ts';
import { formatPairs } from '../../cluster/labels.ts';
import { whyUnscheduled, workloadText } from '../../cluster/pods.ts';
import { declaredPorts, slicesSeeSidecars } from '../../cluster/ports.ts';
import { backendsOfPort, type ServicePicture } from '../../cluster/service.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { enumerate } from '../../text/enumerate.ts';
import { describeNearest } from '../selectors/nearest.ts';
import { whyNoBackends } from '../selectors/why-no-backends.ts';
import type { Unseen } from '../unseen/unseen.ts';

export interface Answer {
  /** `none`: nothing is there for certain. */
  readonly state: 'none' | 'unknown';
  /** Lower case, no full stop. */
  readonly reason: string;
}

/** What to say in place of endpoints. */
export function whyNone(service: ServicePicture, cluster: Cluster, unseen: Unseen): Answer {
  if (!service.automatic) return { state: 'none', reason: whyNotAutomatic(service) };
  const [possible] = service.possible;
  const undecided = service.backends.find(({ resolved }) => resolved.unknown.length > 0);
  if (possible !== undefined)
    return {
      state: 'unknown',
      reason:
        `whether ${workloadText(possible)} is selected depends on labels that are filled in ` +
        'later',
    };
  if (undecided !== undefined)
    return {
      state: 'unknown',
      reason: `the target port in ${workloadText(undecided.members.set)} is filled in later`,
    };
  if (service.backends.length === 0) return whyNothingSelected(service, cluster, unseen);
  const reasons = service.backends
    .map((backend) => whyMissing(backend, service, cluster))
    .filter((reason) => reason !== undefined);
  return { state: 'none', reason: [...new Set(reasons)].join('; ') };
}

/** The same for one port of it. */
export function whyPort(
  service: ServicePicture,
  port: ServicePort,
  cluster: Cluster,
  unseen: Unseen,
): Answer {
  const index = service.ports.indexOf(port);
  const { ready, notReady } = backendsOfPort(service, port);
  const lacking = service.backends.filter(
    ({ resolved, members }) => members.count > 0 && resolved.unresolved.includes(index),
  );
  if (
    ready + notReady === 0 &&
    service.backends.length > 0 &&
    lacking.length === service.backends.length
  ) {
    return {
      state: 'none',
      reason: lacking
        .map(({ members }) => unresolvedText(port, members.set, cluster.options.kubernetesMinor))
        .join('; '),
    };
  }
  const names = writtenPortNames(service);
  if (!service.automatic && names.length > 0 && !names.includes(port.name ?? '')) {
    const shown = [...new Set(names)]
      .map((name) => (name === '' ? 'no name' : `"${name}"`))
      .join(', ');
    return {
      state: 'none',
      reason:
        `the ports of the endpoints written by hand must have this port's name and protocol; ` +
        `theirs: ${shown}`,
    };
  }
  return whyNone(service, cluster, unseen);
}

/** Of the ports of endpoints that are written by hand. */
function writtenPortNames({ mirrored, manualSlices }: ServicePicture): string[] {
  return [
    ...mirrored.flatMap(({ ports }) => ports.map(({ name }) => name)),
    ...manualSlices.flatMap(({ value }) => (value.ports ?? []).map(({ name }) => name ?? '')),
  ];
}

function whyNotAutomatic({ spec, manualSlices, manualEndpoints }: ServicePicture): string {
  if (spec.type === 'ExternalName')
    return (
      `ExternalName: DNS answers with ${spec.externalName ?? 'nothing'}, there are no ` +
      'endpoints'
    );
  if (manualEndpoints !== undefined) {
    const reason = notMirroredReason(manualEndpoints.value);
    if (reason !== undefined) return `the Endpoints written by hand are not mirrored: ${reason}`;
    const { subsets = [] } = manualEndpoints.value;
    if (subsets.some(({ addresses = [] }) => addresses.length > 0))
      return 'no selector; its Endpoints are written by hand';
    return subsets.some(({ notReadyAddresses = [] }) => notReadyAddresses.length > 0)
      ? 'all addresses that are written by hand are under notReadyAddresses'
      : 'the Endpoints written by hand hold no address';
  }
  const endpoints = manualSlices.flatMap(({ value }) => value.endpoints ?? []);
  if (endpoints.length > 0 && endpoints.every(({ conditions }) => conditions?.ready === false))
    return (
      'every endpoint of the EndpointSlices that are written by hand says that it is not ' + 'ready'
    );
  if (manualSlices.length > 0) return 'no selector; its EndpointSlices are written by hand';
  return 'no selector, and neither Endpoints nor an EndpointSlice for it was read';
}

function whyNothingSelected(service: ServicePicture, cluster: Cluster, unseen: Unseen): Answer {
  const nobody = `no pod has ${formatPairs(service.selector ?? {})}`;
  const found = whyNoBackends(service, cluster, unseen);
  if (found.state === 'unknown') return { state: 'unknown', reason: `${nobody}; ${found.reason}` };
  return {
    state: 'none',
    reason:
      found.state === 'near' ? `${nobody}; ${describeNearest(found.nearest, found.pairs)}` : nobody,
  };
}

/** Why no ready endpoint comes of a pod set that is selected; undefined where one does. */
export function whyMissing(
  { members, resolved }: Backend,
  service: ServicePicture,
  { options }: Cluster,
): string | undefined {
  const { set, count } = members;
  const who = workloadText(set);
  if (count === 0)
    return `${who} has no pods${set.countReason === undefined ? '' : `: ${set.countReason}`}`;
  if (!set.hasAddress)
    return set.unscheduled === undefined
      ? `the pods of ${who} ${whyUnscheduled(set)} and have no address`
      : `the pods of ${who} ${whyUnscheduled(set)}`;
  const families = service.spec.ipFamilies ?? options.ipFamilies;
  if (!families.some((family) => options.podIPFamilies.some((own) => own === family)))
    return `the pods of ${who} have no ${families.join(' or ')} address`;
  if (service.ports.length > 0 && resolved.ports.length === 0 && resolved.unknown.length === 0) {
    return [
      ...new Set(
        resolved.unresolved.map((index) =>
          unresolvedText(service.ports[index], members.set, options.kubernetesMinor),
        ),
      ),
    ].join('; ');
  }
  if (set.notReady.length > 0 && service.spec.publishNotReadyAddresses !== true)
    return `${who} is not ready: ${set.notReady.map(({ message }) => message).join('; ')}`;
  return undefined;
}

/** `no container of Deployment/web has a TCP port named "http"; it has "web" (8080)`. */
export function unresolvedText(
  port: ServicePort | undefined,
  set: Backend['members']['set'],
  minor: number,
): string {
  const protocol = port?.protocol ?? 'TCP';
  const declared = declaredPorts(set.spec, slicesSeeSidecars(minor)).map(
    ({ port: { name, containerPort, protocol: other = 'TCP' } }) => {
      return (
        `${name === undefined ? 'unnamed' : `"${name}"`} ` +
        `(${containerPort}${other === protocol ? '' : `/${other}`})`
      );
    },
  );
  const known =
    declared.length === 0
      ? 'it declares none'
      : `it has ${enumerate(declared.slice(0, 5))}${declared.length > 5 ? ', …' : ''}`;
  return (
    `no container of ${workloadText(set)} has a ${protocol} port named ` +
    `"${port?.targetPort ?? ''}"; ${known}`
  );
}

/** Services of which there is no Endpoints object at all. */
export function whyNoObject(service: ServicePicture): string {
  return `${describeObject(service.object)} (${whyNotAutomatic(service)})`;
}
