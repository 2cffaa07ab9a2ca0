/**
 * Units that state the same namespace, or one the namespace of the other, and lie near each other:
 * the directories of one application or of one cluster, that nothing else joins when the reference
 * between them is the very thing that is broken. Environments, clusters, versions and examples stay
 * apart, and so does whatever holds one object twice.
 */
import { groupOf } from '../kubernetes/group-version.ts';
import { isNamespaced } from '../kubernetes/kinds.ts';
import { isCustom } from '../kubernetes/references.ts';
import { pushAll } from '../lists.ts';
import { lazily } from '../memo.ts';
import { addTo, entryOf, groupBy } from '../multimap.ts';
import { mostJoinedObjects } from '../text/limits.ts';
import { scaffoldNamespace } from './in-namespace.ts';
import { claims, claimsOf, type Member, merged } from './merged.ts';
import { withParents } from './paths.ts';
import { stagedAs } from './stages.ts';
import { isWhole, type Unit } from './unit.ts';

/** Further up than this, directories of one namespace are as likely strangers as relatives. */
const levelsUp = 2;

interface Neighbour {
  readonly unit: Unit;
  /** The environment or cluster that it is for; empty for what is for all of them. */
  readonly stage: string;
  /** The namespaces that its objects are in. */
  readonly namespaces: ReadonlySet<string>;
  /** All others that its files speak of. */
  readonly named: () => ReadonlySet<string>;
  /** What only one of several that are joined may have. */
  readonly claims: () => ReturnType<typeof claimsOf>;
}

/**
 * What is for no environment is part of each one that is near.
 * @param delivered units for one cluster each, which are not joined with one another
 */
export function joinNeighbours(
  units: readonly Unit[],
  delivered: ReadonlySet<Unit>,
): readonly Unit[] {
  const joined = new Set<Unit>();
  const larger: Unit[] = [];
  const byStage = groupBy(neighbourhoods(units, delivered), ({ stage }) => stage);
  // Last, what is for no environment: alone it lacks what each of them brings.
  const stages = [...byStage.keys()].sort().reverse();
  for (const neighbourhoodsOfStage of stages.map((stage) => byStage.get(stage) ?? [])) {
    const placed = neighbourhoodsOfStage[0]?.stage === '' ? new Set(joined) : new Set<Unit>();
    for (const { all, stage } of neighbourhoodsOfStage)
      for (const [first, ...others] of communities(all.filter(({ unit }) => !placed.has(unit)))) {
        if (first === undefined || [first, ...others].every((one) => one.stage !== stage)) continue;
        for (const { unit } of [first, ...others]) placed.add(unit);
        larger.push(merged([memberOf(first), ...others.map(memberOf)], false));
      }
    for (const unit of placed) joined.add(unit);
  }
  return joined.size === 0 ? units : [...larger, ...units.filter((unit) => !joined.has(unit))];
}

function memberOf({ unit, namespaces }: Neighbour): Member {
  return { unit, because: `${unit.name} is for the namespace ${[...namespaces].join(', ')} too` };
}

interface Neighbourhood {
  readonly directory: string;
  readonly stage: string;
  readonly all: Neighbour[];
}

/** All that lie below one directory and are for one stage or for all, from the top. */
function neighbourhoods(
  units: readonly Unit[],
  delivered: ReadonlySet<Unit>,
): readonly Neighbourhood[] {
  const nearby = new Map<string, Neighbourhood>();
  for (const unit of units) {
    const { place, stage } = stagedAs(unit.name);
    const neighbour = neighbourOf(unit, stage, delivered.has(unit));
    if (neighbour === undefined) continue;
    for (const directory of withParents(place, levelsUp)) {
      const at = { directory, stage, all: [] };
      entryOf(nearby, `${directory}\n${stage}`, () => at).all.push(neighbour);
    }
  }
  let left = mostJoinedObjects;
  for (const { directory, stage, all } of nearby.values()) {
    const common = stage === '' ? [] : (nearby.get(`${directory}\n`)?.all ?? []);
    left -= common.reduce((sum, { unit }) => sum + unit.objects.length, 0);
    if (left < 0) break;
    pushAll(all, common);
  }
  return [...nearby.values()]
    .filter(({ all }) => all.length > 1)
    .sort((a, b) => depthOf(a.directory) - depthOf(b.directory));
}

function depthOf(directory: string): number {
  return directory === '.' ? 0 : directory.split('/').length;
}

/** Undefined for what is not known in full, and for what is not in namespaces of its own. */
function neighbourOf(unit: Unit, stage: string, isCluster: boolean): Neighbour | undefined {
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
    stage,
    namespaces,
    named: lazily(() => namedIn(unit)),
    claims: lazily(() => (isCluster ? [...claimsOf(unit), ['cluster', unit]] : claimsOf(unit))),
  };
}

/** What everybody puts something into says nothing about who belongs to whom. */
const shared: ReadonlySet<string> = new Set([
  ...['default', 'kube-system', 'kube-public'],
  scaffoldNamespace,
]);

function namedIn({ documents }: Unit): ReadonlySet<string> {
  const named = new Set<string>();
  for (const file of new Set(documents.map((document) => document.file)))
    for (const [, written, inHost, beforeName] of file.text.matchAll(
      /\bnamespace: ["']?([a-z0-9-]{1,63})|\.([a-z0-9-]{1,63})\.svc\b|[\s"'[]([a-z0-9-]{1,63})\//g,
    ))
      named.add(written ?? inHost ?? beforeName ?? '');
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
  const areFree = claims();
  return members.every((member) => areFree(member.claims()));
}
