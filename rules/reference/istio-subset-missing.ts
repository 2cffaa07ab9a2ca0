import { changeTo } from '../../src/lint/fixes/change-to.ts';
import { type MissingSubset, missingSubsets } from '../../src/lint/routes/missing-subsets.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { mostRelated } from '../../src/text/limits.ts';
import { nearestIn } from '../../src/text/name-index.ts';
import { isSlip } from '../../src/text/slip.ts';

const messages = {
  near: ({ subset, host, near }: { subset: string; host: string; near: string }) =>
    `no DestinationRule for "${host}" defines subset "${subset}"; did you mean "${near}"?`,
  undefined: ({ subset, host, known }: { subset: string; host: string; known: string }) =>
    `no DestinationRule for "${host}" defines subset "${subset}"; known subsets: ${known}`,
  noRule: ({ subset, host, objects }: { subset: string; host: string; objects: number }) =>
    `subset "${subset}" needs a DestinationRule for "${host}", and there is none in the ` +
    `${objects} objects read`,
};

export const istioSubsetMissing = defineRule({
  meta: {
    id: 'istio-subset-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['VirtualService'],
    title: 'sends requests to an undefined subset',
    summary: 'An Istio VirtualService sends requests to a subset that no DestinationRule defines',
    why:
      'a subset is what a DestinationRule for the same host defines; for any other the ' +
      'proxies have no cluster and answer 503',
    fixable: true,
  },
  messages,
  check({ cluster, unseen, report, unknown }) {
    for (const missing of missingSubsets(cluster, unseen)) {
      const { object, path, subset, host, reason, known } = missing;
      const place = { object, at: [...path, 'subset'] };
      if (reason !== undefined)
        unknown({
          ...place,
          reason: `the subset is not defined in what was read, but ${reason}`,
        });
      else if (known.rules.length === 0)
        report({
          ...place,
          id: 'noRule',
          data: { subset, host, objects: cluster.objects.all.length },
          severity: 'warning',
          help: `add a DestinationRule for ${host} that defines it`,
        });
      else report({ ...place, ...wordsFor(missing) });
    }
  },
});

function wordsFor({ subset, host, known }: MissingSubset): Words<typeof messages> {
  const related = known.rules.slice(0, mostRelated).map((rule) => ({
    object: rule,
    at: ['spec', 'subsets'],
    part: 'key' as const,
    message: 'the subsets of this host',
  }));
  const near = nearestIn(subset, known.names);
  if (near !== undefined && isSlip(subset, near))
    return { id: 'near', data: { subset, host, near }, related, ...changeTo(near) };
  const names = known
    .sorted()
    .slice(0, 5)
    .map((name) => `"${name}"`);
  return {
    id: 'undefined',
    data: { subset, host, known: names.join(', ') || 'none' },
    related,
    help: 'define it there, or name a subset that is defined',
  };
}
