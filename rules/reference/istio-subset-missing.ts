import type { ClusterObject } from '../../src/cluster/objects.ts';
import {
  destinations,
  IstioHosts,
  istioObjects,
  Subsets,
} from '../../src/lint/references/istio.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { nearestName } from '../../src/text/nearest-name.ts';
import { isSlip } from '../../src/text/slip.ts';

const messages = {
  near: ({ subset, host, near }: { subset: string; host: string; near: string }) =>
    `no DestinationRule for "${host}" defines subset "${subset}"; did you mean "${near}"?`,
  undefined: ({ subset, host, known }: { subset: string; host: string; known: string }) =>
    `no DestinationRule for "${host}" defines subset "${subset}"; known subsets: ${known}`,
  noRule: ({ subset, host, objects }: { subset: string; host: string; objects: number }) =>
    `subset "${subset}" needs a DestinationRule for "${host}", and there is none in the ${objects} objects read`,
};

type Context = RuleContext<typeof messages>;

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
    why: 'a subset is what a DestinationRule for the same host defines; for any other the proxies have no cluster and answer 503',
    fixable: true,
  },
  messages,
  check(context) {
    const subsets = new Subsets(context.cluster);
    for (const object of istioObjects(context.cluster, 'VirtualService'))
      checkDestinations(object, subsets, context);
  },
});

function checkDestinations(
  virtualService: ClusterObject,
  subsets: Subsets,
  { cluster, world, report, unknown }: Context,
): void {
  for (const { object, path, host, subset } of destinations(virtualService)) {
    if (subset === undefined || isPlaceholder(subset)) continue;
    const rules = subsets.forHost(host, namespaceOf(object, cluster));
    const known = rules.flatMap(({ subsets: defined }) => defined);
    if (known.some(({ name }) => name === subset || isPlaceholder(name))) continue;
    const place = { object, at: [...path, 'subset'] };
    const near = nearestName(
      subset,
      known.map(({ name }) => name),
    );
    const meant = known.find(({ name }) => name === near && isSlip(subset, name));
    const reason =
      world.unseenDocument('DestinationRule') ??
      (rules.length > 0 ? undefined : 'no DestinationRule for this host was read together with it');
    if (reason !== undefined && subsets.isEmpty)
      unknown({ ...place, reason: `the subset is not defined in what was read, but ${reason}` });
    else if (reason !== undefined) {
      const service = new IstioHosts(cluster).resolve(host, object);
      const read =
        service !== undefined &&
        cluster.objects.find('Service', service.namespace, service.name) !== undefined;
      if (!read || world.unseenDocument('DestinationRule') !== undefined)
        unknown({ ...place, reason: `the subset is not defined in what was read, but ${reason}` });
      else
        report({
          ...place,
          id: 'noRule',
          data: { subset, host, objects: cluster.objects.all.length },
          severity: 'warning',
          help: `add a DestinationRule for ${host} that defines it`,
        });
    } else {
      const related = rules.map(({ rule }) => ({
        object: rule,
        at: ['spec', 'subsets'],
        part: 'key' as const,
        message: 'the subsets of this host',
      }));
      if (meant === undefined) {
        const names = known
          .map(({ name }) => `"${name}"`)
          .sort()
          .slice(0, 5)
          .join(', ');
        report({
          ...place,
          id: 'undefined',
          data: { subset, host, known: names === '' ? 'none' : names },
          related,
          help: 'define it there, or name a subset that is defined',
        });
      } else {
        const fixes = [
          { title: `change it to ${meant.name}`, safety: 'safe' as const, replace: meant.name },
        ];
        report({
          ...place,
          id: 'near',
          data: { subset, host, near: meant.name },
          related,
          help: `change it to ${meant.name}`,
          fixes,
        });
      }
    }
  }
}
