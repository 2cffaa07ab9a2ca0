/** What a change does to endpoints: the Services of two sets of units, compared port by port. */
import type { Range, SourceFile } from '../manifest/source.ts';
import { addTo } from '../multimap.ts';

/** The endpoints of one workload, which are alike, or one address that somebody wrote. */
export interface EndpointSet {
  /** `Deployment/web`; absent for an address. */
  readonly workload?: string;
  /** `web×3`, or the address. */
  readonly text: string;
  /** Where connections end; absent for a headless Service without ports. */
  readonly port?: number;
  readonly ready: boolean;
}

export type EndpointAnswer = 'reached' | 'unknown' | 'none';

export interface PortEndpoints {
  /** Empty where the Service's only port has none. */
  readonly name: string;
  /** Of the Service; absent where it is headless and has no ports. */
  readonly port?: number;
  readonly protocol: string;
  readonly sets: readonly EndpointSet[];
  /** Whether there may be more: a placeholder decides. */
  readonly open: boolean;
  /** Who may connect, in the words of `describe`; absent where no NetworkPolicy has a say. */
  readonly admits?: string;
  readonly answer: EndpointAnswer;
  /** Why nobody takes a connection, or why it cannot be told: lower case, no full stop. */
  readonly reason?: string;
}

/** One Service in one unit. */
export interface ServiceEndpoints {
  readonly unit: string;
  readonly namespace: string;
  readonly name: string;
  readonly file: SourceFile;
  readonly range: Range;
  /** `external`: DNS answers with another name, there are no endpoints and no ports. */
  readonly answer: EndpointAnswer | 'external';
  readonly reason?: string;
  readonly ports: readonly PortEndpoints[];
  /** The address families that its endpoints are of. */
  readonly families: readonly string[];
}

/** One side of a comparison. */
export interface EndpointsSide {
  readonly services: readonly ServiceEndpoints[];
  /** The workloads of a unit, as `namespace/Deployment/web`, each with what it runs. */
  readonly workloads: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Services that the API server would not take, as `namespace/name`, and why. */
  readonly refused: ReadonlyMap<string, string>;
  /** All that were read. */
  readonly files: ReadonlySet<string>;
  /** Files that may hold more than was found in them, and why. */
  readonly unread: ReadonlyMap<string, string>;
  /** Parts of a unit that cannot be read offline. */
  readonly missing: ReadonlyMap<string, readonly string[]>;
}

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

function unique(services: readonly ServiceEndpoints[]): ServiceEndpoints[] {
  return [
    ...new Map(services.map((service) => [`${service.unit}\n${shape(service)}`, service])).values(),
  ];
}

interface Pair {
  readonly base?: ServiceEndpoints;
  readonly head?: ServiceEndpoints;
}

function byService(services: readonly ServiceEndpoints[]): Map<string, ServiceEndpoints[]> {
  const found = new Map<string, ServiceEndpoints[]>();
  for (const service of services) addTo(found, `${service.namespace}/${service.name}`, service);
  return new Map(
    [...found].map(([key, list]) => [
      key,
      unique(list).sort((a, b) => order(sortKey(a), sortKey(b))),
    ]),
  );
}

/**
 * Who is whom among the Services of one name: those of one unit and alike, of one unit, alike, in
 * one file; what is left over goes by the order of units. Each step looks the same from both sides.
 */
function paired(base: readonly ServiceEndpoints[], head: readonly ServiceEndpoints[]): Pair[] {
  const pairs: Pair[] = [];
  let [left, right] = [base, head];
  const keys: ((service: ServiceEndpoints) => string)[] = [
    (service) => `${service.unit}\n${shape(service)}`,
    ({ unit }) => unit,
    shape,
    ({ file }) => file.path,
    () => '',
  ];
  for (const keyOf of keys) {
    if (left.length === 0 || right.length === 0) break;
    const waiting = new Map<string, ServiceEndpoints[]>();
    for (const service of right) addTo(waiting, keyOf(service), service);
    const matched = new Set<ServiceEndpoints>();
    for (const service of left) {
      const other = waiting.get(keyOf(service))?.shift();
      if (other === undefined) continue;
      pairs.push({ base: service, head: other });
      matched.add(service).add(other);
    }
    left = left.filter((service) => !matched.has(service));
    right = right.filter((service) => !matched.has(service));
  }
  // A directory of alternatives is several units of one name: another arrangement of what is on the
  // other side is not a new Service.
  const inUnit = (
    services: readonly ServiceEndpoints[],
    { unit }: ServiceEndpoints,
  ): ServiceEndpoints | undefined => services.find((service) => service.unit === unit);
  for (const service of left) pairs.push(pairOf(service, inUnit(head, service)));
  for (const service of right) pairs.push(pairOf(inUnit(base, service), service));
  return pairs;
}

function pairOf(base: ServiceEndpoints | undefined, head: ServiceEndpoints | undefined): Pair {
  return { ...(base !== undefined && { base }), ...(head !== undefined && { head }) };
}

/** All that a client can tell apart. */
function shape({ answer, reason, ports, families }: ServiceEndpoints): string {
  return JSON.stringify([
    answer,
    answer === 'external' ? reason : '',
    families,
    ports.map(portShape),
  ]);
}

function portShape({
  name,
  port,
  protocol,
  sets,
  open,
  answer,
  admits,
}: PortEndpoints): readonly unknown[] {
  return [name, port, protocol, sets, open, answer, admits];
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

function sortKey(service: ServiceEndpoints): string {
  return `${service.unit}\n${service.file.path}\n${shape(service)}`;
}

function byKind(a: EndpointChange, b: EndpointChange): number {
  const rank = ({ kind }: EndpointChange): number => endpointChangeKinds.indexOf(kind);
  const place = ({ namespace, name, units: [first] }: EndpointChange): string =>
    `${namespace}/${name}\n${first?.head ?? first?.base ?? ''}`;
  return rank(a) - rank(b) || order(place(a), place(b));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
