/**
 * What the API server says of objects is the same each time: when the picture of a unit is made a
 * second time, and in each unit that an object is part of. What no other unit asks for goes with
 * the picture.
 */
import type { ManifestObject } from '../manifest/manifest.ts';
import { type Admission, admit } from './apiserver/admit.ts';
import type { ClusterOptions } from './options.ts';

export class Admissions {
  readonly #known = new Map<
    ManifestObject,
    { readonly key: string; readonly admission: Admission }
  >();
  readonly #isShared: (object: ManifestObject) => boolean;
  readonly #shared: Admissions | undefined;

  /** @param shared knows those of objects that are in several units */
  constructor(shared?: Admissions, isShared: (object: ManifestObject) => boolean = () => false) {
    this.#shared = shared;
    this.#isShared = isShared;
  }

  of(object: ManifestObject, options: ClusterOptions): Admission {
    if (this.#shared !== undefined && this.#isShared(object))
      return this.#shared.of(object, options);
    const key = `${options.kubernetesMinor} ${options.ipFamilies.join()}`;
    const known = this.#known.get(object);
    if (known?.key === key) return known.admission;
    const admission = admit(object, options);
    this.#known.set(object, { key, admission });
    return admission;
  }
}
