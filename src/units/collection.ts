/**
 * Directories of many examples: what of their common files has to do with one of them. Each with
 * all that is common would be judged as often as there are examples.
 */
import type { Manifest } from '../manifest/manifest.ts';
import { groupByEach } from '../multimap.ts';
import { mostJoinedNames, mostJoinedObjects } from '../text/limits.ts';
import { group } from './file-group.ts';
import { OfferIndex } from './offer-index.ts';
import { allNeedsOf, type Need } from './references.ts';

/** Keys that lead from a file to those that give what it asks for, or ask for what it gives. */
interface Ends {
  readonly asks: ReadonlySet<string>;
  readonly gives: ReadonlySet<string>;
}

export interface Collection {
  /**
   * The common files that each of the others has to do with, also by way of common ones: one needs
   * what another has, or seems to mean it. What comes once a limit is reached is not in it.
   */
  readonly related: ReadonlyMap<Manifest, readonly Manifest[]>;
  /** Common files that do not belong to all the others: they are judged by themselves, too. */
  readonly apart: readonly Manifest[];
}

export function collect(others: readonly Manifest[], common: readonly Manifest[]): Collection {
  const related = relatedFiles(others, common);
  const uses = new Map<Manifest, number>();
  for (const files of related.values())
    for (const file of files) uses.set(file, (uses.get(file) ?? 0) + 1);
  return { related, apart: common.filter((file) => uses.get(file) !== others.length) };
}

function relatedFiles(
  others: readonly Manifest[],
  common: readonly Manifest[],
): Map<Manifest, readonly Manifest[]> {
  const manifests = [...others, ...common];
  const ends = endsOf(manifests);
  const givers = groupByEach(common, (file) => ends.get(file)?.gives ?? []);
  // Files of one namespace have nothing to do with each other for that.
  const askers = groupByEach(common, (file) =>
    [...(ends.get(file)?.asks ?? [])].filter((key) => !key.startsWith('Namespace/')),
  );
  const related = new Map<Manifest, readonly Manifest[]>();
  const namesOf = (file: Manifest): number => {
    const { asks, gives } = ends.get(file) ?? nothing;
    return asks.size + gives.size;
  };
  let objectsLeft = mostJoinedObjects;
  let namesLeft = mostJoinedNames;
  for (const file of manifests) {
    objectsLeft += 4 * file.objects.length;
    namesLeft += 4 * namesOf(file);
  }
  for (const other of others) {
    if (objectsLeft < 0 || namesLeft < 0) break;
    const found = reachedFrom(other, ends, givers, askers);
    for (const file of found) {
      objectsLeft -= file.objects.length;
      namesLeft -= namesOf(file);
    }
    related.set(other, found);
  }
  return related;
}

type Ways = ReadonlyMap<string, readonly Manifest[]>;

function reachedFrom(
  start: Manifest,
  ends: ReadonlyMap<Manifest, Ends>,
  givers: Ways,
  askers: Ways,
): Manifest[] {
  const found = new Set<Manifest>();
  const asked = new Set<string>();
  const given = new Set<string>();
  const walk = (keys: ReadonlySet<string>, walked: Set<string>, ways: Ways): void => {
    for (const key of keys) {
      if (!walked.has(key)) for (const file of ways.get(key) ?? []) found.add(file);
      walked.add(key);
    }
  };
  const walkFrom = (file: Manifest): void => {
    const { asks, gives } = ends.get(file) ?? nothing;
    walk(asks, asked, givers);
    walk(gives, given, askers);
  };
  walkFrom(start);
  // What is found on the way is walked from, too.
  for (const file of found) walkFrom(file);
  return [...found];
}

const nothing: Ends = { asks: new Set(), gives: new Set() };

function endsOf(manifests: readonly Manifest[]): ReadonlyMap<Manifest, Ends> {
  const groups = new Map(manifests.map((manifest) => [group('', [manifest]), manifest]));
  const index = new OfferIndex([...groups.keys()], allNeedsOf);
  const ends = new Map(
    manifests.map((manifest) => [manifest, { asks: new Set<string>(), gives: new Set<string>() }]),
  );
  const needs = new Map<string, Need>();
  for (const [own, manifest] of groups)
    for (const need of index.unmet(own)) {
      needs.set(need.id, need);
      ends.get(manifest)?.asks.add(need.id);
    }
  for (const need of needs.values())
    for (const provider of index.providers(need).keys()) {
      const manifest = groups.get(provider);
      if (manifest !== undefined) ends.get(manifest)?.gives.add(need.id);
    }
  return ends;
}
