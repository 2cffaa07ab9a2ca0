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
import { asText, fieldAt, textPairs } from '../../kubernetes/json.ts';
import { remembered } from '../../multimap.ts';
import { gatewayProxies } from '../routes/gateway-doors.ts';
import { itemsAt } from '../routes/route-backends.ts';
import type { RuleContext } from '../rule.ts';
import type { Naming } from './namings.ts';
import { isNowhere, type Lookup, lookUp } from './reference.ts';

/** Spread them into the messages of a rule that calls `gatewayCredentials`. */
export const credentialMessages = {
  apart: ({ name, own, proxies, selector }: Record<string, string>) =>
    `Secret "${name}" is made in namespace ${own}; the proxies with ${selector} look for it in ` +
    `their own, ${proxies}`,
};

type Context = Pick<
  RuleContext<typeof credentialMessages>,
  'cluster' | 'unseen' | 'unit' | 'report'
>;

/** Where Istio is installed, unless somebody says otherwise. */
const usual = 'istio-system';

/** The names of Secrets, in the namespace of the proxies; those beside the Gateway are reported. */
export function* gatewayCredentials(context: Context): Iterable<Naming> {
  const { cluster } = context;
  for (const gateway of cluster.objects.everyOfKind('networking.istio.io', 'Gateway')) {
    const [proxies, ...others] = namespacesOf(gatewayProxies(gateway, cluster));
    if (others.length > 0 || gateway.namespaceAssumed || gateway.namespace === undefined) continue;
    for (const naming of credentialsOf(gateway, proxies ?? gateway.namespace)) {
      if (isBesideGateway(naming, proxies, context)) continue;
      if (proxies !== undefined || !isSomewhere(naming, cluster)) yield naming;
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

/** Proxies that were not read may be in any namespace that has it. */
function isSomewhere({ reference: { kind, name } }: Naming, { objects }: Cluster): boolean {
  return objects.named('', kind, name).length > 0 || makersOf(objects, kind, name).length > 0;
}

/** Whether a Secret lies in the namespace of the Gateway, and the proxies are in another one. */
function isBesideGateway(
  { object, reference: { path, name } }: Naming,
  namespace: string | undefined,
  context: Context,
): boolean {
  const own = object.namespace ?? '';
  const proxies = namespace ?? usual;
  if (own === proxies || (namespace === undefined && !isServedElsewhere(object, context)))
    return false;
  const find = (one: string): Lookup =>
    lookUp(context, object, { group: '', kind: 'Secret', namespace: one, name });
  const here = find(own).state;
  if ((here !== 'found' && here !== 'made') || !isNowhere(find(proxies))) return false;
  const selector = formatPairs(selectorOf(object));
  context.report({
    object,
    at: path,
    id: 'apart',
    data: { name, own, proxies, selector },
    severity: 'warning',
    help: `make the Secret in namespace ${proxies}, where the proxies run`,
  });
  return true;
}

/** It is for the gateway that Istio brings along, and no pod beside it is that one. */
function isServedElsewhere(gateway: ClusterObject, { cluster }: Context): boolean {
  const own = gateway.namespace ?? '';
  return (
    selectorOf(gateway).istio === 'ingressgateway' &&
    !/istio|gateway|ingress/.test(own) &&
    cluster.pods.inNamespace(own).length > 0
  );
}

function selectorOf({ value }: ClusterObject): Record<string, string> {
  return textPairs(fieldAt(value, 'spec', 'selector'));
}
