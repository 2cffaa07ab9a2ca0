import type { ServicePicture } from '../../src/cluster/service.ts';
import { expectedPods } from '../../src/lint/expected.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import {
  type Dangling,
  danglingSelector,
  runtimeReason,
} from '../../src/lint/selectors/dangling.ts';
import { reportDangling, selectorMessages } from '../../src/lint/selectors/follow-selector.ts';
import { labelsText } from '../../src/lint/selectors/nearest-workload.ts';
import { restsOnAssumedNamespace } from '../../src/lint/selectors/unseen-pods.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { runtimeKey } from '../../src/lint/world.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isGuess } from '../../src/units/unit.ts';

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
  messages: selectorMessages,
  check(context) {
    const found = context.cluster.services
      .filter(({ automatic, backends }) => automatic && backends.length === 0)
      .map((service) => ({ service, why: whyNothing(service, context) }));
    // What is certain for one is so for all that ask for the very same.
    const certain = new Map(
      found.flatMap(({ service, why }) =>
        why.state === 'near' && why.sure ? [[selectorKey(service), why] as const] : [],
      ),
    );
    for (const { service, why } of found)
      reportNothing(
        service,
        why.state === 'unknown' && why.open !== true
          ? why
          : (certain.get(selectorKey(service)) ?? why),
        context,
      );
  },
});

type Context = RuleContext<typeof selectorMessages, typeof options>;

const madeElsewhere =
  'no pod that was read has these labels, and they may well be made elsewhere: every workload here has a Service of its own, or is nothing like it';

function selectorKey({ object, selector = {} }: ServicePicture): string {
  return JSON.stringify([object.namespace, ...Object.entries(selector).sort()]);
}

function reportNothing(service: ServicePicture, found: Dangling, context: Context): void {
  const { object, selector = {} } = service;
  const written = { object, at: ['spec', 'selector'], selector: { matchLabels: selector } };
  // Files that only lie together are mostly applied with -n.
  const isAside =
    found.state === 'near' &&
    isGuess(context.unit) &&
    restsOnAssumedNamespace(found.nearest, object);
  reportDangling(context, { ...written, onlyPairs: true }, found, {
    why: `the endpoints controller lists pods whose labels contain every selector pair; none does, so \`kubectl get endpoints ${object.name}\` shows <none>`,
    unsure: isAside ? 'info' : 'warning',
  });
}

function whyNothing(
  service: ServicePicture,
  { cluster, world, unit, options: { runtimeLabels } }: Context,
): Dangling {
  const { object, selector = {}, possible, passing } = service;
  const unknown = (reason: string): Dangling => ({ state: 'unknown', reason });
  const namespace = namespaceOf(object, cluster);
  const runtime =
    runtimeKey(selector, namespace, cluster) ??
    runtimeLabels.find((key) => Object.hasOwn(selector, key));
  if (runtime !== undefined) return unknown(runtimeReason(runtime));
  if (possible.length > 0)
    return unknown('whether it selects pods depends on values that are filled in later');
  const [set] = passing;
  if (set !== undefined)
    return unknown(
      `only ${describeObject(set.workload)} has these labels, which runs only for ${set.hook}`,
    );
  const found = danglingSelector({ matchLabels: selector }, object, cluster, world);
  if (found.state !== 'none') return found;
  const expected = expectedPods(service, namespace, cluster);
  if (expected === undefined)
    return isGuess(unit) ? { state: 'unknown', reason: madeElsewhere, open: true } : found;
  return {
    state: 'near',
    pairs: selector,
    sure: false,
    nearest: {
      object: expected.workload,
      bearer: 'pods',
      difference: 'unclaimed',
      labels: labelsText(expected),
      at: [...expected.templatePath, 'metadata', 'labels'],
      certain: false,
    },
  };
}
