/**
 * Units that state the same namespace, or one the namespace of the other, and lie near each other:
 * the directories of one application or of one cluster, that nothing else joins when the reference
 * between them is the very thing that is broken. Environments, clusters, versions and examples stay
 * apart, and so does whatever holds one object twice.
 */
import { groupOf } from '../kubernetes/group-version.ts';
import { isNamespaced } from '../kubernetes/kinds.ts';
import { isCustom } from '../kubernetes/references.ts';
import { addTo, entryOf, lazily } from '../multimap.ts';
import { claimsOf, type Member, merged } from './merged.ts';
import { directoryOf } from './paths.ts';
import { stagedAs } from './stages.ts';
import { isWhole, type Unit } from './unit.ts';

/** Further up than this, directories of one namespace are as likely strangers as relatives. */
const levelsUp = 2;

interface Neighbour {
  readonly unit: Unit;
  /** The namespaces that its objects are in. */
  readonly namespaces: ReadonlySet<string>;
  /** All others that its files speak of. */
  readonly named: () => ReadonlySet<string>;
  /** What only one of several that are joined may have. */
  readonly claims: () => readonly string[];
}

/**
 * Each unit is part of one at most: what is joined is all of it.
 * @param delivered units for one cluster each, which are not joined with one another
 */
export function joinNeighbours(units: readonly Unit[], delivered: ReadonlySet<Unit>): Unit[] {
  const joined = new Map<Unit, readonly Neighbour[]>();
  for (const nearby of neighbourhoods(units, delivered))
    for (const members of communities(nearby.filter(({ unit }) => !joined.has(unit))))
      for (const { unit } of members) joined.set(unit, members);
  return units.flatMap((unit) => {
    const members = joined.get(unit);
    if (members === undefined) return [unit];
    const [first, ...others] = members;
    return first?.unit === unit ? [merged([memberOf(first), ...others.map(memberOf)], false)] : [];
  });
}

function memberOf({ unit, namespaces }: Neighbour): Member {
  return { unit, because: `${unit.name} is for the namespace ${[...namespaces].join(', ')} too` };
}

/** All that lie below one directory and are for one stage, from the top. */
function neighbourhoods(units: readonly Unit[], delivered: ReadonlySet<Unit>): Neighbour[][] {
  const nearby = new Map<string, { readonly depth: number; readonly all: Neighbour[] }>();
  for (const unit of units) {
    const neighbour = neighbourOf(unit, delivered.has(unit));
    if (neighbour === undefined) continue;
    const { place, stage } = stagedAs(unit.name);
    let directory = place;
    for (let level = 0; level <= levelsUp; level += 1) {
      const depth = directory === '.' ? 0 : directory.split('/').length;
      entryOf(nearby, `${directory}\n${stage}`, () => ({ depth, all: [] })).all.push(neighbour);
      if (directory === '.' || directory === '/') break;
      directory = directoryOf(directory);
    }
  }
  return [...nearby.values()]
    .filter(({ all }) => all.length > 1)
    .sort((a, b) => a.depth - b.depth)
    .map(({ all }) => all);
}

/** Undefined for what is not known in full, and for what is not in namespaces of its own. */
function neighbourOf(unit: Unit, isCluster: boolean): Neighbour | undefined {
  if (!isWhole(unit)) return undefined;
  const namespaces = new Set<string>();
  for (const { apiVersion, kind, namespace } of unit.objects) {
    if (namespace !== undefined) namespaces.add(namespace);
    // Of custom kinds it is not known which ones are of a namespace.
    else if (isNamespaced(kind) && !isCustom(groupOf(apiVersion))) return undefined;
  }
  for (const common of shared) namespaces.delete(common);
  if (namespaces.size === 0) return undefined;
  return {
    unit,
    namespaces,
    named: lazily(() => namedIn(unit)),
    claims: lazily(() => [...claimsOf(unit), ...(isCluster ? ['cluster'] : [])]),
  };
}

/** What everybody puts something into says nothing about who belongs to whom. */
const shared: ReadonlySet<string> = new Set([
  ...['default', 'kube-system', 'kube-public'],
  // What kubebuilder writes, for a kustomization to replace.
  'system',
]);

function namedIn({ documents }: Unit): ReadonlySet<string> {
  const named = new Set<string>();
  for (const file of new Set(documents.map((document) => document.file)))
    for (const [, written, inHost] of file.text.matchAll(
      /\bnamespace: ["']?([a-z0-9-]{1,63})|\.([a-z0-9-]{1,63})\.svc\b/g,
    ))
      named.add(written ?? inHost ?? '');
  return named;
}

/** Those that share namespaces, also by way of others; the larger ones where they are possible. */
function communities(nearby: readonly Neighbour[]): Neighbour[][] {
  if (nearby.length < 2) return [];
  const wide = connected(nearby, true);
  const fit = wide.filter(areDistinct);
  if (fit.length === wide.length) return fit;
  const placed = new Set(fit.flat());
  const left = nearby.filter((one) => !placed.has(one));
  return [...fit, ...connected(left, false).filter(areDistinct)];
}

/** @param byName also those of which one names the namespace of the other */
function connected(nearby: readonly Neighbour[], byName: boolean): Neighbour[][] {
  const byNamespace = new Map<string, Neighbour[]>();
  for (const one of nearby)
    for (const namespace of one.namespaces) addTo(byNamespace, namespace, one);
  const namers = new Map<string, Neighbour[]>();
  if (byName && byNamespace.size > 1)
    for (const one of nearby)
      for (const namespace of one.named())
        if (byNamespace.has(namespace)) addTo(namers, namespace, one);
  const seen = new Set<Neighbour>();
  const walked = new Set<string>();
  return nearby.flatMap((start) => {
    if (seen.has(start)) return [];
    const members = new Set([start]);
    for (const member of members) {
      const names = byName && byNamespace.size > 1 ? member.named() : [];
      for (const namespace of [...member.namespaces, ...names]) {
        if (walked.has(namespace)) continue;
        walked.add(namespace);
        for (const other of byNamespace.get(namespace) ?? []) members.add(other);
        for (const other of namers.get(namespace) ?? []) members.add(other);
      }
    }
    for (const member of members) seen.add(member);
    return members.size > 1 ? [[...members]] : [];
  });
}

function areDistinct(members: readonly Neighbour[]): boolean {
  const claimed = new Map<string, Neighbour>();
  return members.every((member) =>
    member.claims().every((key) => entryOf(claimed, key, () => member) === member),
  );
}
