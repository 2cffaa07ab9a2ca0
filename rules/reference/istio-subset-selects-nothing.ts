import { formatPairs } from '../../src/cluster/labels.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { PodIndex, type PodSet } from '../../src/cluster/pods.ts';
import { asText, fieldAt } from '../../src/kubernetes/json.ts';
import {
  IstioHosts,
  istioObjects,
  type NearestPods,
  nearestPods,
  type Subset,
  subsetsOf,
} from '../../src/lint/references/istio.ts';
import { reachService } from '../../src/lint/references/service-port.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import type { Json } from '../../src/manifest/node.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { mostAlike } from '../../src/text/limits.ts';

const messages = {
  none: ({ labels, service, nearest }: { labels: string; service: string; nearest: string }) =>
    `no pod of ${service} has ${labels}; ${nearest}`,
};

type Context = RuleContext<typeof messages>;

export const istioSubsetSelectsNothing = defineRule({
  meta: {
    id: 'istio-subset-selects-nothing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['DestinationRule'],
    title: 'has a subset without pods',
    summary: 'An Istio DestinationRule has a subset whose labels no pod of the Service has',
    why: 'a subset takes those pods of the Service that have its labels as well; requests to one without pods are answered with 503',
    fixable: true,
  },
  messages,
  check(context) {
    const hosts = new IstioHosts(context.cluster);
    for (const rule of istioObjects(context.cluster, 'DestinationRule'))
      checkLabels(rule, hosts, context);
  },
});

/** Labels that come from nodes and from the sidecar injector, not from manifests. */
const injectedLabel = /^(topology\.|istio$|(.*\.)?istio\.io\/)/;

/** Every subset must take a pod of the Service. */
function checkLabels(rule: ClusterObject, hosts: IstioHosts, context: Context): void {
  const { cluster, unseen, report, unknown } = context;
  const host = asText(fieldAt(rule.value as Json, 'spec', 'host'));
  const target = host === undefined ? undefined : hosts.resolve(host, rule);
  const service = target === undefined ? undefined : reachService(context, rule, target)?.picture;
  if (service === undefined || service.backends.length === 0) return;
  const sets = service.backends.map(({ members }) => members.set);
  const index = new PodIndex(sets);
  const open = sets.some(({ labelsOpen }) => labelsOpen);
  for (const subset of subsetsOf(rule)) {
    const labels = Object.fromEntries(
      Object.entries(subset.labels).filter(([key]) => !injectedLabel.test(key)),
    );
    const taken = index.select(labels, service.object.namespace ?? '');
    if (taken.some(({ truth, members: { set } }) => truth === 'yes' && !set.labelsOpen)) continue;
    const nearest = nearestPods(labels, sets.slice(0, mostAlike));
    const place = {
      object: rule,
      at: [...subset.path, 'labels', ...(nearest?.key === undefined ? [] : [nearest.key])],
    };
    const reason =
      (taken.length > 0 || open || service.possible.length > 0
        ? 'labels are filled in later'
        : undefined) ??
      (istioObjects(cluster, 'WorkloadEntry').length +
        istioObjects(cluster, 'WorkloadGroup').length >
      0
        ? 'a workload outside of the cluster may have them'
        : undefined) ??
      unseen.unreadPods() ??
      (nearest?.certain === true
        ? undefined
        : unseen.operatedPods({ ...service.selector, ...labels }, service.object.namespace ?? ''));
    if (reason !== undefined)
      unknown({
        ...place,
        reason: `no pod that was read has the labels of subset ${subset.name}, but ${reason}`,
      });
    else report(findingOf(subset, place.at, nearest, labels, service.object, sets));
  }
}

function findingOf(
  { rule }: Subset,
  at: (string | number)[],
  nearest: NearestPods | undefined,
  labels: Readonly<Record<string, string>>,
  service: ClusterObject,
  sets: readonly PodSet[],
): Parameters<Context['report']>[0] {
  const related = nearest && {
    object: nearest.set.workload,
    at: [
      ...nearest.set.templatePath,
      'metadata',
      'labels',
      ...(nearest.actual === undefined ? [] : [nearest.key]),
    ],
    message: 'the labels of its pods',
  };
  const says =
    nearest === undefined
      ? `${describeObject(sets[0]!.workload)} is behind it`
      : nearest.actual === undefined
        ? `the pods of ${describeObject(nearest.set.workload)} lack the label ${nearest.key}`
        : `${describeObject(nearest.set.workload)} has ${nearest.key}=${nearest.actual}`;
  const meant = nearest?.certain === true ? nearest.actual : undefined;
  return {
    object: rule,
    at,
    id: 'none',
    data: { labels: formatPairs(labels), service: describeObject(service), nearest: says },
    severity: nearest?.certain === true ? 'error' : 'warning',
    help: 'name labels of the pod template',
    dependsOn: sets.map(({ workload }) => workload),
    ...(related !== undefined && { related: [related] }),
    ...(meant !== undefined && {
      help: `change it to ${meant}`,
      fixes: [{ title: `change it to ${meant}`, safety: 'safe' as const, replace: meant }],
    }),
  };
}
