/**
 * Certificates of Istio's Gateways: a proxy takes the Secret from its own namespace, wherever the
 * Gateway is.
 *
 * @source istio/istio pilot/pkg/model/credentials/resource.go `ParseResourceName` @0a617ca9
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { formatPairs } from '../../cluster/labels.ts';
import { makersOf } from '../../cluster/made-objects.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { asText, fieldAt } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { gatewayProxies, proxySelector } from '../routes/gateway-doors.ts';
import { itemsAt } from '../routes/route-backends.ts';
import type { Naming } from './namings.ts';
import { isNowhere, type Lookup, lookUp, type LookupContext } from './reference.ts';

export interface Credential extends Naming {
  /** Where a Secret of the name is made, and where the proxies look for it instead. */
  readonly apart?: { readonly own: string; readonly proxies: string; readonly selector: string };
}

/** Where Istio is installed, unless somebody says otherwise. */
const usual = 'istio-system';

/** The names of Secrets, in the namespace of the proxies. */
export function* gatewayCredentials(context: LookupContext): Iterable<Credential> {
  const { cluster } = context;
  for (const gateway of cluster.objects.everyOfKind('networking.istio.io', 'Gateway')) {
    const [proxies, ...others] = namespacesOf(gatewayProxies(gateway, cluster));
    if (others.length > 0 || gateway.namespaceAssumed || gateway.namespace === undefined) continue;
    for (const naming of credentialsOf(gateway, proxies ?? gateway.namespace)) {
      const apart = apartFrom(naming, proxies, context);
      if (apart !== undefined) yield { ...naming, apart };
      else if (proxies !== undefined || !isSomewhere(naming, cluster, isOfUsual(gateway)))
        yield naming;
    }
  }
}

const namespacesOf = remembered((sets: readonly PodSet[]): readonly string[] => [
  ...new Set(sets.map(({ namespace }) => namespace)),
]);

/** Every Secret that a Gateway takes a certificate from, as one of a namespace. */
export function credentialsOf(object: ClusterObject, namespace: string): Naming[] {
  return itemsAt(object.value, ['spec', 'servers']).flatMap(({ path, value }) => {
    const name = asText(fieldAt(value, 'tls', 'credentialName'));
    if (name === undefined || !/^[a-z0-9.-]+$/.test(name)) return [];
    const at = [...path, 'tls', 'credentialName'];
    const reference = { group: '', kind: 'Secret', namespace, name, path: at, optional: false };
    return { object, reference };
  });
}

/** The gateway that Istio brings along is where this one is. */
function isOfUsual(gateway: ClusterObject): boolean {
  return gateway.namespace === usual && proxySelector(gateway).istio === 'ingressgateway';
}

/**
 * Proxies that were not read may be in any namespace that has it; those that Istio brings along are
 * not where a Secret was read.
 */
function isSomewhere(
  { reference: { kind, name } }: Naming,
  { objects }: Cluster,
  usually: boolean,
): boolean {
  const read = objects.named('', kind, name);
  return (
    read.some(({ namespaceAssumed }) => !usually || namespaceAssumed) ||
    makersOf(objects, kind, name).length > 0
  );
}

/** A Secret lies in the namespace of the Gateway, and the proxies are in another one. */
function apartFrom(
  { object, reference: { name } }: Naming,
  namespace: string | undefined,
  context: LookupContext,
): Credential['apart'] {
  const own = object.namespace ?? '';
  const proxies = namespace ?? usual;
  if (own === proxies || (namespace === undefined && !isServedElsewhere(object, context)))
    return undefined;
  const find = (one: string): Lookup =>
    lookUp(context, object, { group: '', kind: 'Secret', namespace: one, name });
  const here = find(own).state;
  if ((here !== 'found' && here !== 'made') || !isNowhere(find(proxies))) return undefined;
  return { own, proxies, selector: formatPairs(proxySelector(object)) };
}

/** It is for the gateway that Istio brings along, and no pod beside it is that one. */
function isServedElsewhere(gateway: ClusterObject, { cluster }: LookupContext): boolean {
  const own = gateway.namespace ?? '';
  return (
    proxySelector(gateway).istio === 'ingressgateway' &&
    !/istio|gateway|ingress/.test(own) &&
    cluster.pods.inNamespace(own).length > 0
  );
}
