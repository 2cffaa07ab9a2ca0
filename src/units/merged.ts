/** Units that turn out to be in one cluster, as one. */
import type { ManifestObject } from '../manifest/manifest.ts';
import type { SourceFile } from '../manifest/source.ts';
import { identity } from './references.ts';
import type { Join, Unit } from './unit.ts';

/** One of the units to be merged, and why it belongs to those before it. */
export interface Member {
  readonly unit: Unit;
  readonly because: string;
}

/** @param isProven somebody says that all of it goes to one cluster */
export function merged(members: readonly [Member, ...Member[]], isProven: boolean): Unit {
  const units = members.map(({ unit }) => unit);
  const [{ unit: first }, ...others] = members;
  const joins = others.map(({ unit, because }): Join => ({ directory: unit.name, because }));
  const all = [...units.flatMap((unit) => unit.joins), ...joins];
  const directories = [...new Set(all.map(({ directory }) => directory))].join(', ');
  const kustomized = units.every(({ origin }) => origin === 'kustomization');
  return {
    name: first.name,
    origin: kustomized ? 'kustomization' : 'directory',
    reason: `${kustomized ? 'kustomizations' : 'directory'}, joined with ${directories}`,
    joins: all,
    deployed: units.every(({ deployed }) => deployed),
    documents: [...new Set(units.flatMap(({ documents }) => documents))],
    objects: distinct(units.flatMap(({ objects }) => objects)),
    unsettled: new Map(units.flatMap(({ unsettled }) => [...unsettled])),
    fragments: new Set(units.flatMap(({ fragments }) => [...fragments])),
    missing: units.flatMap(({ missing }) => missing),
    generated: new Map(units.flatMap(({ generated = [] }) => [...generated])),
    broken: units.flatMap(({ broken = [] }) => broken),
    idle: units.flatMap(({ idle = [] }) => idle),
    faults: units.flatMap(({ faults = [] }) => faults),
    ...(units.some(({ deliverers }) => deliverers) && {
      deliverers: new Set(units.flatMap(({ deliverers = [] }) => [...deliverers])),
    }),
    ...(kustomized && first.part === true && { part: true as const }),
    ...(!isProven && { parts: partsOf(units) }),
  };
}

/**
 * Units may have directories in common; and what every directory of a namespace brings along, as
 * the Namespace, is there once.
 */
function distinct(objects: readonly ManifestObject[]): ManifestObject[] {
  const seen = new Set<string>();
  return [...new Set(objects)].filter((object) => {
    if (object.kind !== 'Namespace') return true;
    const key = identity(object);
    return !seen.has(key) && seen.add(key);
  });
}

function partsOf(units: readonly Unit[]): ReadonlyMap<SourceFile, number> {
  return new Map(
    units.flatMap(({ documents }, part) => documents.map(({ file }) => [file, part] as const)),
  );
}

/** What may be there once, of all that a unit holds and makes, with what it is. */
export function claimsOf({ objects, generated = new Map() }: Unit): [key: string, of: object][] {
  const found: [string, object][] = [...generated];
  for (const object of objects)
    if (object.kind !== 'Namespace' && object.name !== '') found.push([identity(object), object]);
  return found;
}

/** Units that hold nothing twice in different forms, of those that are asked for in turn. */
export function claims(): (wanted: Iterable<readonly [key: string, of: object]>) => boolean {
  const claimed = new Map<string, object>();
  return (wanted) => {
    const all = [...wanted];
    if (all.some(([key, of]) => (claimed.get(key) ?? of) !== of)) return false;
    for (const [key, of] of all) claimed.set(key, of);
    return true;
  };
}
