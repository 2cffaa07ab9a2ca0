/** From a backend that a rule names to the port of a Service. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { ClusterObject } from '../cluster/objects.ts';
import type { Path } from '../kubernetes/json.ts';
import { listServicePorts } from '../lint/references/service-port.ts';
import type { Rule } from '../lint/rule.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Picture } from '../project/project.ts';
import { heard } from './heard.ts';
import { type Hop, type Trace, traceOf } from './hop.ts';
import { tracePort } from './service.ts';

/** A reference to a port of a Service. */
export interface BackendReference {
  /** Where it is written. */
  readonly object: ClusterObject;
  readonly at: Path;
  /** To the name itself, where it does not stand as `name` below `at`. */
  readonly nameAt?: Path;
  readonly name: string;
  readonly namespace: string;
  /** Those that judge whether there is such a Service. */
  readonly serviceRules: readonly Rule[];
  readonly portAt: Path;
  /** Those that judge whether it has the port. */
  readonly portRules: readonly Rule[];
  /** The port that is meant. */
  readonly portOf: (ports: readonly ServicePort[]) => ServicePort | undefined;
  /** Only some of the endpoints are meant. */
  readonly subset?: Hop | undefined;
}

/** Proxies dial the endpoints of the Service themselves, so nothing but its port counts. */
export function reached(
  picture: Picture,
  reference: BackendReference,
  before: readonly Hop[],
): Trace {
  const { object, at, name, namespace, serviceRules, portAt, portRules, portOf } = reference;
  const { nameAt = [...at, 'name'] } = reference;
  const { cluster } = picture;
  const place = { object, at: nameAt };
  const rejected = refusedService(picture, namespace, name);
  if (rejected !== undefined) return traceOf([...before, { ...rejected, place }]);
  const said = heard('service', serviceRules, picture, object, at);
  if (said !== undefined) return traceOf([...before, said]);
  const service = cluster.servicesByName.get(`${namespace}/${name}`);
  if (service === undefined)
    return traceOf([
      ...before,
      {
        step: 'service',
        state: 'unknown',
        text: `Service "${name}" of namespace ${namespace} is not among what was read`,
        place,
      },
    ]);
  const hops: Hop[] = [
    ...before,
    { step: 'service', state: 'passes', text: describeObject(service.object), place },
  ];
  const wrong = heard('port', portRules, picture, object, portAt);
  const port = portOf(service.ports);
  if (wrong !== undefined && (wrong.state === 'unknown' || port === undefined))
    return traceOf([...hops, wrong]);
  if (port === undefined)
    return traceOf([
      ...hops,
      {
        step: 'port',
        state: 'unknown',
        text: `which port is meant is not known; known ports: ${listServicePorts(service.ports)}`,
        place: { object, at: portAt },
      },
    ]);
  const found: Hop = {
    step: 'port',
    state: 'passes',
    text: `port ${listServicePorts([port])}`,
    place: { object, at: portAt },
  };
  if (wrong?.certain === true) return traceOf([...hops, wrong]);
  // A targetPort in the place of a port, which some controllers take and others do not.
  const hop: Hop = wrong === undefined ? found : { ...wrong, state: 'unknown' };
  const { subset } = reference;
  if (subset?.state === 'broken') return traceOf([...hops, hop, subset]);
  const some = subset === undefined ? [] : [subset];
  return tracePort(picture, service, port, { proxied: true }, [...hops, hop, ...some]);
}

/** A Service that the API server would refuse is not there. */
export function refusedService(
  { cluster }: Picture,
  namespace: string,
  name: string,
): Hop | undefined {
  const refused = cluster.objects.refused.find(
    (one) => one.kind === 'Service' && one.name === name && one.namespace === namespace,
  );
  if (refused === undefined || cluster.objects.find('Service', namespace, name) !== undefined)
    return undefined;
  const [first] = refused.refusals;
  return {
    step: 'service',
    // That the cluster has one address family is only assumed.
    state: first?.assumes === undefined ? 'broken' : 'unknown',
    text: `the API server would refuse ${describeObject(refused)}: ${first?.message ?? ''}`,
    related: [{ object: refused, at: first?.path ?? [], message: 'this is refused' }],
    rule: 'rejected-object',
  };
}
