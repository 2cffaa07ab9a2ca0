/**
 * The two halves of an apiVersion (apimachinery pkg/runtime/schema/group_version.go
 * `ParseGroupVersion`).
 */

/** Group and version of an apiVersion; the group of the core kinds is empty. */
export function splitApiVersion(apiVersion: string): readonly [group: string, version: string] {
  const slash = apiVersion.indexOf('/');
  return slash === -1
    ? ['', apiVersion]
    : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

/** The API group: empty for core kinds. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}
