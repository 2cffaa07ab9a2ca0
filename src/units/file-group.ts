/** Files that may be one unit or a part of one. */
import { isExclusive } from '../kubernetes/kinds.ts';
import type { Manifest, ManifestObject } from '../manifest/manifest.ts';
import { identity } from './references.ts';

/** Files that may be one unit or a part of one. */
export interface FileGroup {
  readonly directory: string;
  readonly manifests: readonly Manifest[];
  /** All of their objects but those that another alternative replaces. */
  readonly objects: readonly ManifestObject[];
  readonly identities: ReadonlySet<string>;
  /** The manifest that is laid over the others, where there are alternatives. */
  readonly first?: Manifest;
  /** What a collection has besides its alternatives: no file is laid over the others. */
  readonly isRest?: true;
  /**
   * Other files may have to do with it, which are not part of it: all groups together hold as much
   * as is judged.
   */
  readonly isCut?: true;
}

export function group(directory: string, manifests: readonly Manifest[]): FileGroup {
  const objects = manifests.flatMap((manifest) => manifest.objects);
  return { directory, manifests, objects, identities: new Set(identitiesOf(objects)) };
}

export function identitiesOf(objects: readonly ManifestObject[]): string[] {
  return objects.filter(isIdentified).map(identity);
}

/** Whether two of it could not be in one cluster. */
function isIdentified(object: ManifestObject): boolean {
  return isExclusive(object.kind) && object.name !== '';
}
