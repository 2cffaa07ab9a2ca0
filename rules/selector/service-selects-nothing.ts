import type { ServicePicture } from '../../src/cluster/service.ts';
import { isNamespaceForgotten } from '../../src/lint/references/nearest-object.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { lackedServices } from '../../src/lint/routes/rollout-faults.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { type Dangling, runtimeReason } from '../../src/lint/selectors/dangling.ts';
import { reportDangling, selectorMessages } from '../../src/lint/selectors/follow-selector.ts';
import { restsOnAssumedNamespace } from '../../src/lint/selectors/unseen-pods.ts';
import { selectorKey, whyNoBackends } from '../../src/lint/selectors/why-no-backends.ts';
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
    why:
      'the endpoints controllers list the pods of the namespace whose labels contain every ' +
      'pair of the selector; where none does, the Service has no endpoints',
    fixable: true,
    options,
  },
  messages: selectorMessages,
  check(context) {
    const keyOf = ({ object, selector = {} }: ServicePicture): string =>
      selectorKey(namespaceOf(object, context.cluster), selector);
    const found = context.cluster.services
      .filter(({ automatic, backends }) => automatic && backends.length === 0)
      .filter((service) => !lackedServices(context.cluster).has(service))
      // Where these listen is not known, but they are there.
      .filter(
        ({ object, selector = {} }) =>
          !context.unseen.hasOperatedPods(selector, namespaceOf(object, context.cluster)),
      )
      .map((service) => ({ service, why: whyNothing(service, context) }));
    // What is certain for one is so for all that ask for the very same, unless they have their own.
    const isCertain = (why: Dangling): boolean => why.state === 'near' && why.sure;
    const certain = new Map(
      found.flatMap(({ service, why }) => (isCertain(why) ? [[keyOf(service), why] as const] : [])),
    );
    for (const { service, why } of found)
      reportNothing(
        service,
        isCertain(why) || (why.state === 'unknown' && why.open !== true)
          ? why
          : (certain.get(keyOf(service)) ?? why),
        context,
      );
  },
});

type Context = RuleContext<typeof selectorMessages, typeof options>;

function reportNothing(service: ServicePicture, found: Dangling, context: Context): void {
  const { object, selector = {} } = service;
  const written = { object, at: ['spec', 'selector'], selector: { matchLabels: selector } };
  const { cluster, unit } = context;
  // Files that only lie together are mostly applied with -n.
  const isAside =
    found.state === 'near' &&
    isGuess(unit) &&
    restsOnAssumedNamespace(found.nearest, object) &&
    !isNamespaceForgotten(cluster, object, found.nearest.object) &&
    !isNamespaceForgotten(cluster, found.nearest.object, object);
  reportDangling(context, { ...written, onlyPairs: true }, found, {
    why:
      'the endpoints controller lists pods whose labels contain every selector pair; none ' +
      `does, so \`kubectl get endpoints ${object.name}\` shows <none>`,
    unsure: isAside ? 'info' : 'warning',
  });
}

function whyNothing(
  service: ServicePicture,
  { cluster, unseen, options: { runtimeLabels } }: Context,
): Dangling {
  const runtime = runtimeLabels.find((key) => Object.hasOwn(service.selector ?? {}, key));
  return runtime === undefined
    ? whyNoBackends(service, cluster, unseen)
    : { state: 'unknown', reason: runtimeReason(runtime) };
}
