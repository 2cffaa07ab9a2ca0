import type { ClusterObject } from '../../src/cluster/objects.ts';
import { overlaps, poolKinds } from '../../src/lint/objects/address-pools.ts';
import { probablyAppliedTogether } from '../../src/lint/objects/applied-together.ts';
import { type Claim, claimants, isSettled } from '../../src/lint/objects/claims.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

interface Claimed {
  readonly object: ClusterObject;
  readonly claim: Claim;
}

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
    const { cluster, unit, report } = context;
    checkPools(context);
    for (const { group, kind, claims, why } of claimants) {
      const first = new Map<string, Claimed>();
      for (const object of cluster.objects.ofKind(group, kind)) {
        if (unit.fragments.has(object.source.document.file)) continue;
        for (const claim of claims(object, cluster)) {
          if (!isSettled(claim)) continue;
          const key = JSON.stringify(claim.key);
          const before = first.get(key);
          if (before === undefined) first.set(key, { object, claim });
          if (before === undefined || isSame(before.claim, claim)) continue;
          const { at, part, what } = claim;
          const isOwn = before.object === object;
          const { at: place, part: whole } = before.claim;
          report({
            object,
            at,
            ...(part !== undefined && { part }),
            id: 'twice',
            data: { what, other: isOwn ? `this ${kind}` : describeObject(before.object) },
            severity: probablyAppliedTogether(object, before.object, unit) ? 'warning' : 'info',
            why,
            help: 'take one of them out, or tell them apart',
            related: [
              {
                object: before.object,
                at: place,
                ...(whole !== undefined && { part: whole }),
                message: 'the same here',
              },
            ],
          });
        }
      }
    }
  },
});

function checkPools({ cluster, unit, report }: RuleContext<typeof messages>): void {
  for (const pools of poolKinds)
    for (const { range, other } of overlaps(cluster, pools)) {
      const together = probablyAppliedTogether(range.object, other.object, unit);
      report({
        object: range.object,
        at: range.at,
        id: 'twice',
        data: { what: `addresses of ${range.text}`, other: describeObject(other.object) },
        severity: together ? 'warning' : 'info',
        why: pools.why,
        help: 'give each pool addresses of its own',
        related: [{ object: other.object, at: other.at, message: 'overlaps it' }],
      });
    }
}

/** What leads to the same is no conflict. */
function isSame(a: Claim, b: Claim): boolean {
  return a.wanted !== undefined && JSON.stringify(a.wanted) === JSON.stringify(b.wanted);
}
