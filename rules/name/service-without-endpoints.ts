import type { PodSet } from '../../src/cluster/pods.ts';
import { scalarText } from '../../src/lint/fixes/scalar-text.ts';
import { endpointlessServices } from '../../src/lint/references/endpointless-services.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { endpointMaker } from '../../src/lint/unseen/pod-makers.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

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
    labels: ({ workload }: { workload: string }) =>
      'there is no selector, and nothing is written by hand; the pods of ' +
      `${workload} have its labels`,
    alike: ({ workload }: { workload: string }) =>
      `there is no selector, and nothing is written by hand; ${workload} is called alike, and no ` +
      'Service takes its pods',
    empty: ({ workload }: { workload: string }) =>
      `the selector is empty, which Kubernetes takes for none; ${workload} has the same name`,
  },
  check({ cluster, report, unknown }) {
    for (const { object, written, pods, by, open } of endpointlessServices(cluster)) {
      const at = open || written ? ['spec', 'selector'] : ['spec'];
      const place = { object, at, part: 'key' } as const;
      const maker = written ? undefined : endpointMaker(cluster, namespaceOf(object, cluster));
      if (open || pods === undefined || maker !== undefined) {
        const reason = open
          ? 'its selector is not known yet'
          : maker !== undefined
            ? `${describeObject(maker)} lets a program write endpoints while it runs`
            : 'it has no selector: its endpoints are made by somebody else';
        unknown({ ...place, reason });
        continue;
      }
      const { workload } = pods;
      report({
        ...place,
        id: by === 'core' ? 'alike' : by === 'labels' ? 'labels' : written ? 'empty' : 'workload',
        data: { workload: describeObject(workload) },
        help: helpFor(pods),
        related: [
          {
            object: workload,
            at: ['metadata', 'name'],
            message: by === 'name' ? 'the workload of the same name' : 'the workload',
          },
        ],
      });
    }
  },
});

function helpFor({ labels }: PodSet): string {
  const known = [...labels]
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}: ${scalarText(value ?? '', '')}`);
  return known.length === 0
    ? 'give its pods a label, and select that'
    : `write selector: { ${known.join(', ')} }, the labels of its pods`;
}
