import type { PodSpec } from 'kubernetes-types/core/v1';
import { runningContainers } from '../../src/cluster/containers.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { scaledWorkloads, setsByWorkload, utilizationsOf } from '../../src/lint/scaling.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { getOwn } from '../../src/own.ts';

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
  messages: {
    container: ({
      container,
      workload,
      known,
    }: Record<'container' | 'workload' | 'known', string>) =>
      `${workload} has no container "${container}"; its containers: ${known}`,
    missing: ({
      resource,
      container,
      workload,
    }: Record<'resource' | 'container' | 'workload', string>) =>
      `container "${container}" of ${workload} requests no ${resource}, so there is no ` +
      'utilization of it',
  },
  check({ cluster, unseen, report, unknown }) {
    const sets = setsByWorkload(cluster);
    for (const { scaler, workload } of scaledWorkloads(cluster)) {
      const [set] = sets.get(workload) ?? [];
      // What an operator requests for its containers is not known.
      // A DaemonSet cannot be scaled at all: hpa-target-missing.
      if (set === undefined || set.sketched === true || workload.kind === 'DaemonSet') continue;
      for (const { source, only, metric, ...at } of utilizationsOf(scaler)) {
        if (only !== undefined && !isPlaceholder(only) && !hasContainer(set.spec, only)) {
          const names = (set.spec.containers ?? []).map(({ name }) => name);
          report({
            object: scaler,
            at: [...metric, 'container'],
            id: 'container',
            data: { container: only, workload: describeObject(workload), known: names.join(', ') },
            help: names.length === 1 ? `write ${names[0] ?? ''}` : 'name one of its containers',
          });
          continue;
        }
        const lacking = runningContainers(set.spec).find(
          ({ container: { name, resources } }) =>
            (only === undefined || name === only) &&
            // A limit stands for the request that is not written (SetDefaults_Pod).
            getOwn(resources?.requests, source.name) === undefined &&
            getOwn(resources?.limits, source.name) === undefined,
        );
        if (lacking === undefined) continue;
        const place = { object: scaler, ...at };
        const whyUnseen = unseen.whyDocumentUnseen('LimitRange');
        const limits = cluster.objects
          .ofKind('', 'LimitRange')
          .find(({ namespace }) => namespace === workload.namespace);
        if (limits !== undefined || whyUnseen !== undefined) {
          const reason =
            limits === undefined ? whyUnseen : `${describeObject(limits)} may fill in requests`;
          unknown({ ...place, reason: reason ?? '' });
          continue;
        }
        report({
          ...place,
          id: 'missing',
          data: {
            resource: source.name,
            container: lacking.container.name,
            workload: describeObject(workload),
          },
          help: `add resources.requests.${source.name} to each of its containers`,
          related: [
            {
              object: workload,
              at: [...set.templatePath, 'spec', ...lacking.path, 'name'],
              message: `requests no ${source.name}`,
            },
          ],
        });
      }
    }
  },
});

/**
 * Sidecars that are added on the way are no part of the manifest: meshes have names of their own.
 */
function hasContainer(spec: PodSpec, name: string): boolean {
  return (
    runningContainers(spec).some(({ container }) => container.name === name) ||
    /^(istio|linkerd|envoy|vault|dapr)/.test(name)
  );
}
