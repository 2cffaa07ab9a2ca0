import { runningContainers } from '../../src/cluster/containers.ts';
import { inPodSpec, type PodSet } from '../../src/cluster/pods.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { runsToCompletion } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { servicesOf } from '../../src/lint/selectors/services-of.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const noReadinessProbe = defineRule({
  meta: {
    id: 'no-readiness-probe',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: servingKinds,
    title: 'serves before it can answer',
    summary: 'Pods behind a Service have no readiness probe',
    why:
      'without a probe a container counts as ready the moment it runs: the pod is among the ' +
      'endpoints while it still starts, and stays there when it no longer answers',
    fixable: false,
  },
  messages: {
    none: ({ service, containers }: { service: string; containers: string }) =>
      `${service} sends traffic to these pods as soon as they run: ${containers} readiness probe`,
  },
  check({ cluster, report }) {
    for (const set of cluster.pods.all) {
      // Pods that are meant to end: whether they are ready is nobody's business.
      if (runsToCompletion(set.workload.kind)) continue;
      if (set.assumed || set.sketched === true || tellsReadiness(set)) continue;
      const services = servicesOf(cluster, set).filter(
        ({ spec, ports }) => spec.publishNotReadyAddresses !== true && ports.length > 0,
      );
      // Members of a headless Service mostly look for each other and try again.
      const service = services.find(({ headless }) => !headless) ?? services[0];
      if (service === undefined) continue;
      const names = (set.spec.containers ?? []).map(({ name }) => `"${name}"`);
      report({
        object: set.workload,
        at: inPodSpec(set, 'containers'),
        part: 'key',
        id: 'none',
        severity: service.headless ? 'info' : 'warning',
        data: {
          service: describeObject(service.object),
          containers:
            names.length === 1
              ? `container ${names[0]} has no`
              : `none of its ${names.length} containers has a`,
        },
        help:
          'add a readinessProbe to the container that serves; an httpGet or a tcpSocket on ' +
          'its port is enough to begin with',
        related: [
          {
            object: service.object,
            at: ['spec', 'selector'],
            part: 'key',
            message: 'selects them',
          },
        ],
      });
    }
  },
});

/**
 * A startup probe holds readiness back too (prober_manager.go `UpdatePodStatus`), and a readiness
 * gate is somebody else's verdict.
 */
function tellsReadiness({ spec }: PodSet): boolean {
  return (
    (spec.readinessGates ?? []).length > 0 ||
    runningContainers(spec).some(
      ({ container }) =>
        container.readinessProbe !== undefined || container.startupProbe !== undefined,
    )
  );
}
