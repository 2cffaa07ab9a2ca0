import { formatPairs } from '../../src/cluster/labels.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { describeNearest, describeOtherSide, isLikelyMeant, isSlipOfThePen, nearestWorkload, suggestSelector } from '../../src/lint/nearest.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { isRuntimeLabel } from '../../src/lint/world.ts';

const messages = {
  near: ({ namespace, selector, nearest }: { namespace: string; selector: string; nearest: string }) =>
    `no pod in namespace ${namespace} has ${selector}; ${nearest}`,
  none: ({ namespace, selector, objects }: { namespace: string; selector: string; objects: number }) =>
    `no pod in namespace ${namespace} has ${selector} in the ${objects} objects read`,
};

const options = {
  runtimeLabels: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    default: [],
    description: 'keys of labels that are set on running pods only, by an operator or by the pods themselves',
    examples: [['example.com/leader']],
  },
} as const;

export const serviceSelectsNothing = defineRule({
  meta: {
    id: 'service-selects-nothing',
    category: 'selector',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'selects no pod',
    summary: 'A Service selects no pod',
    why: 'the endpoints controllers list the pods of the namespace whose labels contain every pair of the selector; where none does, the Service has no endpoints',
    fixable: true,
    options,
  },
  messages,
  check(context) {
    for (const service of context.cluster.services) {
      if (service.automatic && service.backends.length === 0) checkService(service, context);
    }
  },
});

function checkService(service: ServicePicture, context: RuleContext<typeof messages, typeof options>): void {
  const { cluster, world } = context;
  const { object, selector = {} } = service;
  const place = { object, at: ['spec', 'selector'], part: 'key' } as const;
  const namespace = object.namespace ?? cluster.options.namespace;

  const runtime = Object.entries(selector).find(
    ([key, value]) => isRuntimeLabel(key, value, namespace, cluster) || context.options.runtimeLabels.includes(key),
  );
  if (runtime !== undefined)
    return context.unknown({ ...place, reason: `the label ${runtime[0]} is set on running pods, not in manifests` });
  if (service.possible.length > 0)
    return context.unknown({ ...place, reason: 'whether it selects pods depends on values that are filled in later' });
  const nearest = nearestWorkload(selector, object, cluster);
  if (nearest?.difference === 'refused') return context.unknown({ ...place, reason: describeNearest(nearest, selector) });
  if (nearest === undefined && namespace === 'kube-system') {
    return context.unknown({ ...place, reason: 'pods of kube-system are mostly made by the cluster itself' });
  }
  if (nearest === undefined && cluster.pods.inNamespace(namespace).length === 0) {
    return context.unknown({ ...place, reason: `no workload in namespace ${namespace} was read together with it` });
  }
  const unread = world.unreadPods();
  const unseen =
    (nearest !== undefined && isLikelyMeant(nearest, selector, namespace, cluster) ? undefined : unread) ??
    // What an operator makes has labels of its own choosing, which a slip of the pen does not hit.
    (nearest !== undefined && isSlipOfThePen(nearest, selector) ? undefined : world.operatedPods(selector, namespace)) ??
    (nearest?.certain === true ? undefined : world.podsOfOtherUnit(selector, namespace));
  if (unseen !== undefined) return context.unknown({ ...place, reason: `it selects no pod that was read, but ${unseen}` });
  if (nearest === undefined && !context.unit.deployed && isOthersBusiness(service, namespace, cluster)) {
    return context.unknown({
      ...place,
      reason: `it selects no pod that was read, but all workloads of namespace ${namespace} have Services of their own`,
    });
  }
  const why = `the endpoints controller lists pods whose labels contain every selector pair; none does, so \`kubectl get endpoints ${object.name}\` shows <none>`;
  if (nearest === undefined) {
    const data = { namespace, selector: formatPairs(selector), objects: cluster.objects.all.length };
    return context.report({
      ...place,
      id: 'none',
      data,
      severity: 'warning',
      why,
      dependsOn: cluster.pods.inNamespace(namespace).map(({ workload }) => workload),
    });
  }
  // A namespace that is only assumed may turn out to be the right one when the manifests are applied.
  const sure = nearest.certain && unread === undefined && !(nearest.difference === 'namespace' && (object.namespaceAssumed || nearest.workload.namespaceAssumed));
  const help = suggestSelector(nearest, selector, object);
  const { key, actual, difference } = nearest;
  const replacement = difference === 'key' ? actual?.key : actual?.value;
  const slip = difference === 'key' || isSlipOfThePen(nearest, selector);
  context.report({
    object,
    at: key === undefined ? place.at : ['spec', 'selector', key],
    ...((key === undefined || difference === 'key') && { part: 'key' }),
    id: 'near',
    data: { namespace, selector: formatPairs(selector), nearest: describeNearest(nearest, selector) },
    severity: sure ? 'error' : 'warning',
    why,
    ...(help !== undefined && { help }),
    related: [
      {
        object: nearest.workload,
        at: nearest.at,
        ...(difference !== 'value' && difference !== 'namespace' && { part: 'key' }),
        message: describeOtherSide(nearest),
      },
    ],
    ...(sure &&
      replacement !== undefined && {
        fixes: [{ title: `change it to ${replacement}`, safety: slip ? 'safe' : 'unsafe', replace: replacement }],
      }),
  });
}

/**
 * Nothing was read that waits for this Service: every workload is behind another one, and none has its name. Its own are more likely to come from elsewhere
 * (a chart, an add-on of the cloud) than to be missing.
 */
function isOthersBusiness({ object }: ServicePicture, namespace: string, cluster: Cluster): boolean {
  const served = new Set(cluster.services.flatMap(({ backends }) => backends.map(({ members }) => members.set)));
  return cluster.pods
    .inNamespace(namespace)
    .every((set) => set.workload.name !== object.name && (served.has(set) || set.workload.kind === 'Job' || set.workload.kind === 'CronJob'));
}
