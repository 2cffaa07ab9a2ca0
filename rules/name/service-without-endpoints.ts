import { defineRule } from '../../src/lint/rule.ts';
import { scalarText } from '../../src/lint/scalar-text.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { addTo, lazily } from '../../src/multimap.ts';
import { nearestIn } from '../../src/text/name-index.ts';

export const serviceWithoutEndpoints = defineRule({
  meta: {
    id: 'service-without-endpoints',
    category: 'name',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'has neither a selector nor endpoints',
    summary: 'A Service has no selector, and no Endpoints or EndpointSlices are written for it',
    why:
      'without a selector no controller makes endpoints for a Service: somebody must write ' +
      'Endpoints of the same name or EndpointSlices with its label',
    fixable: false,
  },
  messages: {
    workload: ({ workload }: { workload: string }) =>
      `there is no selector, and nothing is written by hand; ${workload} has the same name`,
    empty: ({ workload }: { workload: string }) =>
      `the selector is empty, which Kubernetes takes for none; ${workload} has the same name`,
  },
  check({ cluster, report, unknown }) {
    const orphans = lazily(() => {
      const found = new Map<string | undefined, string[]>();
      for (const { namespace, name } of cluster.unattachedEndpoints) addTo(found, namespace, name);
      return found;
    });
    for (const {
      object,
      spec,
      selector,
      automatic,
      manualEndpoints,
      manualSlices,
    } of cluster.services) {
      if (
        automatic ||
        selector !== undefined ||
        spec.type === 'ExternalName' ||
        manualEndpoints !== undefined ||
        manualSlices.length > 0
      )
        continue;
      if (object.namespace === 'default' && object.name === 'kubernetes') continue;
      if (object.incomplete.some((path) => path.length < 2 || path[1] === 'selector')) {
        unknown({
          object,
          at: ['spec', 'selector'],
          part: 'key',
          reason: 'its selector is not known yet',
        });
        continue;
      }
      // Endpoints whose name was meant to be this one's are accused themselves.
      if (nearestIn(object.name, orphans().get(object.namespace) ?? []) !== undefined) continue;
      const [pods] = cluster.pods.named(object.namespace ?? cluster.options.namespace, object.name);
      const written = 'selector' in ((object.source.value['spec'] ?? {}) as object);
      const place = { object, at: written ? ['spec', 'selector'] : ['spec'], part: 'key' } as const;
      if (pods === undefined) {
        unknown({
          ...place,
          reason: 'it has no selector: its endpoints are made by somebody else',
        });
        continue;
      }
      const { workload, labels } = pods;
      const related = [
        { object: workload, at: ['metadata', 'name'], message: 'the workload of the same name' },
      ];
      const known = [...labels]
        .filter(([, value]) => value !== null)
        .map(([key, value]) => `${key}: ${scalarText(value ?? '', '')}`);
      const help =
        known.length === 0
          ? 'give its pods a label, and select that'
          : `write selector: { ${known.join(', ')} }, the labels of its pods`;
      report({
        ...place,
        id: written ? 'empty' : 'workload',
        data: { workload: describeObject(workload) },
        help,
        related,
      });
    }
  },
});
