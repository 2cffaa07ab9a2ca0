import { overlaps, poolKinds } from '../../src/lint/objects/address-pools.ts';
import { probablyAppliedTogether } from '../../src/lint/objects/applied-together.ts';
import { claimants, type Conflict, conflicts } from '../../src/lint/objects/claims.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  twice: ({ what, other }: Record<'what' | 'other', string>) => `${other} claims ${what} as well`,
};

export const claimedTwice = defineRule({
  meta: {
    id: 'claimed-twice',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...new Set([...claimants, ...poolKinds].map(({ kind }) => kind))],
    title: 'wants what another one has',
    summary: 'Two objects claim what only one can have: a host, the policy of pods, the default',
    why:
      'only one object can have it, and the API server takes both: which one it is depends on ' +
      'when they were applied, or neither gets it',
    fixable: false,
  },
  messages,
  check(context) {
    const { cluster, unit } = context;
    const pools = { help: 'give each pool addresses of its own', message: 'overlaps it' };
    for (const conflict of overlaps(cluster)) say(conflict, pools, context);
    const claims = { help: 'take one of them out, or tell them apart', message: 'the same here' };
    for (const conflict of conflicts(cluster, unit)) say(conflict, claims, context);
  },
});

function say(
  { place, other, what, why }: Conflict,
  { help, message }: Record<'help' | 'message', string>,
  { unit, report }: RuleContext<typeof messages>,
): void {
  const isOwn = other.object === place.object;
  report({
    ...place,
    id: 'twice',
    data: { what, other: isOwn ? `this ${place.object.kind}` : describeObject(other.object) },
    severity: probablyAppliedTogether(place.object, other.object, unit) ? 'warning' : 'info',
    why,
    help,
    related: [{ ...other, message }],
  });
}
