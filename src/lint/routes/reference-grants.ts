/**
 * Who may refer to objects of another namespace (gateway-api apis/v1 `ReferenceGrant`; the older
 * name is ReferencePolicy).
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { Work } from '../../cluster/work.ts';
import { gatewayGroup } from '../../kubernetes/groups.ts';
import { asText, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { entryOf } from '../../multimap.ts';
import { getOwn } from '../../own.ts';
import { itemsAt } from './route-backends.ts';

/** A reference across namespaces. */
export interface Crossing {
  readonly from: { readonly group: string; readonly kind: string; readonly namespace: string };
  readonly to: {
    readonly group: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
}

/** A grant that lacks one thing only. */
export interface NearGrant {
  readonly grant: ClusterObject;
  /** The field that is in the way. */
  readonly at: Path;
  /**
   * `- from`: another namespace, kind or group may refer; `to`: to something else; `namespace`: the
   * grant is in another namespace.
   */
  readonly side: 'from' | 'to' | 'namespace';
  /** What the grant says instead, goes behind its name: `is for HTTPRoutes of namespace web`. */
  readonly says: string;
  /** A namespace that nobody wrote, or a placeholder, may make it fit. */
  readonly open: boolean;
}

type Verdict =
  | { readonly state: 'granted' }
  | { readonly state: 'denied'; readonly nearest: NearGrant | undefined };

/**
 * Grants by what two of their three sides say: that is what one that fits, or nearly so, has in
 * common with a reference.
 */
export class GrantIndex {
  readonly #work: Work;
  readonly #byTwo = new Map<string, Set<ClusterObject>>();
  readonly #order = new Map<ClusterObject, number>();

  constructor(cluster: Cluster) {
    this.#work = cluster.work;
    for (const grant of referenceGrants(cluster)) {
      this.#order.set(grant, this.#order.size);
      const from = itemsOf(grant, 'from').map(({ value }) => fromKey(value));
      const to = itemsOf(grant, 'to').map(({ value }) => toKey(value));
      const namespace = grant.namespace ?? '';
      for (const key of from) this.#add(`${namespace} from ${key}`, grant);
      for (const key of to) this.#add(`${namespace} to ${key}`, grant);
      cluster.work.spend(from.length * to.length);
      for (const one of from) for (const other of to) this.#add(`${one} ${other}`, grant);
    }
  }

  #add(key: string, grant: ClusterObject): void {
    entryOf(this.#byTwo, key, () => new Set<ClusterObject>()).add(grant);
  }

  /** Looks for a grant in the namespace of the target; the nearest one is told where none fits. */
  find({ from, to }: Crossing): Verdict {
    const one = keyOf(from.group, from.kind, from.namespace);
    const others = [keyOf(to.group, to.kind, to.name), keyOf(to.group, to.kind, '')];
    const keys = others.flatMap((other) => [
      `${to.namespace} from ${one}`,
      `${to.namespace} to ${other}`,
      `${one} ${other}`,
    ]);
    const grants = new Set(keys.flatMap((key) => [...(this.#byTwo.get(key) ?? [])]));
    this.#work.spend(grants.size);
    const place = (grant: ClusterObject): number => this.#order.get(grant) ?? 0;
    return findGrant(
      [...grants].sort((a, b) => place(a) - place(b)),
      { from, to },
      this.#work,
    );
  }
}

function itemsOf({ value }: ClusterObject, side: 'from' | 'to'): ReturnType<typeof itemsAt> {
  return itemsAt(value, ['spec', side]);
}

function keyOf(group: Json | undefined, kind: Json | undefined, last: Json | undefined): string {
  return [group, kind, last].map((part) => String(part ?? '')).join('/');
}

function fromKey(item: Json | undefined): string {
  return keyOf(fieldAt(item, 'group'), fieldAt(item, 'kind'), fieldAt(item, 'namespace'));
}

function toKey(item: Json | undefined): string {
  return keyOf(fieldAt(item, 'group'), fieldAt(item, 'kind'), fieldAt(item, 'name'));
}

function findGrant(grants: readonly ClusterObject[], { from, to }: Crossing, work: Work): Verdict {
  let nearest: NearGrant | undefined;
  for (const grant of grants) {
    work.spend(itemsOf(grant, 'from').length + itemsOf(grant, 'to').length);
    const missesFrom = differences(grant, 'from', {
      group: from.group,
      kind: from.kind,
      namespace: from.namespace,
    });
    const missesTo = differences(grant, 'to', { group: to.group, kind: to.kind, name: to.name });
    const inPlace = grant.namespace === to.namespace;
    if (inPlace && missesFrom === undefined && missesTo === undefined) return { state: 'granted' };
    // One thing is wrong: a slip. Two: a grant for something else.
    if ([!inPlace, missesFrom !== undefined, missesTo !== undefined].filter(Boolean).length !== 1)
      continue;
    const found = near(grant, missesFrom, missesTo);
    if (found !== undefined && (nearest === undefined || (nearest.open && !found.open)))
      nearest = found;
  }
  return { state: 'denied', nearest };
}

function referenceGrants({ objects }: Cluster): ClusterObject[] {
  return [
    ...objects.ofKind(gatewayGroup, 'ReferenceGrant'),
    ...objects.ofKind(gatewayGroup, 'ReferencePolicy'),
  ];
}

interface Miss {
  readonly path: Path;
  /** Fields that differ: none where the list is empty. */
  readonly fields: readonly { readonly field: string; readonly written: string }[];
  readonly value: Json | undefined;
}

/**
 * Undefined where an item of the list fits, else the one that differs least. A `name` that is
 * absent allows all of them.
 */
function differences(
  grant: ClusterObject,
  side: 'from' | 'to',
  wanted: Readonly<Record<string, string>>,
): Miss | undefined {
  let least: Miss | undefined;
  for (const { path, value } of itemsAt(grant.value, ['spec', side])) {
    const fields = Object.entries(wanted).flatMap(([field, expected]) => {
      const written = fieldAt(value, field);
      if (field === 'name' && written === undefined) return [];
      return written === expected || (expected === '' && written === undefined)
        ? []
        : [{ field, written: String(written ?? '') }];
    });
    if (fields.length === 0) return undefined;
    if (least === undefined || fields.length < least.fields.length) least = { path, fields, value };
  }
  return least ?? { path: ['spec', side], fields: [], value: undefined };
}

function near(
  grant: ClusterObject,
  from: Miss | undefined,
  to: Miss | undefined,
): NearGrant | undefined {
  const side = from === undefined ? (to === undefined ? 'namespace' : 'to') : 'from';
  if (side === 'namespace') {
    const at = grant.namespaceAssumed ? ['metadata', 'name'] : ['metadata', 'namespace'];
    return {
      grant,
      side,
      at,
      says: `grants it in namespace ${grant.namespace ?? ''} only`,
      open: grant.namespaceAssumed,
    };
  }
  const miss = (from ?? to)!;
  const [first] = miss.fields;
  if (first === undefined || miss.fields.length > 1) return undefined;
  const kind = asText(fieldAt(miss.value, 'kind')) ?? '';
  const group = asText(fieldAt(miss.value, 'group')) ?? '';
  const says: Record<string, string> = {
    namespace: `is for ${kind}s of namespace ${first.written}`,
    kind: `is for ${kind}s`,
    group: `is for ${kind}s of ${group === '' ? 'the core group' : `group ${group}`}`,
    name: `is for ${kind} "${first.written}"`,
  };
  return {
    grant,
    side,
    at: [...miss.path, first.field],
    says: getOwn(says, first.field) ?? '',
    open: isPlaceholder(first.written),
  };
}

/** `ReferenceGrant shop/allow-web is for HTTPRoutes of namespace web`. */
export function describeNearGrant({ grant, says }: NearGrant): string {
  return `${describeObject(grant)} ${says}`;
}
