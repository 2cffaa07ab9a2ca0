/**
 * Which TLS the proxies of a mesh ask their callers for (istio.io security/v1
 * `PeerAuthentication`).
 */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { matchesSelector } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asText, fieldAt, type Path } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { addTo, entryOf } from '../../multimap.ts';

/** Where policies are for the whole mesh, unless it was set up otherwise. */
const rootNamespace = 'istio-system';

/** In place of a mode, where ports are set apart. */
const perPort = 'by port';
const at: Path = ['spec', 'mtls', 'mode'];

export interface AskedTls {
  readonly policy: ClusterObject;
  readonly at: Path;
  readonly mode: string;
}

interface Policy extends AskedTls {
  readonly selector: LabelSelector | undefined;
  /** Of several for the same pods the first one counts. */
  readonly index: number;
}

interface Policies {
  /** For all pods of the namespace. */
  readonly wide: Policy | undefined;
  /** By one pair that the pods must have. */
  readonly narrow: ReadonlyMap<string, readonly Policy[]>;
}

/** By namespace. */
const policiesOf = remembered((_: Cluster) => new Map<string, Policies>());

function policiesIn({ objects }: Cluster, namespace: string): Policies {
  const narrow = new Map<string, Policy[]>();
  let wide: Policy | undefined;
  for (const [index, object] of objects
    .inNamespace('security.istio.io', 'PeerAuthentication', namespace)
    .entries()) {
    const policy = policyOf(object, index);
    const [pair] = Object.entries(policy.selector?.matchLabels ?? {});
    if (policy.mode === 'UNSET') continue;
    if (pair === undefined) wide ??= policy;
    else addTo(narrow, pair.join('\n'), policy);
  }
  return { wide, narrow };
}

function policyOf(policy: ClusterObject, index: number): Policy {
  const spec = fieldAt(policy.value, 'spec');
  const selector = fieldAt(spec, 'selector') as LabelSelector | undefined;
  const isPerPort = fieldAt(spec, 'portLevelMtls') !== undefined;
  const mode = isPerPort ? perPort : (asText(fieldAt(spec, 'mtls', 'mode')) ?? 'UNSET');
  return { policy, at, mode, selector, index };
}

/** What the proxies of a Service's pods ask for: the narrowest policy counts. */
export function peersOf(
  { object, backends }: ServicePicture,
  cluster: Cluster,
): AskedTls | undefined {
  const set = backends[0]?.members.set;
  if (set === undefined) return undefined;
  const policiesOfNamespace = (namespace: string): Policies =>
    entryOf(policiesOf(cluster), namespace, () => policiesIn(cluster, namespace));
  const own = policiesOfNamespace(object.namespace ?? cluster.options.namespace);
  const narrow = [...set.labels].flatMap(
    ([key, value]) =>
      own.narrow
        .get(`${key}\n${value}`)
        ?.find(({ selector }) => matchesSelector(selector ?? {}, set.labels) === 'yes') ?? [],
  );
  const [first] = narrow.sort((a, b) => a.index - b.index);
  return first ?? own.wide ?? policiesOfNamespace(rootNamespace).wide;
}
