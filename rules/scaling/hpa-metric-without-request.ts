import type { ClusterObject } from '../../src/cluster/objects.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { type UncountedMetric, uncountedMetrics } from '../../src/lint/scaling/utilizations.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  container: ({ container, workload, known }: Record<'container' | 'workload' | 'known', string>) =>
    `${workload} has no container "${container}"; its containers: ${known}`,
  missing: ({
    resources,
    container,
    workload,
  }: Record<'container' | 'workload', string> & { readonly resources: readonly string[] }) =>
    `container "${container}" of ${workload} requests ${without(resources)}, so there is no ` +
    `utilization of ${resources.length === 1 ? 'it' : 'them'}`,
};

type Context = RuleContext<typeof messages>;

export const hpaMetricWithoutRequest = defineRule({
  meta: {
    id: 'hpa-metric-without-request',
    category: 'scaling',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['HorizontalPodAutoscaler'],
    title: 'cannot compute what it scales by',
    summary:
      'An autoscaler goes by the utilization of a resource that a container does not request',
    why:
      'utilization is a percentage of what the containers request; where one of them ' +
      'requests nothing the autoscaler reports FailedGetResourceMetric ("missing request for ' +
      'cpu") and leaves the count as it is',
    fixable: false,
  },
  messages,
  check(context) {
    for (const metric of uncountedMetrics(context.cluster)) say(metric, context);
  },
});

function say(metric: UncountedMetric, { cluster, unit, unseen, report, unknown }: Context): void {
  const { place, container } = metric;
  const object = metric.set.workload;
  const workload = describeObject(object);
  if (metric.type === 'container') {
    const names = (metric.set.spec.containers ?? []).map(({ name }) => name);
    return report({
      ...place,
      id: 'container',
      data: { container, workload, known: names.join(', ') },
      help: names.length === 1 ? `write ${names[0] ?? ''}` : 'name one of its containers',
    });
  }
  const { path } = metric;
  const resources = [...metric.resources];
  const reason =
    unit.part === true ? 'an overlay may add requests' : whyFilledIn(object, { cluster, unseen });
  if (reason !== undefined) return unknown({ ...place, reason });
  report({
    ...place,
    id: 'missing',
    data: { resources, container, workload },
    help: `add resources.requests.${resources.join(' and .')} to each of its containers`,
    related: [{ object, at: path, message: `requests ${without(resources)}` }],
  });
}

function without(resources: readonly string[]): string {
  return resources.map((resource) => `no ${resource}`).join(' and ');
}

/** Why requests may be there that are not written. */
function whyFilledIn(
  { namespace }: ClusterObject,
  { cluster, unseen }: Pick<Context, 'cluster' | 'unseen'>,
): string | undefined {
  const limits = cluster.objects
    .ofKind('', 'LimitRange')
    .find((object) => object.namespace === namespace);
  return limits === undefined
    ? unseen.whyDocumentUnseen('LimitRange')
    : `${describeObject(limits)} may fill in requests`;
}
