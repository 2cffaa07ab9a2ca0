/** Which TLS the proxies of a mesh ask their callers for (istio.io security/v1 `PeerAuthentication`). */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { matchesSelector } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asText, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';

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

/** What the proxies of a Service's pods ask for: the narrowest policy counts. */
export function peersOf(
  { object, backends }: ServicePicture,
  { objects, options }: Cluster,
): AskedTls | undefined {
  const own = object.namespace ?? options.namespace;
  const [set] = backends.map(({ members }) => members.set);
  if (set === undefined) return undefined;
  const candidates = [...new Set([own, rootNamespace])].flatMap((namespace) =>
    objects.inNamespace('security.istio.io', 'PeerAuthentication', namespace).map((policy) => {
      const spec = fieldAt(policy.value as Json, 'spec');
      const selector = fieldAt(spec, 'selector') as LabelSelector | undefined;
      const mode = asText(fieldAt(spec, 'mtls', 'mode')) ?? 'UNSET';
      const isPerPort = fieldAt(spec, 'portLevelMtls') !== undefined;
      return { policy, selector, namespace, at, mode: isPerPort ? perPort : mode };
    }),
  );
  const rank = ({ selector, namespace }: (typeof candidates)[number]): number =>
    selector !== undefined ? 2 : namespace === own ? 1 : 0;
  return candidates
    .filter(
      ({ selector, namespace, mode }) =>
        mode !== 'UNSET' &&
        (selector === undefined ||
          (namespace === own && matchesSelector(selector, set.labels) === 'yes')),
    )
    .sort((a, b) => rank(b) - rank(a))[0];
}
