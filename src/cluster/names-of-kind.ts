/**
 * The names that objects of one kind have in one namespace, for the search of the one that a
 * reference meant.
 */
import { lazily, remembered } from '../memo.ts';
import { addTo, entryOf, groupBy } from '../multimap.ts';
import { coreOf } from '../text/kind-words.ts';
import { mostAlike } from '../text/limits.ts';
import { NameIndex } from '../text/name-index.ts';
import { isSlip } from '../text/slip.ts';
import { type ClusterObject, identityOf, type ObjectIndex } from './objects.ts';

interface Renamed {
  readonly objects: readonly ClusterObject[];
  readonly names: NameIndex;
  readonly byName: ReadonlyMap<string, readonly ClusterObject[]>;
}

export class NamesOfKind {
  readonly objects: readonly ClusterObject[];
  readonly #places: () => ReadonlyMap<string, number>;
  readonly #names: () => NameIndex;
  /** Objects that a kustomization has renamed, by the names that they had. */
  readonly #renamed: () => Renamed;
  readonly #parts: () => PartIndex;
  readonly #similar = new Map<string, readonly number[]>();
  readonly #cores: () => ReadonlyMap<string, readonly ClusterObject[]>;

  constructor(objects: readonly ClusterObject[]) {
    this.objects = objects;
    const names = objects.map(({ name }) => name);
    this.#places = lazily(
      () => new Map(objects.map((object, index) => [identityOf(object), index] as const)),
    );
    this.#names = lazily(() => new NameIndex(names));
    this.#parts = lazily(() => new PartIndex(names));
    this.#cores = lazily(() => groupBy(objects, ({ name, kind }) => coreOf(name, kind)));
    this.#renamed = lazily(() => {
      const renamed = objects.filter(
        ({ name, source: { original } }) => original !== undefined && original.name !== name,
      );
      const before = ({ source: { original } }: ClusterObject): string => original?.name ?? '';
      return {
        objects: renamed,
        names: new NameIndex(renamed.map(before)),
        byName: groupBy(renamed, before),
      };
    });
  }

  /** @param from the object that refers, which is never meant itself */
  without(from: ClusterObject): number {
    return this.objects.length - (this.#places().has(identityOf(from)) ? 1 : 0);
  }

  /** The only one besides `from`. */
  only(from: ClusterObject): ClusterObject | undefined {
    if (this.without(from) !== 1) return undefined;
    return this.objects[this.#places().get(identityOf(from)) === 0 ? 1 : 0];
  }

  /** One whose name is a typo away. */
  slip(name: string, from: ClusterObject): ClusterObject | undefined {
    const except = this.#places().get(identityOf(from));
    const counts = (place: number): boolean => place !== except;
    const near = this.#names().nearest(name, counts) ?? this.#names().slip(name, counts);
    const found = near === undefined ? undefined : this.objects[near];
    return found !== undefined && isSlip(name, found.name) ? found : undefined;
  }

  /** One that had this very name before it was renamed. */
  renamed(name: string, from: ClusterObject): ClusterObject | undefined {
    const { byName } = this.#renamed();
    return (byName.get(name) ?? []).find((object) => identityOf(object) !== identityOf(from));
  }

  /** One that had such a name before it was renamed. */
  renamedSlip(name: string, from: ClusterObject): ClusterObject | undefined {
    const { objects, names } = this.#renamed();
    const except = objects.findIndex((object) => identityOf(object) === identityOf(from));
    const found = names.slip(name, (place) => place !== except);
    return found === undefined ? undefined : objects[found];
  }

  /** The only one whose name is the same but for words for its kind: `web-sa`, `web-account`. */
  ofCore(name: string, from: ClusterObject): ClusterObject | undefined {
    const core = coreOf(name, this.objects[0]?.kind);
    const [only, ...others] = this.#cores().get(core) ?? [];
    return others.length > 0 || (only !== undefined && identityOf(only) === identityOf(from))
      ? undefined
      : only;
  }

  /**
   * The only one whose name holds the other, or of several the only one that does so by whole
   * words.
   */
  similar(name: string, from: ClusterObject): ClusterObject | undefined {
    let places = this.#similar.get(name);
    if (places === undefined) this.#similar.set(name, (places = this.#parts().similar(name)));
    const except = this.#places().get(identityOf(from));
    const similar = places.flatMap((place) => {
      const object = place === except ? undefined : this.objects[place];
      return object === undefined ? [] : [object];
    });
    if (similar.length < 2) return similar[0];
    const byWords = similar.filter((object) => {
      const [a, b] = [`-${object.name}-`, `-${name}-`];
      return a.includes(b) || b.includes(a);
    });
    return byWords.length === 1 ? byWords[0] : undefined;
  }
}

const none: readonly number[] = [];

/** So many characters of a name find it. */
const grams = 3;

/**
 * Names by parts of three characters: which ones are part of another name, and which have it for a
 * part.
 */
class PartIndex {
  readonly #names: readonly string[];
  /** By their first characters, shorter names as they are. */
  readonly #byStart = new Map<string, number[]>();
  readonly #byPart = new Map<string, number[]>();

  constructor(names: readonly string[]) {
    this.#names = names;
    for (const [index, name] of names.entries()) {
      addTo(this.#byStart, name.slice(0, grams), index);
      for (const part of new Set(partsOf(name))) addTo(this.#byPart, part, index);
    }
  }

  /** In order, and no more of them than are ever needed. */
  similar(name: string): readonly number[] {
    if (this.#names.length === 0) return none;
    const found = new Set<number>();
    const add = (index: number, holds: boolean): void => {
      if (holds) found.add(index);
    };
    for (const index of this.#holding(name).slice(0, mostAlike))
      add(index, (this.#names[index] ?? '').includes(name));
    for (let at = 0; at < name.length; at += 1)
      for (let length = 1; length <= grams; length += 1)
        for (const index of (this.#byStart.get(name.slice(at, at + length)) ?? []).slice(
          0,
          mostAlike,
        ))
          if (at + length <= name.length) add(index, name.startsWith(this.#names[index] ?? '', at));
    for (const index of this.#byStart.get('') ?? []) add(index, true);
    return [...found].sort((a, b) => a - b);
  }

  /** Names with the rarest part of a name; every name may hold one that is shorter than a part. */
  #holding(name: string): readonly number[] {
    if (name.length < grams) return [...this.#names.keys()];
    let rarest: readonly number[] | undefined;
    for (const part of partsOf(name)) {
      const with_ = this.#byPart.get(part) ?? [];
      if (rarest === undefined || with_.length < rarest.length) rarest = with_;
    }
    return rarest ?? [];
  }
}

function partsOf(name: string): string[] {
  return Array.from({ length: Math.max(0, name.length - grams + 1) }, (_, at) =>
    name.slice(at, at + grams),
  );
}

const known = remembered((_: ObjectIndex) => new Map<string, NamesOfKind>());

export function namesOfKind(
  objects: ObjectIndex,
  group: string,
  kind: string,
  namespace: string | undefined,
): NamesOfKind {
  const key = `${group}/${kind}/${namespace ?? ''}`;
  return entryOf(
    known(objects),
    key,
    () =>
      new NamesOfKind(
        objects.inNamespace(group, kind, namespace).filter(({ name }) => name !== ''),
      ),
  );
}
