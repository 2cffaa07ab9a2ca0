/**
 * Files that kustomizations take from outside of what was named: a base beside the overlay that is
 * linted.
 */
import { dirname, resolve } from 'node:path';
import { decode } from '../files/decode.ts';
import type { FileSystem } from '../files/file-system.ts';
import { GitIgnore } from '../files/gitignore.ts';
import type { InputProblem } from '../files/inputs.ts';
import { systemProblem } from '../files/system-problem.ts';
import { Writers } from '../files/writers.ts';
import { kustomizationNames } from '../manifest/kustomization-file.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/read.ts';
import { SourceFile } from '../manifest/source.ts';
import { findKustomizations } from '../units/kustomization.ts';
import { absentPaths } from '../units/kustomize/absent-paths.ts';
import type { AbsentPaths } from '../units/kustomize/broken.ts';

export interface Referred {
  readonly manifests: readonly Manifest[];
  /** What is there and could not be read. */
  readonly problems: readonly InputProblem[];
}

/**
 * The manifests, and behind them those that the kustomizations among them refer to, directly or
 * not.
 */
export function withReferred(
  manifests: readonly Manifest[],
  cwd: string,
  files: FileSystem,
  read: (file: SourceFile) => Manifest = readManifest,
): Referred {
  const known = new Set(manifests.map(({ file }) => file.path));
  const found: Manifest[] = [];
  const problems: InputProblem[] = [];
  const take = (path: string): Manifest | undefined => {
    const file = textOrProblem(path, cwd, files);
    if (file === undefined) return undefined;
    if (!(file instanceof SourceFile)) {
      known.add(path);
      problems.push(file);
      return undefined;
    }
    const manifest = read(file);
    known.add(path);
    found.push(manifest);
    return manifest;
  };
  for (let unread: readonly Manifest[] = manifests; unread.length > 0;) {
    const next: Manifest[] = [];
    for (const { resources, components, patchFiles } of findKustomizations(unread).values()) {
      for (const path of [...resources, ...components, ...patchFiles]) {
        const names = kustomizationNames.map((name) => (path === '.' ? name : `${path}/${name}`));
        if (known.has(path) || names.some((name) => known.has(name))) continue;
        const manifest =
          take(path) ??
          names.reduce<Manifest | undefined>((taken, name) => taken ?? take(name), undefined);
        if (manifest === undefined) known.add(path);
        else next.push(manifest);
      }
    }
    unread = next;
  }
  return { manifests: found.length === 0 ? manifests : [...manifests, ...found], problems };
}

/** The text at a path as it is shown; undefined where there is no file that holds text. */
export function readText(path: string, cwd: string, files: FileSystem): SourceFile | undefined {
  const file = textOrProblem(path, cwd, files);
  return file instanceof SourceFile ? file : undefined;
}

/** Undefined where there is no file. */
function textOrProblem(
  path: string,
  cwd: string,
  files: FileSystem,
): SourceFile | InputProblem | undefined {
  try {
    const decoded = decode(files.bytes(resolve(cwd, path)));
    return 'text' in decoded
      ? new SourceFile(path, decoded.text)
      : { path, explicit: false, ...decoded };
  } catch (error) {
    const problem = systemProblem(path, error, false);
    const isNoFile =
      problem.code === 'missing' || (error as NodeJS.ErrnoException).code === 'EISDIR';
    return isNoFile ? undefined : problem;
  }
}

/**
 * What kustomizations and the like name and is not there; what git or the configuration ignores,
 * or a script writes, may be generated, and counts as unknown.
 */
export function absentFiles(
  manifests: readonly Manifest[],
  cwd: string,
  files: FileSystem,
  isIgnored: (path: string, isDirectory: boolean) => boolean = () => false,
): AbsentPaths {
  const known = new Set(manifests.map(({ file }) => file.path));
  const writers = new Writers(files, cwd);
  return absentPaths(manifests, {
    look(path) {
      if (known.has(path)) return 'file';
      const absolute = resolve(cwd, path);
      try {
        // Files only: kustomize takes directories from anywhere.
        if (files.isOutside(absolute))
          return files.exists(absolute) && files.isDirectory(absolute) ? 'unknown' : 'outside';
        if (files.exists(absolute)) return files.isDirectory(absolute) ? 'directory' : 'file';
        let above = dirname(absolute);
        while (!files.exists(above)) above = dirname(above);
        const ignored = [true, false].some(
          (isDirectory) =>
            isIgnored(absolute, isDirectory) ||
            GitIgnore.within(above, files, cwd).ignores(absolute, isDirectory),
        );
        return ignored || writers.write(absolute, above) ? 'unknown' : 'nothing';
      } catch {
        return 'unknown';
      }
    },
    names(directory) {
      try {
        return files.list(resolve(cwd, directory)).map(({ name }) => name);
      } catch {
        return [];
      }
    },
  });
}
