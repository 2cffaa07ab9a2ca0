import type { Truth } from '../../src/cluster/labels.ts';
import { asList, fieldAt } from '../../src/kubernetes/json.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { listPorts, portsOfPods } from '../../src/lint/ports/backend-ports.ts';
import { isPort, meantPort, selectPodSets } from '../../src/lint/references/monitor-ports.ts';
import {
  formatNamespaces,
  formatSelector,
  injectedPorts,
  type Monitor,
  monitors,
} from '../../src/lint/references/monitors.ts';
import {
  describeNearest,
  describeOtherSide,
  isSlipOfThePen,
  nearestWorkload,
  suggestSelector,
} from '../../src/lint/selectors/nearest.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { runtimeKey } from '../../src/lint/world.ts';
import type { Json } from '../../src/manifest/node.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

const messages = {
  near: ({
    namespaces,
    selector,
    nearest,
  }: {
    namespaces: string;
    selector: string;
    nearest: string;
  }) => `no pod in ${namespaces} has the labels ${selector}; ${nearest}`,
  none: ({
    namespaces,
    selector,
    objects,
  }: {
    namespaces: string;
    selector: string;
    objects: number;
  }) => `no pod in ${namespaces} has the labels ${selector} in the ${objects} objects read`,
  port: ({ field, written, known }: { field: string; written: string; known: string }) =>
    `${field} ${written} is not declared by any container of the pods; ${known}`,
};

type Context = RuleContext<typeof messages>;

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
    for (const monitor of monitors(context.cluster, 'PodMonitor')) {
      const taken = selectPodSets(monitor, context.cluster);
      if (taken.length === 0) checkSelector(monitor, context);
      else checkPorts(monitor, taken, context);
    }
  },
});

function checkSelector(monitor: Monitor, { cluster, world, report, unknown }: Context): void {
  const { object, selector, pairs, namespaces } = monitor;
  const place = { object, at: ['spec', 'selector'], part: 'key' } as const;
  const nearest =
    Object.keys(pairs).length === 0 ? undefined : nearestWorkload(pairs, object, cluster);
  const runtime = runtimeKey(
    pairs,
    namespaces?.[0] ?? object.namespace ?? cluster.options.namespace,
    cluster,
  );
  const sure = nearest !== undefined && isSlipOfThePen(nearest, pairs);
  const reason =
    (runtime === undefined ? undefined : `the label ${runtime} is set on running pods`) ??
    (Object.values(pairs).some(isPlaceholder) ? 'its labels are filled in later' : undefined) ??
    (nearest?.difference === 'refused' ? describeNearest(nearest, pairs) : undefined) ??
    world.unreadPods() ??
    (sure || nearest?.certain === true ? undefined : openWorld(monitor, cluster)) ??
    (sure
      ? undefined
      : (namespaces ?? [''])
          .map((namespace) => world.operatedPods(pairs, namespace))
          .find((one) => one !== undefined));
  if (reason !== undefined)
    return unknown({ ...place, reason: `it takes no pod that was read, but ${reason}` });
  const data = { namespaces: formatNamespaces(namespaces), selector: formatSelector(selector) };
  if (nearest === undefined)
    return report({
      ...place,
      id: 'none',
      data: { ...data, objects: cluster.objects.all.length },
      severity: 'warning',
    });
  const { key, actual, difference, certain, workload } = nearest;
  const at =
    key !== undefined && Object.hasOwn(selector.matchLabels ?? {}, key)
      ? ['spec', 'selector', 'matchLabels', key]
      : undefined;
  const assumed =
    difference === 'namespace' && (object.namespaceAssumed || workload.namespaceAssumed);
  const help =
    difference === 'namespace'
      ? `add namespaceSelector: { matchNames: [${workload.namespace ?? ''}] }`
      : suggestSelector(nearest, pairs, object);
  const replacement = difference === 'key' ? actual?.key : actual?.value;
  report({
    ...(at === undefined
      ? place
      : { object, at, ...(difference === 'key' && { part: 'key' as const }) }),
    id: 'near',
    data: { ...data, nearest: describeNearest(nearest, pairs) },
    severity: certain && !assumed ? 'error' : 'warning',
    ...(help !== undefined && { help }),
    related: [{ object: workload, at: nearest.at, message: describeOtherSide(nearest) }],
    ...(at !== undefined &&
      certain &&
      replacement !== undefined && {
        fixes: [{ title: `change it to ${replacement}`, safety: 'unsafe', replace: replacement }],
      }),
  });
}

function openWorld(
  { namespaces, selector }: Monitor,
  { pods }: Context['cluster'],
): string | undefined {
  if (namespaces === undefined) return 'it looks into every namespace';
  if (namespaces.includes('kube-system'))
    return 'pods of kube-system are mostly made by the cluster itself';
  const empty = namespaces.filter((namespace) => pods.inNamespace(namespace).length === 0);
  if (empty.length > 0) return `no workload was read of ${formatNamespaces(empty)}`;
  return selector.matchLabels === undefined && selector.matchExpressions === undefined
    ? 'its selector is empty'
    : undefined;
}

function checkPorts(
  { object }: Monitor,
  taken: readonly { set: PodSet; truth: Truth }[],
  { report, unknown }: Context,
): void {
  const sets = taken.map(({ set }) => set);
  const known = portsOfPods(sets);
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
    if (known.some(({ port }) => isPort(port, isNumber ? written : String(written)))) continue;
    const place = { object, at: ['spec', 'podMetricsEndpoints', index, field] };
    if (taken.some(({ truth }) => truth === 'unknown')) {
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
      dependsOn: sets.map(({ workload }) => workload),
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
