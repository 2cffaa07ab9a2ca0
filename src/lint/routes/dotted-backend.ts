/**
 * Backends of Ingresses with a dot in their name: the DNS name of a Service, where its own name
 * belongs.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { namespaceOf } from '../references/reference.ts';
import { type IngressService } from './ingress-backends.ts';

export interface DottedBackend {
  /** What would be the Service's own name. */
  readonly service: string;
  /**
   * The Service of that name: in the namespace of the Ingress, or else in the one that is named
   * behind the dot.
   */
  readonly found?: ClusterObject;
  /** Whether the Ingress can lead there. */
  readonly reachable: boolean;
}

/**
 * Undefined where the name may be one. A Service's name is a label of DNS (apimachinery
 * `NameIsDNS1035Label`), and an Ingress leads to its own namespace only.
 */
export function dottedBackend(
  { ingress, name }: IngressService,
  cluster: Cluster,
): DottedBackend | undefined {
  if (isPlaceholder(name) || !name.includes('.')) return undefined;
  const [service = '', namespace] = name.split('.');
  const own = namespaceOf(ingress, cluster);
  const here = cluster.objects.find('Service', own, service);
  const there =
    namespace === undefined ? undefined : cluster.objects.find('Service', namespace, service);
  const found = here ?? there;
  return { service, ...(found !== undefined && { found }), reachable: here !== undefined };
}
