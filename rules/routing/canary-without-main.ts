import type { Ingress } from 'kubernetes-types/networking/v1';
import { annotationsOf, type ClusterObject } from '../../src/cluster/objects.ts';
import { nginxPrefix } from '../../src/kubernetes/labels.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { entryOf } from '../../src/multimap.ts';
import { getOwn } from '../../src/own.ts';

const annotation = `${nginxPrefix}canary`;

export const canaryWithoutMain = defineRule({
  meta: {
    id: 'canary-without-main',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress'],
    title: 'is a canary of nothing',
    summary: 'A canary Ingress has a host and path that no other Ingress serves',
    why:
      'ingress-nginx adds the backend of a canary to that of an Ingress with the same host and ' +
      'path; where there is none the canary is left out, and requests are answered with 404',
    fixable: false,
  },
  messages: {
    host: ({ host, known }: Record<'host' | 'known', string>) =>
      `no other Ingress of its namespace serves ${host}; there are ${known}`,
    path: ({ path, host }: Record<'path' | 'host', string>) =>
      `no other Ingress of its namespace serves path ${path} of ${host}`,
  },
  check({ cluster, unseen, report }) {
    const all = cluster.objects.of('Ingress');
    const canaries = all.filter(isCanary);
    if (canaries.length === 0 || unseen.whyDocumentUnseen('Ingress') !== undefined) return;
    const served = new Map<string, Map<string, Set<string>>>();
    for (const ingress of all)
      if (!isCanary(ingress)) addHosts(ingress, namespaceOf(ingress, cluster), served);
    for (const object of canaries) {
      const hosts = served.get(namespaceOf(object, cluster));
      if (hosts === undefined) continue;
      for (const [index, { host = '', http }] of (object.value.spec?.rules ?? []).entries()) {
        if (isPlaceholder(host)) continue;
        const at = ['spec', 'rules', index];
        const paths = hosts.get(host);
        const known = [...hosts.keys()].slice(0, 5).join(', ');
        const help = 'write the host and path of the Ingress that it is a canary of';
        if (paths === undefined) {
          report({ object, at: [...at, 'host'], id: 'host', data: { host, known }, help });
          continue;
        }
        for (const [number, { path = '/' }] of (http?.paths ?? []).entries())
          if (!paths.has(path) && !isPlaceholder(path))
            report({
              object,
              at: [...at, 'http', 'paths', number, 'path'],
              id: 'path',
              data: { path, host },
              help,
            });
      }
    }
  },
});

function isCanary(ingress: ClusterObject<Ingress>): boolean {
  return String(getOwn(annotationsOf(ingress), annotation)) === 'true';
}

function addHosts(
  { value }: ClusterObject<Ingress>,
  namespace: string,
  served: Map<string, Map<string, Set<string>>>,
): void {
  const hosts = entryOf(served, namespace, () => new Map<string, Set<string>>());
  for (const { host = '', http } of value.spec?.rules ?? []) {
    const paths = entryOf(hosts, host, () => new Set<string>());
    for (const { path = '/' } of http?.paths ?? []) paths.add(path);
  }
}
