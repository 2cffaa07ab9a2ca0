/** Hosts whose paths ingress-nginx reads as regular expressions, and those of one Ingress. */
import type { Ingress } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { annotationsOf, type ClusterObject } from '../../cluster/objects.ts';
import { nginxPrefix } from '../../kubernetes/labels.ts';
import { remembered } from '../../memo.ts';
import { getOwn } from '../../own.ts';

/** One Ingress that asks for it decides for all paths of its hosts. */
export const hostsWithRegexPaths = remembered(
  ({ objects }: Cluster): ReadonlySet<string> =>
    new Set(objects.of('Ingress').filter(readsRegex).flatMap(hostsOf)),
);

function readsRegex(ingress: ClusterObject<Ingress>): boolean {
  const annotations = annotationsOf(ingress);
  return (
    String(getOwn(annotations, `${nginxPrefix}use-regex`)) === 'true' ||
    getOwn(annotations, `${nginxPrefix}rewrite-target`) !== undefined
  );
}

function hostsOf({ value }: ClusterObject<Ingress>): string[] {
  return (value.spec?.rules ?? []).map(({ host = '' }) => host);
}
