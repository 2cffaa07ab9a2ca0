/** What kustomizations and the like name and is not there, as far as texts tell. */
import type { Manifest } from '../manifest/manifest.ts';
import { lazily } from '../memo.ts';
import { addTo } from '../multimap.ts';
import { absentPaths } from '../units/kustomize/absent-paths.ts';
import type { AbsentPaths } from '../units/kustomize/broken.ts';
import { baseName, directoryOf } from '../units/paths.ts';

/**
 * As if the manifests were all the files below one directory; what lies outside of it is unknown.
 * @param mayExist paths for which it answers yes may be there all the same
 */
export function absentAmong(
  manifests: readonly Manifest[],
  mayExist: (path: string) => boolean = () => false,
): AbsentPaths {
  const files = new Set(manifests.map(({ file }) => file.path));
  const names = lazily(() => namesByDirectory(files));
  return absentPaths(manifests, {
    look(path) {
      if (files.has(path)) return 'file';
      if (names().has(path)) return 'directory';
      return /^(\.\.|\/)/.test(path) || mayExist(path) ? 'unknown' : 'nothing';
    },
    names: (directory) => names().get(directory) ?? [],
  });
}

/** What stands in each directory, and in those above it. */
function namesByDirectory(files: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  const listed = new Set<string>();
  for (const file of files) {
    for (let path = file; !listed.has(path); path = directoryOf(path)) {
      listed.add(path);
      if (path === '.' || path === '/') break;
      addTo(names, directoryOf(path), baseName(path));
    }
  }
  return names;
}
