import type { Cluster } from '../../src/cluster/cluster.ts';
import {
  type Destination,
  destinations,
  IstioHosts,
  istioObjects,
  type KnownSubsets,
  Subsets,
} from '../../src/lint/references/istio.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { mostRelated } from '../../src/text/limits.ts';
import { nearestIn } from '../../src/text/name-index.ts';
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
    const hosts = new IstioHosts(context.cluster);
    for (const object of istioObjects(context.cluster, 'VirtualService')) {
      for (const destination of destinations(object)) {
        const missing = findMissing(destination, subsets, hosts, context);
        if (missing !== undefined) say(missing, context);
      }
    }
  },
});

interface MissingSubset extends Destination {
  readonly subset: string;
  /** Why it may be defined all the same. */
  readonly reason: string | undefined;
  /** What the DestinationRules for its host define. */
  readonly known: KnownSubsets;
}

function findMissing(
  destination: Destination,
  subsets: Subsets,
  hosts: IstioHosts,
  { cluster, unseen }: Context,
): MissingSubset | undefined {
  const { object, host, subset } = destination;
  if (subset === undefined || isPlaceholder(subset)) return undefined;
  const known = subsets.forHost(host, namespaceOf(object, cluster));
  if (known.has(subset) || known.open) return undefined;
  const whyUnseen = unseen.whyDocumentUnseen('DestinationRule');
  // Where there are DestinationRules for other hosts, one for a Service that was read is missed.
  const isExpected = !subsets.isEmpty && isRead(destination, hosts, cluster);
  const reason =
    whyUnseen ??
    (known.rules.length > 0 || isExpected
      ? undefined
      : 'no DestinationRule for this host was read together with it');
  return { ...destination, subset, reason, known };
}

/** Whether the host is a Service that was read. */
function isRead({ object, host }: Destination, hosts: IstioHosts, cluster: Cluster): boolean {
  const service = hosts.resolve(host, object);
  return (
    service !== undefined &&
    cluster.objects.find('Service', service.namespace, service.name) !== undefined
  );
}

function say(
  { object, path, host, subset, reason, known }: MissingSubset,
  { cluster, report, unknown }: Context,
): void {
  const place = { object, at: [...path, 'subset'] };
  if (reason !== undefined)
    return unknown({
      ...place,
      reason: `the subset is not defined in what was read, but ${reason}`,
    });
  if (known.rules.length === 0)
    return report({
      ...place,
      id: 'noRule',
      data: { subset, host, objects: cluster.objects.all.length },
      severity: 'warning',
      help: `add a DestinationRule for ${host} that defines it`,
    });
  const related = known.rules.slice(0, mostRelated).map((rule) => ({
    object: rule,
    at: ['spec', 'subsets'],
    part: 'key' as const,
    message: 'the subsets of this host',
  }));
  const near = nearestIn(subset, known.names);
  if (near !== undefined && isSlip(subset, near))
    return report({
      ...place,
      id: 'near',
      data: { subset, host, near },
      related,
      help: `change it to ${near}`,
      fixes: [{ title: `change it to ${near}`, safety: 'safe', replace: near }],
    });
  const names = known
    .sorted()
    .slice(0, 5)
    .map((name) => `"${name}"`);
  report({
    ...place,
    id: 'undefined',
    data: { subset, host, known: names.join(', ') || 'none' },
    related,
    help: 'define it there, or name a subset that is defined',
  });
}
