import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asList, fieldAt } from '../../src/kubernetes/json.ts';
import { listPorts } from '../../src/lint/ports/backend-ports.ts';
import {
  isPort,
  meantPort,
  selectPodSets,
  type TakenPodSets,
} from '../../src/lint/references/monitor-ports.ts';
import { injectedPorts, type Monitor, monitors } from '../../src/lint/references/monitors.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import {
  danglingPodMonitor,
  monitorWords,
  selectorOf,
} from '../../src/lint/selectors/dangling-monitor.ts';
import { reportDangling, selectorMessages } from '../../src/lint/selectors/follow-selector.ts';
import type { Json } from '../../src/manifest/node.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { perList } from '../../src/multimap.ts';

const messages = {
  ...selectorMessages,
  port: ({ field, written, known }: { field: string; written: string; known: string }) =>
    `${field} ${written} is not declared by any container of the pods; ${known}`,
};

type Context = RuleContext<typeof messages>;

/** What equal monitors ask of the ports of the pods that they take. */
const isFound = perList<boolean>();
const workloads = perList<readonly ClusterObject[]>();

export const podMonitorMismatch = defineRule({
  meta: {
    id: 'pod-monitor-mismatch',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['PodMonitor'],
    title: 'finds nothing to scrape',
    summary:
      'A PodMonitor matches no pod, or names a port that the containers of its pods do not declare',
    why: 'a target is made of every declared container port of the pods whose labels match, and only those that the monitor names are kept; Prometheus drops all others without a word',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster, unseen } = context;
    for (const monitor of monitors(cluster, 'PodMonitor')) {
      const taken = selectPodSets(monitor, cluster);
      if (taken.sets.length > 0) checkPorts(monitor, taken, context);
      else {
        const found = danglingPodMonitor(monitor, cluster, unseen);
        reportDangling(context, selectorOf(monitor), found, monitorWords(monitor, 'pod'));
      }
    }
  },
});

function checkPorts(
  { object }: Monitor,
  { sets, open, ports }: TakenPodSets,
  { cluster, report, unknown }: Context,
): void {
  const known = ports();
  for (const [index, endpoint] of asList(
    fieldAt(object.value as Json, 'spec', 'podMetricsEndpoints'),
  ).entries()) {
    const field = ['port', 'portNumber', 'targetPort'].find(
      (name) => fieldAt(endpoint, name) !== undefined,
    );
    if (field === undefined) continue;
    const written = fieldAt(endpoint, field);
    if ((typeof written !== 'string' && typeof written !== 'number') || written === '') continue;
    const isNumber = typeof written === 'number' && field !== 'port';
    if (isPlaceholder(written) || injectedPorts.has(String(written))) continue;
    const found = isFound(known, `${written} ${isNumber}`, () => {
      cluster.work.spend(known.length);
      return known.some(({ port }) => isPort(port, isNumber ? written : String(written)));
    });
    if (found) continue;
    const place = { object, at: ['spec', 'podMetricsEndpoints', index, field] };
    if (open) {
      unknown({
        ...place,
        reason: 'which pods it takes depends on values that are filled in later',
      });
      continue;
    }
    const { meant, near } = meantPort(known, written, isNumber);
    const replacement =
      meant === undefined ? undefined : isNumber ? meant.port.containerPort : meant.port.name;
    report({
      ...place,
      id: 'port',
      data: {
        field,
        written: typeof written === 'string' ? `"${written}"` : String(written),
        known: listPorts(known),
      },
      help:
        replacement !== undefined
          ? `write ${field}: ${replacement}`
          : meant !== undefined
            ? `give the container port ${meant.port.containerPort} a name, and write that name here`
            : 'name one of the declared ports, or declare this one on the container that serves metrics',
      dependsOn: workloads(sets, '', () => sets.map(({ workload }) => workload)),
      ...(meant !== undefined && {
        related: [
          { object: meant.set.workload, at: meant.path, message: 'the nearest declared port' },
        ],
      }),
      ...(replacement !== undefined && {
        fixes: [
          {
            title: `change it to ${replacement}`,
            safety: near ? 'safe' : 'unsafe',
            replace: replacement,
          },
        ],
      }),
    });
  }
}
