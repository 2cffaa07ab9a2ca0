/**
 * The names of what controllers and operators make, for the search of the one that a reference
 * meant.
 */
import { lazily, remembered } from '../memo.ts';
import { entryOf } from '../multimap.ts';
import { NameIndex } from '../text/name-index.ts';
import { isSlip } from '../text/slip.ts';
import type { Cluster } from './cluster.ts';
import { madeIn } from './made-objects.ts';
import type { ClusterObject } from './objects.ts';

/** Something that is not among the objects, but is made of one of them. */
export interface MadeObject {
  readonly name: string;
  readonly maker: ClusterObject;
}

/** What is made of one kind in one namespace, for the search of the one that was meant. */
export class MadeNames {
  readonly all: readonly MadeObject[];
  readonly #names: () => NameIndex;
  readonly #byMaker: () => ReadonlyMap<string, MadeObject>;
  readonly #slips = new Map<string, { readonly made: MadeObject | undefined }>();

  constructor(all: readonly MadeObject[]) {
    this.all = all;
    this.#names = lazily(() => new NameIndex(all.map(({ name }) => name)));
    this.#byMaker = lazily(
      () => new Map([...all].reverse().map((made) => [made.maker.name, made] as const)),
    );
  }

  /** What is made first of the object that has this very name itself. */
  ofMaker(name: string): MadeObject | undefined {
    return this.#byMaker().get(name);
  }

  /** One whose name is a typo away. */
  slip(name: string): MadeObject | undefined {
    if (this.all.length === 0) return undefined;
    return entryOf(this.#slips, name, () => {
      const place = this.#names().nearest(name) ?? this.#names().slip(name);
      const found = place === undefined ? undefined : this.all[place];
      return { made: found !== undefined && isSlip(name, found.name) ? found : undefined };
    }).made;
  }
}

const namesIn = remembered((_: Cluster) => new Map<string, MadeNames>());
export function madeNames(
  cluster: Cluster,
  kind: string,
  namespace: string | undefined,
): MadeNames {
  const key = `${kind}/${namespace ?? ''}`;
  return entryOf(namesIn(cluster), key, () => {
    const known = namespace === undefined ? [] : cluster.operators.knownIn(namespace, kind);
    return new MadeNames([
      ...madeIn(cluster.objects, kind, namespace).flatMap((made) =>
        [...made].map(([name, maker]) => ({ name, maker })),
      ),
      ...[...known].map(([name, { object }]) => ({ name, maker: object })),
    ]);
  });
}
