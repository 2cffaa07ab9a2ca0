/** What is said of an object that belongs to several units. */
import { qualifiedName } from '../manifest/object-reference.ts';
import { entryOf } from '../multimap.ts';
import { severities } from './diagnostic.ts';
import { type Draft, subjectOf } from './draft.ts';
import type { UnitResult } from './judge-units.ts';
import type { Statement } from './reporter.ts';

/**
 * An object may belong to several units (a kustomize base of two overlays, the common part of
 * alternatives). What is said of it must hold in all of them: a fault in one arrangement that was
 * guessed may be none at all. What is deployed as it is, though, stands for itself. One finding is
 * left of all, which tells the names that the object has in the others.
 */
export function agreed(results: readonly UnitResult[]): Draft[] {
  const units = unitsWith(results);
  return joined(results)
    .filter(
      ({ said: { draft, off }, count, deployed }) =>
        !off && (deployed || count === Math.max(units.get(draft.subject) ?? 0, 1)),
    )
    .map(({ said: { draft }, names }) => withOtherNames(draft, names));
}

/** In how many units each object or document is of which something is said. */
function unitsWith(results: readonly UnitResult[]): ReadonlyMap<object, number> {
  const units = new Map<object, number>();
  for (const { said } of results) for (const { draft } of said) units.set(draft.subject, 0);
  const count = (subject: object): void => {
    const known = units.get(subject);
    if (known !== undefined) units.set(subject, known + 1);
  };
  if (units.size === 0) return units;
  for (const { unit } of results) {
    unit.documents.forEach(count);
    for (const object of unit.objects) count(subjectOf(object));
  }
  return units;
}

/** What is said at one place, in whatever units. */
interface Joined {
  /** What weighs most. */
  readonly said: Statement;
  /** Of units. */
  readonly count: number;
  /** In one of them at least. */
  readonly deployed: boolean;
  /** Of the object, in those units where it counts. */
  readonly names: Set<string>;
}

function joined(results: readonly UnitResult[]): readonly Joined[] {
  const found = new Map<string, Joined>();
  for (const {
    said,
    unit: { deployed },
  } of results) {
    for (const [key, one] of byPlace(said)) {
      const known = found.get(key);
      const names = known?.names ?? new Set<string>();
      if (!one.off && one.draft.object !== undefined) names.add(qualifiedName(one.draft.object));
      found.set(key, {
        said: known === undefined ? one : heavier(known.said, one),
        count: (known?.count ?? 0) + 1,
        deployed: deployed || known?.deployed === true,
        names,
      });
    }
  }
  return [...found.values()];
}

/**
 * The statements of a unit, each once, by their place; of several at one place (two callers that a
 * policy keeps out) the second is the second in every unit, whatever names it tells there.
 */
function byPlace(said: readonly Statement[]): ReadonlyMap<string, Statement> {
  const found = new Map<string, Statement>();
  const messages = new Map<string, Set<string>>();
  for (const one of said) {
    const place = placeKey(one.draft);
    const known = entryOf(messages, place, () => new Set<string>());
    if (known.has(one.draft.message)) continue;
    known.add(one.draft.message);
    found.set(`${place} ${known.size}`, one);
  }
  return found;
}

function withOtherNames(draft: Draft, names: ReadonlySet<string>): Draft {
  const also = [...names]
    .filter((name) => draft.object !== undefined && name !== qualifiedName(draft.object))
    .sort();
  return also.length === 0 ? draft : { ...draft, also };
}

function heavier(a: Statement, b: Statement): Statement {
  if (a.off !== b.off) return a.off ? b : a;
  return severities.indexOf(b.draft.severity) < severities.indexOf(a.draft.severity) ? b : a;
}

function placeKey({ rule, file, range, path }: Draft): string {
  return `${rule} ${file.path} ${range[0]} ${path.join('.')}`;
}
