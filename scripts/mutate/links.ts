/**
 * Links: everything in a cluster's picture that works because two fields agree. A mutation is a
 * fault exactly when it takes a link away.
 *
 * Each link lists its ends with the mutations that may be tried there, so a new kind of link brings
 * its own mutations with it.
 */
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { ManifestObject } from '../../src/manifest/manifest.ts';
import type { Path } from '../../src/manifest/node.ts';
import type { MutationId } from './mutations.ts';
import { nameLinks } from './name-links.ts';
import { podLinks } from './pod-links.ts';
import { selectorLinks } from './selector-links.ts';
import { serviceLinks } from './service-links.ts';
import { textLinks } from './text-links.ts';

/**
 * What the two sides must agree on: a finding about another aspect of the same objects does not
 * explain the fault.
 */
export type Aspect = 'selection' | 'port' | 'name';

export interface End {
  readonly object: ManifestObject;
  /** The field; it need not be written (a defaulted protocol). */
  readonly path: Path;
  readonly aspect: Aspect;
  readonly mutations: readonly MutationId[];
  /** Only this part of the text at `path`: the host inside of a URL. */
  readonly part?: string;
}

export interface Link {
  readonly kind: string;
  /**
   * The objects and fields that make it this link and no other; names are not among them, so that
   * it survives a renaming. The owner comes first.
   */
  readonly identity: readonly (ManifestObject | string)[];
  /**
   * The last part of the identity is one of several that may do: pods of another workload would
   * answer as well.
   */
  readonly oneOfMany?: true;
  readonly ends: readonly End[];
}

/** All links of a picture, in no particular order; only what holds for certain. */
export function linksOf(cluster: Cluster): Link[] {
  const index = new Accepted(cluster);
  return [
    ...serviceLinks(cluster),
    ...podLinks(cluster),
    ...nameLinks(index),
    ...selectorLinks(cluster, index),
    ...textLinks(cluster),
  ];
}

/**
 * The objects that exist, by kind and name whatever their group: mutations are tried where somebody
 * refers to them.
 */
export class Accepted {
  readonly all: readonly ClusterObject[];
  readonly #byName: ReadonlyMap<string, ClusterObject>;
  readonly #namespace: string;

  constructor({ objects, options }: Cluster) {
    this.all = objects.all.filter(({ refusals }) => refusals.length === 0);
    this.#byName = new Map(
      this.all.map((object) => [`${object.kind}/${object.namespace ?? ''}/${object.name}`, object]),
    );
    this.#namespace = options.namespace;
  }

  find(kind: string, namespace: string | undefined, name: string): ClusterObject | undefined {
    return this.#byName.get(`${kind}/${namespace ?? this.#namespace}/${name}`);
  }
}
