/**
 * Parts of one input that can be judged on different machines. Units whose files meet stay
 * together, for what is said of a file must hold in all of its units; so every file is in exactly
 * one part, and the parts together say what one run would.
 */
import type { Manifest } from '../manifest/manifest.ts';
import { findKustomizations } from './kustomization.ts';
import type { Unit } from './unit.ts';

/** The `index`-th of `count` parts, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export interface Part {
  readonly units: ReadonlySet<Unit>;
  /** In the order read. */
  readonly manifests: readonly Manifest[];
}

/**
 * Parts weigh about the same, by the length of their texts. The same input gives the same parts, in
 * whatever order it was read.
 */
export function partOf(
  manifests: readonly Manifest[],
  units: readonly Unit[],
  { index, count }: Shard,
): Part {
  const groups = new Groups(manifests.map(({ file }) => file.path));
  for (const unit of units) groups.join(pathsOf(unit));
  // A patch lies in no unit of its target, and findings may point into it.
  for (const kustomization of findKustomizations(manifests).values()) {
    const { manifest, patchFiles, configurations, transformers } = kustomization;
    groups.join([manifest.file.path, ...patchFiles, ...configurations, ...transformers]);
  }
  const shardOf = balanced(groups, manifests, count);
  const isHere = (path: string | undefined): boolean =>
    (path === undefined ? 1 : (shardOf.get(groups.leader(path)) ?? 1)) === index;
  return {
    units: new Set(units.filter((unit) => isHere(pathsOf(unit)[0]))),
    manifests: manifests.filter(({ file }) => isHere(file.path)),
  };
}

function pathsOf({ documents, objects }: Unit): string[] {
  return [...documents, ...objects.map(({ document }) => document)].map(({ file }) => file.path);
}

/** Each group, heaviest first, goes to the part that weighs least so far. */
function balanced(
  groups: Groups,
  manifests: readonly Manifest[],
  count: number,
): ReadonlyMap<string, number> {
  const weights = new Map<string, { weight: number; first: string }>();
  for (const { file } of manifests) {
    const leader = groups.leader(file.path);
    const known = weights.get(leader) ?? { weight: 0, first: file.path };
    const first = file.path < known.first ? file.path : known.first;
    weights.set(leader, { weight: known.weight + file.text.length, first });
  }
  const loads = Array.from({ length: count }, () => 0);
  const heaviestFirst = [...weights].sort(
    ([, a], [, b]) => b.weight - a.weight || (a.first < b.first ? -1 : 1),
  );
  return new Map(
    heaviestFirst.map(([leader, { weight }]) => {
      const lightest = loads.reduce((best, load, at) => (load < (loads[best] ?? 0) ? at : best), 0);
      loads[lightest] = (loads[lightest] ?? 0) + weight;
      return [leader, lightest + 1];
    }),
  );
}

/** Disjoint sets of paths. */
class Groups {
  readonly #above = new Map<string, string>();

  constructor(paths: readonly string[]) {
    for (const path of paths) this.#above.set(path, path);
  }

  /** Paths that nobody knows, as of what was not read, are left out. */
  join(paths: readonly string[]): void {
    const [first, ...others] = new Set(paths.filter((path) => this.#above.has(path)));
    if (first === undefined) return;
    for (const path of others) this.#above.set(this.leader(path), this.leader(first));
  }

  /** The path that stands for all of its group. */
  leader(path: string): string {
    let top = path;
    for (let above = this.#above.get(top); above !== undefined && above !== top;) {
      const next = this.#above.get(above) ?? above;
      this.#above.set(top, next);
      top = above;
      above = this.#above.get(top);
    }
    return top;
  }
}
