import { nearestName } from '../../src/text/nearest-name.ts';
import { serviceNameLabel } from '../../src/kubernetes/labels.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const sliceWithoutService = defineRule({
  meta: {
    id: 'slice-without-service',
    category: 'name',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['EndpointSlice'],
    title: 'belongs to no Service',
    summary: 'A hand-written EndpointSlice names no Service that exists',
    why: `a slice belongs to the Service that its label ${serviceNameLabel} names, whatever the slice itself is called; without the label nothing uses it`,
    fixable: true,
  },
  messages: {
    label: (_slice: object) =>
      `the label ${serviceNameLabel} is missing, so no proxy and no DNS server looks at this slice`,
    near: ({ service, near }: { service: string; near: string }) =>
      `no Service is named "${service}"; did you mean "${near}"?`,
    none: ({ service, objects }: { service: string; objects: number }) =>
      `no Service is named "${service}" in the ${objects} objects read`,
  },
  check({ cluster, world, report, unknown }) {
    for (const object of cluster.unattachedSlices) {
      const wanted = object.value.metadata?.labels?.[serviceNameLabel];
      const here = cluster.services
        .map((service) => service.object)
        .filter(({ namespace }) => namespace === object.namespace);
      if (wanted === undefined) {
        const alike = here.filter(
          ({ name }) => object.name === name || object.name.startsWith(`${name}-`),
        );
        const meant = alike.length === 1 ? alike[0]?.name : undefined;
        const help = `add the label ${serviceNameLabel}: ${meant ?? '<name of the Service>'}`;
        const add = { to: ['metadata', 'labels'], key: serviceNameLabel, value: meant ?? '' };
        report({
          object,
          at: ['metadata', 'name'],
          id: 'label',
          data: {},
          title: 'names no Service',
          help,
          ...(meant !== undefined && {
            fixes: [{ title: `add the label ${serviceNameLabel}: ${meant}`, safety: 'safe', add }],
          }),
        });
        continue;
      }
      const at = ['metadata', 'labels', serviceNameLabel];
      const near = nearestName(
        wanted,
        here.map(({ name }) => name),
      );
      const nearby = here.find(({ name }) => name === near);
      if (nearby !== undefined) {
        const related = [
          { object: nearby, at: ['metadata', 'name'], message: describeObject(nearby) },
        ];
        const fixes = [
          { title: `change it to ${nearby.name}`, safety: 'safe', replace: nearby.name },
        ] as const;
        report({
          object,
          at,
          id: 'near',
          data: { service: wanted, near: nearby.name },
          help: `change the label to ${nearby.name}`,
          related,
          fixes,
        });
        continue;
      }
      const unseen =
        world.unseen('Service', {
          namespace: object.namespace ?? cluster.options.namespace,
          name: wanted,
        }) ??
        (cluster.services.length === 0
          ? 'other manifests may hold it: no Service was read'
          : undefined);
      if (unseen !== undefined)
        unknown({ object, at, reason: `no Service "${wanted}" was read; ${unseen}` });
      else
        report({
          object,
          at,
          id: 'none',
          data: { service: wanted, objects: cluster.objects.all.length },
          severity: 'warning',
          help: `write the Service ${wanted}, or correct the label`,
        });
    }
  },
});
