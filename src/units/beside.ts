/**
 * Files that lie beside a kustomization and that it does not list: who applies them does so to what
 * it builds. They are judged together with that, and what it builds without them, for nobody knows
 * whether they are there.
 */
import { isNamespaced } from '../kubernetes/kinds.ts';
import { isKustomizationFile } from '../manifest/kustomization-file.ts';
import { addTo } from '../multimap.ts';
import { mostJoinedObjects } from '../text/limits.ts';
import { inNamespace } from './in-namespace.ts';
import { claims, claimsOf, merged } from './merged.ts';
import { directoryOf } from './paths.ts';
import { isWhole, type Unit } from './unit.ts';

/** Of more overlays than this not all have what lies beside their base. */
const mostOverlays = 8;

/** The files of one directory with a kustomization, which no other directory needs. */
export function liesBeside(unit: Unit, isKustomized: (directory: string) => boolean): boolean {
  return (
    unit.origin === 'directory' &&
    isWhole(unit) &&
    unit.joins.length === 0 &&
    isKustomized(unit.name) &&
    unit.documents.every(({ file }) => directoryOf(file.path) === unit.name)
  );
}

/** In place of each that lies beside: it and a unit that takes the kustomization. */
export function joinBeside(units: readonly Unit[], beside: readonly Unit[]): Unit[] {
  if (beside.length === 0) return [];
  const takers = new Map<string, Unit[]>();
  for (const unit of units)
    for (const { path } of new Set(unit.documents.map(({ file }) => file)))
      if (isKustomizationFile(path)) addTo(takers, directoryOf(path), unit);
  let left = mostJoinedObjects + 4 * units.reduce((sum, { objects }) => sum + objects.length, 0);
  return beside.flatMap((unit) => {
    const all = takers.get(unit.name) ?? [];
    if (all.length === 0 || all.length > mostOverlays) return [unit];
    for (const { objects } of [unit, ...all]) left -= objects.length;
    if (left < 0) return [unit];
    const joined = all.flatMap((taker) => joinedWith(unit, taker) ?? []);
    return joined.length === all.length ? joined : [unit];
  });
}

/** Undefined where they are not for the same namespace, or have something in common. */
function joinedWith(unit: Unit, taker: Unit): Unit | undefined {
  if (!isWhole({ ...taker, origin: 'kustomization' })) return undefined;
  const namespaces = new Set(taker.objects.filter(isPlaced).map(({ namespace }) => namespace));
  const [only] = namespaces;
  if (namespaces.size === 0) return undefined;
  const objects = unit.objects.map((object) =>
    namespaces.size === 1 && only !== undefined && isNamespaced(object.kind)
      ? inNamespace(object, only)
      : object,
  );
  const placed = { ...unit, objects };
  const areFree = claims();
  if (
    !objects.filter(isPlaced).every(({ namespace }) => namespaces.has(namespace)) ||
    !areFree(claimsOf(taker)) ||
    !areFree(claimsOf(placed))
  )
    return undefined;
  const because = 'it takes the kustomization that these files lie beside';
  return {
    ...merged(
      [
        { unit: placed, because },
        { unit: taker, because },
      ],
      false,
    ),
    judged: new Set(unit.documents.map(({ file }) => file)),
  };
}

function isPlaced({ kind }: Unit['objects'][number]): boolean {
  return isNamespaced(kind);
}
