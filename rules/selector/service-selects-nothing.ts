import { formatPairs } from '../../src/cluster/labels.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { arePodsExpected } from '../../src/lint/expected.ts';
import {
  describeNearest,
  describeOtherSide,
  isSlipOfThePen,
  nearestWorkload,
  suggestSelector,
} from '../../src/lint/selectors/nearest.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { isProven, restsOnAssumedNamespace, unseenPods } from '../../src/lint/unseen-pods.ts';
import { runtimeKey } from '../../src/lint/world.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isGuess } from '../../src/units/unit.ts';

const messages = {
  near: ({
    namespace,
    selector,
    nearest,
  }: {
    namespace: string;
    selector: string;
    nearest: string;
  }) => `no pod in namespace ${namespace} has ${selector}; ${nearest}`,
  none: ({
    namespace,
    selector,
    objects,
  }: {
    namespace: string;
    selector: string;
    objects: number;
  }) => `no pod in namespace ${namespace} has ${selector} in the ${objects} objects read`,
};

const options = {
  runtimeLabels: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    default: [],
    description:
      'keys of labels that are set on running pods only, by an operator or by the pods themselves',
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

function checkService(
  service: ServicePicture,
  context: RuleContext<typeof messages, typeof options>,
): void {
  const { cluster, world } = context;
  const { object, selector = {} } = service;
  const place = { object, at: ['spec', 'selector'], part: 'key' } as const;
  const namespace = object.namespace ?? cluster.options.namespace;

  const runtime =
    runtimeKey(selector, namespace, cluster) ??
    context.options.runtimeLabels.find((key) => Object.hasOwn(selector, key));
  if (runtime !== undefined)
    return context.unknown({
      ...place,
      reason: `the label ${runtime} is set on running pods, not in manifests`,
    });
  if (service.possible.length > 0)
    return context.unknown({
      ...place,
      reason: 'whether it selects pods depends on values that are filled in later',
    });
  const [passing] = service.passing;
  if (passing !== undefined)
    return context.unknown({
      ...place,
      reason: `only ${describeObject(passing.workload)} has these labels, which runs only for ${passing.hook}`,
    });
  const nearest = nearestWorkload(selector, object, cluster);
  if (nearest?.difference === 'refused')
    return context.unknown({ ...place, reason: describeNearest(nearest, selector) });
  if (nearest === undefined && namespace === 'kube-system') {
    return context.unknown({
      ...place,
      reason: 'pods of kube-system are mostly made by the cluster itself',
    });
  }
  if (nearest === undefined && cluster.pods.inNamespace(namespace).length === 0) {
    return context.unknown({
      ...place,
      reason: `no workload in namespace ${namespace} was read together with it`,
    });
  }
  const unseen = unseenPods(nearest, selector, namespace, cluster, world);
  if (unseen !== undefined)
    return context.unknown({ ...place, reason: `it selects no pod that was read, but ${unseen}` });
  if (
    nearest === undefined &&
    isGuess(context.unit) &&
    !arePodsExpected(service, namespace, cluster)
  )
    return context.unknown({
      ...place,
      reason: 'it selects no pod that was read, and nothing that was read waits for it',
    });
  const why = `the endpoints controller lists pods whose labels contain every selector pair; none does, so \`kubectl get endpoints ${object.name}\` shows <none>`;
  if (nearest === undefined) {
    const data = {
      namespace,
      selector: formatPairs(selector),
      objects: cluster.objects.all.length,
    };
    return context.report({
      ...place,
      id: 'none',
      data,
      severity: 'warning',
      why,
      dependsOn: cluster.pods.inNamespace(namespace).map(({ workload }) => workload),
    });
  }
  const sure = isProven(nearest, object, world);
  const help = suggestSelector(nearest, selector, object);
  const { key, actual, difference } = nearest;
  const replacement = difference === 'key' ? actual?.key : actual?.value;
  const slip = difference === 'key' || isSlipOfThePen(nearest, selector);
  context.report({
    object,
    at: key === undefined ? place.at : ['spec', 'selector', key],
    ...((key === undefined || difference === 'key') && { part: 'key' }),
    id: 'near',
    data: {
      namespace,
      selector: formatPairs(selector),
      nearest: describeNearest(nearest, selector),
    },
    // Files that only lie together are mostly applied with -n.
    severity: sure
      ? 'error'
      : isGuess(context.unit) && restsOnAssumedNamespace(nearest, object)
        ? 'info'
        : 'warning',
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
        fixes: [
          {
            title: `change it to ${replacement}`,
            safety: slip ? 'safe' : 'unsafe',
            replace: replacement,
          },
        ],
      }),
  });
}
