import { defineRule } from '../../src/lint/rule.ts';

export const deliveryPathMissing = defineRule({
  meta: {
    id: 'delivery-path-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [
      'Application',
      'ApplicationSet',
      'HelmRelease',
      'ImageUpdateAutomation',
      'Kustomization',
    ],
    title: 'is to bring what is not there',
    summary:
      'Flux or Argo CD is told of a path that the repository does not have, or cannot be built',
    why:
      'the controller finds nothing at the path and says so in the status of the object; what is ' +
      'in the cluster stays as it was when the path was last right',
    fixable: false,
  },
  messages: {
    absent: ({ path }: { path: string }) => `there is no ${path} in this repository`,
    near: ({ path, near }: { path: string; near: string }) =>
      `there is no ${path} in this repository; did you mean ${near}?`,
    refused: ({ path, said }: { path: string; said: string }) =>
      `there is no kustomization in ${path}: ${said}`,
  },
  check({ unit, cluster, report }) {
    const { lost = [] } = unit;
    if (lost.length === 0) return;
    const objects = new Map(cluster.objects.all.map((object) => [object.source, object]));
    for (const { object: source, at, path, near, refused } of lost) {
      const object = objects.get(source);
      if (object === undefined) continue;
      const place = { object, at };
      if (refused !== undefined)
        report({
          ...place,
          id: 'refused',
          data: { path, said: refused.said },
          severity: 'warning',
          help: refused.help,
        });
      else if (near === undefined)
        report({
          ...place,
          id: 'absent',
          data: { path },
          severity: 'warning',
          help: 'correct the path, which is from the root of the repository, or add what it names',
        });
      else report({ ...place, id: 'near', data: { path, near }, help: `change it to ${near}` });
    }
  },
});
