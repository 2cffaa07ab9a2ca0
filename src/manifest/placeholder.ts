/** Values that somebody fills in later: a template's `{{ }}`, a shell's or kustomize's `${X}` and `$(X)`. Nothing is known about them. */
const placeholder = /\{\{|\$\{[^}]*\}|\$\([^)]*\)/;

/** Whether a value is not known until something has been filled in. */
export function isPlaceholder(value: unknown): value is string {
  return typeof value === 'string' && (value.includes('{{') || value.includes('$')) && placeholder.test(value);
}
