/** What a change does to endpoints: the Services of two sets of units, compared port by port. */
import {
  type EndpointAnswer,
  type EndpointsSide,
  type PortEndpoints,
  type ServiceEndpoints,
} from './endpoints-side.ts';
import { byService, order, type Pair, paired, pairOf, portShape, shape } from './service-pairs.ts';

/**
 * - `emptied`, `filled`: the last ready endpoint goes, or the first comes
 * - `unknown`, `known`: it can no longer be told, or can be told now
 * - `changed`: other pods, another number of them, another target port, other readiness
 * - `removed`, `added`: the port itself
 */
export type PortChangeKind =
  'emptied' | 'unknown' | 'filled' | 'known' | 'changed' | 'removed' | 'added';

export interface PortChange {
  readonly kind: PortChangeKind;
  readonly base?: PortEndpoints;
  readonly head?: PortEndpoints;
}

/**
 * `emptied` and `filled`: as a whole, or one of its ports. The gravest thing that happens to a
 * Service gives the name.
 */
export const endpointChangeKinds = [
  'emptied',
  'unknown',
  'deleted',
  'changed',
  'filled',
  'known',
  'created',
] as const;
export type EndpointChangeKind = (typeof endpointChangeKinds)[number];

export interface EndpointChange {
  readonly kind: EndpointChangeKind;
  readonly namespace: string;
  readonly name: string;
  /**
   * Where it happens in the same way: unit names of both sides, absent where the Service is not
   * there.
   */
  readonly units: readonly { readonly base?: string; readonly head?: string }[];
  /** As in the first of `units`. */
  readonly base?: ServiceEndpoints;
  readonly head?: ServiceEndpoints;
  readonly ports: readonly PortChange[];
  /** Workloads behind it that no longer exist: `Deployment/web`. */
  readonly gone: readonly string[];
  /** Those of them that are there under another name, running the same. */
  readonly renamed: readonly Renaming[];
  /** Why endpoints are missing, or why nothing can be told. */
  readonly reason?: string;
}

/** `Deployment/web` is now `Deployment/storefront`. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/**
 * Sorted by kind, namespace and name. Services whose endpoints stay what they are, wherever they
 * are written, are left out.
 */
export function endpointChanges(base: EndpointsSide, head: EndpointsSide): EndpointChange[] {
  const before = byService(base.services);
  const after = byService(head.services);
  const changes = new Map<string, EndpointChange>();
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    for (const pair of paired(before.get(key) ?? [], after.get(key) ?? [])) {
      const change = compare(pair, base, head);
      if (change === undefined) continue;
      const same = JSON.stringify([key, change.kind, change.ports, change.gone, change.reason]);
      const known = changes.get(same);
      changes.set(
        same,
        known === undefined
          ? change
          : { ...known, units: merged([...known.units, ...change.units]) },
      );
    }
  }
  return [...changes.values()].sort(byKind);
}

function compare(
  { base, head }: Pair,
  baseSide: EndpointsSide,
  headSide: EndpointsSide,
): EndpointChange | undefined {
  const either = base ?? head;
  if (
    either === undefined ||
    (base !== undefined && head !== undefined && shape(base) === shape(head))
  )
    return undefined;
  const ports = portChanges(base?.ports ?? [], head?.ports ?? []);
  const refused =
    head === undefined ? headSide.refused.get(`${either.namespace}/${either.name}`) : undefined;
  const unread =
    head === undefined
      ? unreadReason(either, headSide, baseSide)
      : base === undefined
        ? unreadReason(either, baseSide, headSide)
        : undefined;
  const kind =
    base === undefined
      ? unread === undefined
        ? 'created'
        : 'known'
      : lostLastKnown(base, head, baseSide, headSide)
        ? 'emptied'
        : kindOf(base, head, ports, unread !== undefined);
  const reason = head === undefined ? (refused ?? unread) : reasonOf(head, ports);
  const left = headSide.workloads.get(head?.unit ?? base?.unit ?? '');
  const gone = base === undefined ? [] : goneWorkloads(base, left);
  const known = baseSide.workloads.get(base?.unit ?? '');
  return {
    kind,
    namespace: either.namespace,
    name: either.name,
    units: [
      {
        ...(base !== undefined && { base: base.unit }),
        ...(head !== undefined && { head: head.unit }),
      },
    ],
    ...pairOf(base, head),
    ports,
    gone,
    renamed: gone.flatMap((workload) => renamed(workload, either.namespace, known, left)),
    ...(reason !== undefined && { reason }),
  };
}

/**
 * Whether every workload that answered in BASE is gone from all of HEAD, and nobody can say who
 * answers now. Nothing may be unread that was read before, and no placeholder may decide.
 */
function lostLastKnown(
  base: ServiceEndpoints,
  head: ServiceEndpoints | undefined,
  baseSide: EndpointsSide,
  headSide: EndpointsSide,
): boolean {
  if (base.answer !== 'reached' || head?.answer !== 'unknown') return false;
  if (head.ports.some(({ open, sets }) => open || sets.length > 0)) return false;
  const missing = new Set(baseSide.missing.get(base.unit));
  if (
    (headSide.missing.get(head.unit) ?? []).some((part) => !missing.has(part)) ||
    [...headSide.unread.keys()].some((path) => !baseSide.unread.has(path))
  )
    return false;
  const left = [...headSide.workloads.values()];
  const workloads = base.ports.flatMap(({ sets }) => sets.map(({ workload }) => workload));
  return (
    workloads.length > 0 &&
    workloads.every(
      (workload) =>
        workload !== undefined && !left.some((unit) => unit.has(`${base.namespace}/${workload}`)),
    )
  );
}

function kindOf(
  base: ServiceEndpoints,
  head: ServiceEndpoints | undefined,
  ports: readonly PortChange[],
  unread: boolean,
): EndpointChangeKind {
  if (head === undefined) return unread ? 'unknown' : 'deleted';
  const some = (kind: PortChangeKind): boolean => ports.some((port) => port.kind === kind);
  if (some('emptied') || (base.answer === 'reached' && head.answer === 'none')) return 'emptied';
  if (some('unknown') || (base.answer !== 'unknown' && head.answer === 'unknown')) return 'unknown';
  if (some('filled') || (base.answer === 'none' && head.answer === 'reached')) return 'filled';
  if (some('known') || (base.answer === 'unknown' && head.answer !== 'unknown')) return 'known';
  return 'changed';
}

/** Ports go by name, as in slices. */
function portChanges(base: readonly PortEndpoints[], head: readonly PortEndpoints[]): PortChange[] {
  const after = new Map(head.map((port) => [port.name, port]));
  const before = new Set(base.map(({ name }) => name));
  const stayed = base.flatMap((port): PortChange[] => {
    const other = after.get(port.name);
    if (other === undefined) return [{ kind: 'removed', base: port }];
    if (JSON.stringify(portShape(port)) === JSON.stringify(portShape(other))) return [];
    return [{ kind: transition(port.answer, other.answer), base: port, head: other }];
  });
  const added = head
    .filter(({ name }) => !before.has(name))
    .map((port): PortChange => ({ kind: 'added', head: port }));
  return [...stayed, ...added];
}

function transition(before: EndpointAnswer, after: EndpointAnswer): PortChangeKind {
  if (before === after) return 'changed';
  if (after === 'unknown') return 'unknown';
  if (before === 'unknown') return 'known';
  return after === 'none' ? 'emptied' : 'filled';
}

/**
 * Why a Service may be on a side although it was not found there; undefined where it is not for
 * certain.
 */
function unreadReason(
  { file, unit, namespace, name }: ServiceEndpoints,
  side: EndpointsSide,
  other: EndpointsSide,
): string | undefined {
  if (side.refused.has(`${namespace}/${name}`)) return undefined;
  const whyUnseen = side.missing
    .get(unit)
    ?.find((part) => other.missing.get(unit)?.includes(part) !== true);
  if (whyUnseen === undefined || side.files.has(file.path)) return side.unread.get(file.path);
  return `${unit} also takes ${whyUnseen}, which was not read`;
}

/** Of the whole, or of the first port that has nobody any more. */
function reasonOf(
  head: ServiceEndpoints | undefined,
  ports: readonly PortChange[],
): string | undefined {
  return head?.reason ?? ports.find((port) => port.head?.reason !== undefined)?.head?.reason;
}

function goneWorkloads(
  { namespace, ports }: ServiceEndpoints,
  left: ReadonlyMap<string, string> = new Map(),
): string[] {
  const workloads = ports.flatMap(({ sets }) => sets.flatMap(({ workload }) => workload ?? []));
  return [...new Set(workloads)].filter((workload) => !left.has(`${namespace}/${workload}`)).sort();
}

/** The one new workload of its kind and namespace that runs the same. */
function renamed(
  workload: string,
  namespace: string,
  before: ReadonlyMap<string, string> = new Map(),
  after: ReadonlyMap<string, string> = new Map(),
): Renaming[] {
  const runs = before.get(`${namespace}/${workload}`);
  const start = `${namespace}/${workload.slice(0, workload.indexOf('/') + 1)}`;
  const others = [...after].filter(
    ([key, what]) => what === runs && key.startsWith(start) && !before.has(key),
  );
  const [other] = others;
  return runs === undefined || other === undefined || others.length > 1
    ? []
    : [{ from: workload, to: other[0].slice(namespace.length + 1) }];
}

function merged(units: EndpointChange['units']): EndpointChange['units'] {
  return [...new Map(units.map((unit) => [JSON.stringify(unit), unit])).values()];
}

function byKind(a: EndpointChange, b: EndpointChange): number {
  const rank = ({ kind }: EndpointChange): number => endpointChangeKinds.indexOf(kind);
  const place = ({ namespace, name, units: [first] }: EndpointChange): string =>
    `${namespace}/${name}\n${first?.head ?? first?.base ?? ''}`;
  return rank(a) - rank(b) || order(place(a), place(b));
}
