/** What a link is: fields of several objects that agree. */
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { ManifestObject } from '../../src/manifest/manifest.ts';
import type { MutationId, Target } from './mutations.ts';

/**
 * What the two sides must agree on: a finding about another aspect of the same objects does not
 * explain the fault.
 */
export type Aspect = 'selection' | 'port' | 'name';

export interface End extends Target {
  readonly aspect: Aspect;
  readonly mutations: readonly MutationId[];
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
