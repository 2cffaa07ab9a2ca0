/** What is said of an object that belongs to several units. */
import type { Content } from '../manifest/content.ts';
import { qualifiedName } from '../manifest/object-reference.ts';
import { entryOf, groupBy } from '../multimap.ts';
import { judges } from '../units/unit.ts';
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
    .map(({ said: { draft }, names, contents }) =>
      withOtherNames({ ...draft, contents: [...contents] }, names),
    );
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
    unit.documents.filter(({ file }) => judges(unit, file)).forEach(count);
    const objects = unit.objects.filter(({ document }) => judges(unit, document.file));
    // Two overlays of one base may be delivered into one cluster: they are one unit.
    new Set(objects.map(subjectOf)).forEach(count);
  }
  return units;
}

/** What is said at one place, in whatever units. */
interface Joined {
  /** What weighs most. */
  said: Statement;
  /** Of units. */
  count: number;
  /** In one of them at least. */
  deployed: boolean;
  /** Of the object, in those units where it counts. */
  readonly names: Set<string>;
  /** The same of what it holds. */
  readonly contents: Set<Content>;
}

/** Everything that is said at one place. */
interface Place {
  readonly all: Joined[];
  readonly byMessage: Map<string, Joined>;
}

function joined(results: readonly UnitResult[]): readonly Joined[] {
  const places = new Map<string, Place>();
  for (const { said, unit } of results) {
    for (const [key, statements] of groupBy(said, ({ draft }) => placeKey(draft))) {
      const place = entryOf(places, key, () => ({ all: [], byMessage: new Map() }));
      for (const [one, statement] of met(place, statements)) {
        one.said = heavier(one.said, statement);
        one.count += 1;
        one.deployed ||= unit.deployed;
        if (statement.off || statement.draft.object === undefined) continue;
        one.names.add(qualifiedName(statement.draft.object));
        for (const content of statement.draft.contents) one.contents.add(content);
      }
    }
  }
  return [...places.values()].flatMap(({ all }) => all);
}

/**
 * The statements of one unit at one place, each once, with the same ones of other units: those in
 * the same words, else the next one, for an overlay may rename what they tell of. Of two callers
 * that a policy keeps out one may be there in other overlays only.
 */
function met(place: Place, statements: readonly Statement[]): ReadonlyMap<Joined, Statement> {
  const { all, byMessage } = place;
  const found = new Map<Joined, Statement>();
  const left = new Map<string, Statement>();
  for (const statement of statements) {
    const same = byMessage.get(statement.draft.message);
    if (same === undefined) left.set(statement.draft.message, statement);
    else if (!found.has(same)) found.set(same, statement);
  }
  const others = all.filter((one) => !found.has(one));
  for (const [index, [message, statement]] of [...left].entries()) {
    const one = others[index] ?? newlyJoined(statement);
    if (others[index] === undefined) all.push(one);
    byMessage.set(message, one);
    found.set(one, statement);
  }
  return found;
}

function newlyJoined(said: Statement): Joined {
  return { said, count: 0, deployed: false, names: new Set(), contents: new Set() };
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
  // An overlay may put something before it in a list.
  const steps = path.map((step) => (typeof step === 'number' ? '*' : step));
  return `${rule} ${file.path} ${range[0]} ${steps.join('.')}`;
}
