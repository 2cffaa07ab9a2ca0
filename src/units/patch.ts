/** kustomize patches, as far as one must know them without rendering: which objects they change. */

/** The objects that a patch applies to, by kind and name; a part left out fits all. Both may be regular expressions (kustomize api/types/selector.go). */
export interface Patch {
  /** The file that has it. */
  readonly source: string;
  readonly kind?: string;
  readonly name?: string;
}

/** The first patch that changes an object: what comes of it is not known before it is rendered. */
export function patchOf({ kind, name }: { readonly kind: string; readonly name: string }, patches: readonly Patch[]): Patch | undefined {
  return patches.find((patch) => fits(patch.kind, kind) && fits(patch.name, name));
}

/** kustomize anchors its regular expressions (`NewSelectorRegex`). */
function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined || pattern === text) return true;
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return false;
  }
}
