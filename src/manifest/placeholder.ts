/**
 * Values that somebody fills in later. Nothing is known about them, so they are neither right nor wrong:
 * `{{ }}` of a template, `${X}` `$(X)` `$X` of a shell or kustomize, and the marks that people put in place of a value by hand.
 */
const placeholders = [
  /\{\{/,
  /\$\{[^}]*\}|\$\([^)]*\)|\$[A-Z_][A-Z0-9_]*/,
  /^<[^<>]+>$|<[A-Za-z][\w .-]*>/,
  /%%?[A-Za-z_]\w*%%?|@@?[A-Za-z_]\w*@@?|__[A-Za-z]\w*__|\(\([\w .-]+\)\)|#\{[^}]*\}#?/,
  // IMAGE_NAME, PORT, CHANGEME: no name, label or port that anybody would choose looks like that.
  /^(?:(?=.{5})[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|(?:[A-Z]*(?:PORT|NAME|NAMESPACE|IMAGE|HOST|VERSION|TAG))|CHANGE_?ME|REPLACE_?ME|TODO|X{3,})$/,
];

/** What every placeholder has; most values have none of it. */
const mark = /[{$<%@(#]|__|^[A-Z][A-Z0-9_]+$/;

/** Whether a value is not known until something has been filled in. */
export function isPlaceholder(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    mark.test(value) &&
    placeholders.some((placeholder) => placeholder.test(value))
  );
}
