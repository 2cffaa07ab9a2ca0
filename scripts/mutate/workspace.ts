/**
 * A folder that is read, grouped and linted once, so that each mutation costs only what it touches.
 */
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { recommendedRules as rules } from '../../src/library/lint.ts';
import type { Diagnostic, TextEdit, Unknown } from '../../src/lint/diagnostic.ts';
import { lintUnits } from '../../src/lint/lint.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { addTo } from '../../src/multimap.ts';
import { directoryOf, withParents } from '../../src/units/paths.ts';
import type { Unit } from '../../src/units/unit.ts';
import { groupUnits } from '../../src/units/units.ts';
import { applyEdits, originalOffset } from './edits.ts';
import type { Link } from './link.ts';
import { objectKey, type Picture, picture, purposeOf, type ToOriginal } from './picture.ts';

/**
 * What a mutation did to the folder. Offsets of the findings are those of the edited file;
 * `toOriginal` leads back.
 */
export interface Outcome {
  /** Links that held before and hold in no unit any more. */
  readonly lost: readonly Link[];
  /**
   * Whether all that is lost still works otherwise: `here` beside the mutated object (other pods
   * answer as well), `elsewhere` in units without its file only (another arrangement of the files),
   * `no` where something stopped working.
   */
  readonly works: 'no' | 'here' | 'elsewhere';
  /** Findings that were not there before, of any severity. */
  readonly findings: readonly Diagnostic[];
  readonly unknowns: readonly Unknown[];
  /** The units that the edited file is part of now. */
  readonly units: readonly Unit[];
  /** Objects that the API server refuses now and did not before, by their place. */
  readonly refused: readonly string[];
  readonly toOriginal: ToOriginal;
}

const unedited: ToOriginal = (_file, offset) => offset;

export class Workspace {
  readonly units: readonly Unit[];
  readonly diagnostics: readonly Diagnostic[];
  readonly #manifests: readonly Manifest[];
  readonly #unitsOf = new Map<string, Unit[]>();
  readonly #bySignature = new Map<string, Unit>();
  /** By the name of any object in them. */
  readonly #unitsWith = new Map<string, Unit[]>();
  readonly #neighbourhoods = new Map<string, readonly Manifest[]>();
  readonly #pictures = new Map<Unit, Picture>();
  readonly #known = new Set<string>();
  readonly #knownAround = new Map<string, ReadonlySet<string>>();

  constructor(manifests: readonly Manifest[]) {
    this.#manifests = manifests;
    this.units = group(manifests);
    for (const unit of this.units) {
      this.#bySignature.set(signature(unit), unit);
      for (const path of filesOf(unit)) addTo(this.#unitsOf, path, unit);
      for (const name of new Set(unit.objects.map((object) => object.name)))
        addTo(this.#unitsWith, name, unit);
    }
    const { diagnostics, unknowns } = lintUnits(
      manifests,
      this.units,
      rules,
      defaultClusterOptions,
    );
    this.diagnostics = diagnostics;
    for (const finding of diagnostics) this.#known.add(findingKey(finding, unedited));
    for (const unknown of unknowns) this.#known.add(unknownKey(unknown, unedited));
  }

  picture(unit: Unit): Picture {
    const known = this.#pictures.get(unit) ?? picture(unit, unedited);
    this.#pictures.set(unit, known);
    return known;
  }

  /**
   * All files that grouping needs to know to group one file and its companions: their units in
   * full, and those of the directories near enough to be joined with theirs (src/units/groups.ts
   * `maxLevelsUp`).
   */
  #neighbourhood(path: string): readonly Manifest[] {
    const companions = (this.#unitsOf.get(path) ?? []).flatMap((unit) => [...filesOf(unit)]);
    const home = [...companions, path].map(directoryOf).sort().join('\n');
    const known = this.#neighbourhoods.get(home);
    if (known !== undefined) return known;
    const above = new Set(home.split('\n').flatMap((own) => withParents(own, 3)));
    const isNearby = ({ file }: Manifest): boolean =>
      withParents(directoryOf(file.path), 3).some((directory) => above.has(directory));
    const nearby = this.#manifests
      .filter(isNearby)
      .flatMap(({ file }) => this.#unitsOf.get(file.path) ?? []);
    const paths = new Set([
      ...companions,
      path,
      ...[...new Set(nearby)].flatMap((unit) => [...filesOf(unit)]),
    ]);
    const manifests = this.#manifests.filter(({ file }) => paths.has(file.path));
    this.#neighbourhoods.set(home, manifests);
    return manifests;
  }

  /**
   * What the linter says of a file and its companions before any edit, looking no further than
   * after one: hints and doubts that other units give are the fewer the fewer units are looked at,
   * and must not pass for what an edit has done.
   */
  #around(path: string): ReadonlySet<string> {
    const companions = new Set(
      (this.#unitsOf.get(path) ?? []).flatMap((unit) => [...filesOf(unit)]),
    );
    const home = [...companions].sort().join('\n');
    const known = this.#knownAround.get(home);
    if (known !== undefined) return known;
    const manifests = this.#neighbourhood(path);
    const units = group(manifests).filter((unit) => isNear(unit, companions));
    const { diagnostics, unknowns } = lintUnits(manifests, units, rules, defaultClusterOptions);
    const keys = [
      ...diagnostics.map((finding) => findingKey(finding, unedited)),
      ...unknowns.map((unknown) => unknownKey(unknown, unedited)),
    ];
    const found = new Set(keys);
    this.#knownAround.set(home, found);
    return found;
  }

  /**
   * Units that the edit may have changed, and those that were there before, with the unit of then.
   */
  #partition(
    units: readonly Unit[],
    edited: string,
  ): [changed: Unit[], unchanged: { unit: Unit; base: Unit }[]] {
    const changed: Unit[] = [];
    const unchanged: { unit: Unit; base: Unit }[] = [];
    for (const unit of units) {
      const base = filesOf(unit).has(edited) ? undefined : this.#bySignature.get(signature(unit));
      if (base === undefined) changed.push(unit);
      else unchanged.push({ unit, base });
    }
    return [changed, unchanged];
  }

  /**
   * Edits one file, and reads, groups and lints again what may have changed by it: every unit that
   * holds the file, and units that are there only since. Units that share a file with them are as
   * they were; they are linted only where something was found, for a finding must hold in all of
   * them.
   * `names`: units with an object of such a name are linted as well, for hints and doubts look into
   * other units by name.
   */
  try(file: SourceFile, edits: readonly TextEdit[], names: readonly string[]): Outcome {
    const read = readManifest(new SourceFile(file.path, applyEdits(file.text, edits)));
    const edited = read.meant ?? read;
    const manifests = this.#neighbourhood(file.path).map((manifest) =>
      manifest.file.path === file.path ? edited : manifest,
    );
    const units = group(manifests);
    const toOriginal: ToOriginal = ({ path }, offset) =>
      path === file.path ? originalOffset(offset, edits) : offset;

    const before = this.#unitsOf.get(file.path) ?? [];
    const holding = units.filter((unit) => filesOf(unit).has(file.path));
    const near = new Set([...before, ...holding].flatMap((unit) => [...filesOf(unit)]));
    const affected = units.filter((unit) => isNear(unit, near));
    const [changed, unchanged] = this.#partition(affected, file.path);
    const namesakes = [...new Set(names.flatMap((name) => this.#unitsWith.get(name) ?? []))].filter(
      (unit) => !isNear(unit, near),
    );
    const around = this.#around(file.path);
    const isNew = (key: string): boolean => !this.#known.has(key) && !around.has(key);
    const isHere = ({ file: { path } }: { readonly file: SourceFile }): boolean => near.has(path);
    const lint = (more: readonly Unit[]): Pick<Outcome, 'findings' | 'unknowns'> => {
      const { diagnostics, unknowns } = lintUnits(
        manifests,
        [...changed, ...more, ...namesakes],
        rules,
        defaultClusterOptions,
      );
      return {
        findings: diagnostics.filter(
          (finding) => isHere(finding) && isNew(findingKey(finding, toOriginal)),
        ),
        unknowns: unknowns.filter(
          (unknown) => isHere(unknown) && isNew(unknownKey(unknown, toOriginal)),
        ),
      };
    };
    const first = lint([]);
    const found = new Set(first.findings.map((finding) => finding.file.path));
    const doubters = unchanged.filter(({ unit }) => isNear(unit, found)).map(({ unit }) => unit);
    const { findings, unknowns } = doubters.length === 0 ? first : lint(doubters);
    const changedPictures = changed.map((unit) => picture(unit, toOriginal));
    const pictures = [...changedPictures, ...unchanged.map(({ base }) => this.picture(base))];
    const here = changedPictures.filter((_, index) =>
      filesOf(changed[index] as Unit).has(file.path),
    );
    const touched = [...new Set([...near].flatMap((path) => this.#unitsOf.get(path) ?? []))].map(
      (unit) => this.picture(unit),
    );
    const refusedBefore = new Set(touched.flatMap(({ refused }) => [...refused]));
    const lost = new Map<string, Link>();
    const purposes = new Set<string>();
    for (const { links } of touched) {
      for (const [key, link] of links) {
        const owner = link.ends[0]?.object.document.file.path ?? '';
        if (!near.has(owner) || pictures.some((after) => after.links.has(key))) continue;
        lost.set(key, link);
        purposes.add(purposeOf(key, link));
      }
    }
    const allWork = (among: readonly Picture[]): boolean =>
      [...purposes].every((purpose) => among.some((after) => after.purposes.has(purpose)));
    return {
      lost: [...lost.values()],
      works: allWork(here) ? 'here' : allWork(pictures) ? 'elsewhere' : 'no',
      findings,
      unknowns,
      units: holding,
      refused: pictures.flatMap(({ refused }) =>
        [...refused].filter((key) => !refusedBefore.has(key)),
      ),
      toOriginal,
    };
  }
}

/** Units with the same objects under the same name. */
function signature({ name, reason, objects }: Unit): string {
  return [name, reason, ...objects.map((object) => objectKey(object, unedited))].join('\n');
}

function group(manifests: readonly Manifest[]): Unit[] {
  return groupUnits(manifests, { mode: 'auto', explicitFiles: false });
}

const files = new WeakMap<Unit, ReadonlySet<string>>();

function filesOf(unit: Unit): ReadonlySet<string> {
  const known = files.get(unit) ?? new Set(unit.documents.map(({ file }) => file.path));
  files.set(unit, known);
  return known;
}

function isNear(unit: Unit, near: ReadonlySet<string>): boolean {
  for (const path of filesOf(unit)) if (near.has(path)) return true;
  return false;
}

/** One finding before and after an edit; one that became graver is a new one. */
function findingKey(
  { rule, messageId, severity, file, range, path }: Diagnostic,
  toOriginal: ToOriginal,
): string {
  return [
    'finding',
    rule,
    messageId,
    severity,
    file.path,
    toOriginal(file, range[0]),
    ...path,
  ].join(' ');
}

function unknownKey({ rule, file, range }: Unknown, toOriginal: ToOriginal): string {
  return ['unknown', rule, file.path, toOriginal(file, range[0])].join(' ');
}
