/**
 * Units that Flux or Argo CD bring into one cluster: what an object of theirs says of paths joins
 * them, however far from each other they lie.
 */
import { deliveriesOf, type Delivery, isDeliverer } from '../kubernetes/deliveries.ts';
import { isNamespaced } from '../kubernetes/kinds.ts';
import { countBefore } from '../lists.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { lazily, remembered } from '../memo.ts';
import { addTo, entryOf } from '../multimap.ts';
import { globMatcher, isPattern } from '../text/glob.ts';
import { mostJoinedObjects } from '../text/limits.ts';
import { inNamespace } from './in-namespace.ts';
import { claims, claimsOf, type Member, merged } from './merged.ts';
import { directoryOf, fixedPart, joinPath } from './paths.ts';
import { isWhole, type Unit } from './unit.ts';

/** What goes to one cluster, with the deliveries that say so. */
type Members = Map<Unit, Delivered[]>;

interface DeliveredUnits {
  readonly units: readonly Unit[];
  /** Those of them that are for one cluster each. */
  readonly delivered: ReadonlySet<Unit>;
}

/**
 * A unit that goes to several clusters is part of each. Units that are not known in full, and those
 * that hold what is there already, stay as they are.
 */
export function joinDelivered(units: readonly Unit[]): DeliveredUnits {
  const deliverers = units.filter(({ objects }) => objects.some(isDeliverer));
  if (deliverers.length === 0) return { units, delivered: new Set() };
  const tree = new Tree(units);
  const clusters = deliveredBy(deliverers, tree);
  const taken = new Set<Unit>();
  const joined: Unit[] = [];
  let left = mostJoinedObjects + 4 * units.reduce((sum, { objects }) => sum + objects.length, 0);
  for (const members of clusters) {
    const [first, ...others] = distinct(members);
    if (first === undefined || left < 0) continue;
    if (others.length === 0 && members.get(first.unit)?.length === 0) continue;
    for (const unit of members.keys()) left -= unit.objects.length;
    for (const { unit } of [first, ...others]) taken.add(unit);
    const placed = (one: Member): Member => ({
      ...one,
      unit: placedUnit(one.unit, members.get(one.unit) ?? []),
    });
    const unit =
      others.length === 0
        ? placed(first).unit
        : merged([placed(first), ...others.map(placed)], true);
    joined.push({
      ...unit,
      deliverers: tree.spent(unit, new Set([first, ...others].map((one) => one.unit))),
    });
  }
  return {
    units: [...joined, ...units.filter((unit) => !taken.has(unit))],
    delivered: new Set(joined),
  };
}

/** For each that nobody else delivers what it brings into each cluster, itself included. */
function deliveredBy(deliverers: readonly Unit[], tree: Tree): Members[] {
  const isDelivered = new Set<Unit>();
  for (const unit of deliverers)
    for (const { unit: other } of tree.deliveredBy(unit))
      if (other !== unit) isDelivered.add(other);
  const seen = new Set<Unit>();
  const roots = deliverers.filter((unit) => !isDelivered.has(unit));
  return [...roots, ...deliverers].flatMap((root, index) => {
    if (index >= roots.length && seen.has(root)) return [];
    const clusters = new Map<string, Members>([['', new Map([[root, []]])]]);
    const walked = new Set([root]);
    for (const member of walked) {
      seen.add(member);
      for (const one of tree.deliveredBy(member)) {
        const members = entryOf(clusters, one.delivery.cluster, (): Members => new Map());
        entryOf(members, one.unit, () => []).push(one);
        walked.add(one.unit);
      }
    }
    return [...clusters.values()];
  });
}

interface Delivered {
  /** May hold other directories, too. */
  readonly unit: Unit;
  readonly directory: string;
  readonly delivery: Delivery;
}

/** Units by the directories that hold them. */
class Tree {
  readonly #kustomized = new Map<string, Unit[]>();
  readonly #plain = new Map<string, Unit[]>();
  readonly #delivered = new Map<Unit, readonly Delivered[]>();
  readonly #directories = lazily(() =>
    [...new Set([...this.#kustomized.keys(), ...this.#plain.keys()])].sort(),
  );

  constructor(units: readonly Unit[]) {
    for (const unit of units) {
      if (unit.origin === 'kustomization') addTo(this.#kustomized, unit.name, unit);
      if (unit.origin !== 'directory') continue;
      for (const directory of new Set(unit.documents.map(({ file }) => directoryOf(file.path))))
        addTo(this.#plain, directory, unit);
    }
  }

  deliveredBy(unit: Unit): readonly Delivered[] {
    return entryOf(this.#delivered, unit, () =>
      unit.objects.flatMap((object) => this.#broughtBy(object)),
    );
  }

  /** Objects of a unit that bring in nothing but some units. */
  spent({ objects }: Unit, units: ReadonlySet<Unit>): ReadonlySet<ManifestObject> {
    return new Set(
      objects.filter((object) => {
        const brought = this.#broughtBy(object);
        return brought.length > 0 && brought.every(({ unit }) => units.has(unit));
      }),
    );
  }

  #broughtBy(object: ManifestObject): readonly Delivered[] {
    if (!isDeliverer(object)) return [];
    const from = directoryOf(object.document.file.path);
    return deliveriesOf(object, (pattern) => this.#matching(pattern, from)).flatMap((delivery) =>
      this.#at(delivery, from).map((one) => ({ ...one, delivery })),
    );
  }

  #at({ path, recursive }: Delivery, from: string): Omit<Delivered, 'delivery'>[] {
    const root = this.#rootOf(path, from);
    if (root === undefined) return [];
    const start = joinPath(root, path);
    const found: Omit<Delivered, 'delivery'>[] = [];
    let skipped: string | undefined;
    for (const directory of this.#below(start)) {
      if (skipped !== undefined && directory.startsWith(skipped)) continue;
      const kustomized = this.#kustomized.get(directory);
      if (kustomized !== undefined) skipped = `${directory}/`;
      if (!recursive && directory !== start) break;
      for (const unit of kustomized ?? this.#plain.get(directory) ?? [])
        found.push({ unit, directory });
    }
    return found;
  }

  /** The directory that a path of a repository is meant from: the nearest one that has it. */
  #rootOf(path: string, from: string): string | undefined {
    for (let root = from; ; root = directoryOf(root)) {
      const [first] = this.#below(joinPath(root, path), 1);
      if (first !== undefined) return root;
      if (root === '.' || root === '/') return undefined;
    }
  }

  #matching(pattern: string, from: string): string[] {
    if (!isPattern(pattern)) return pattern === '' ? [] : [pattern];
    const fixed = fixedPart(pattern);
    const root = fixed === '' ? from : this.#rootOf(fixed, from);
    if (root === undefined) return [];
    const prefix = root === '.' ? '' : `${root}/`;
    const matches = globMatcher(pattern);
    const found = new Set<string>();
    for (const directory of this.#below(joinPath(root, fixed)))
      for (let one = directory.slice(prefix.length); one !== '.'; one = directoryOf(one))
        if (matches(one)) found.add(one);
    return [...found];
  }

  /** A directory that holds units, and all such below it. */
  #below(directory: string, most = Infinity): string[] {
    const all = this.#directories();
    if (directory === '.') return all.slice(0, most);
    const found: string[] = [];
    for (let at = firstFrom(all, directory); at < all.length && found.length < most; at += 1) {
      const one = all[at] ?? '';
      if (!one.startsWith(directory)) break;
      if (one === directory || one[directory.length] === '/') found.push(one);
    }
    return found;
  }
}

/** Where in a sorted list the first is that is not before a text. */
function firstFrom(sorted: readonly string[], text: string): number {
  return countBefore(sorted.length, (index) => (sorted[index] ?? '') < text);
}

/** Those that hold nothing twice, in order. */
function distinct(members: Members): Member[] {
  const areFree = claims();
  return [...members].flatMap(([unit, deliveries]) =>
    isWhole(unit) && areFree(claimsOf(placedUnit(unit, deliveries)))
      ? [
          {
            unit,
            because: `${deliveries[0]?.directory ?? unit.name} is brought into the same cluster`,
          },
        ]
      : [],
  );
}

function placedUnit(unit: Unit, deliveries: readonly Delivered[]): Unit {
  const targets = deliveries.filter(({ delivery }) => delivery.namespace !== undefined);
  if (targets.length === 0) return unit;
  const byDirectory = new Map(targets.map(({ directory, delivery }) => [directory, delivery]));
  const moved = new Map(
    unit.objects.map((object) => {
      const isBuilt = unit.origin === 'kustomization';
      const directory = isBuilt ? unit.name : directoryOf(object.document.file.path);
      return [object, inTarget(object, byDirectory.get(directory))];
    }),
  );
  return {
    ...unit,
    objects: [...moved.values()],
    unsettled: new Map(
      [...unit.unsettled].map(([object, why]) => [moved.get(object) ?? object, why]),
    ),
  };
}

/** Kinds of others that are in no namespace are called so, more often than not. */
const clusterWide = /^(?:Cluster[A-Z]|GlobalNetwork)/;

/** What two units have in common stays one. */
const placements = remembered((_: ManifestObject) => new Map<string, ManifestObject>());

function inTarget(object: ManifestObject, delivery: Delivery | undefined): ManifestObject {
  const { namespace, overrides } = delivery ?? {};
  if (namespace === undefined || !isNamespaced(object.kind) || clusterWide.test(object.kind))
    return object;
  return entryOf(placements(object), `${namespace} ${overrides ?? false}`, () =>
    inNamespace(object, namespace, overrides),
  );
}
