/**
 * Manifests below a directory, in the order kubectl visits them (cli-runtime
 * pkg/resource/visitor.go `ExpandPathsToFileVisitors`).
 */
import { join } from 'node:path';
import { mostDirectoryDepth } from '../text/limits.ts';
import { disk } from './disk.ts';
import { type Entry, type FileSystem, systemError } from './file-system.ts';
import { GitIgnore } from './gitignore.ts';
import { isConfigName, ownFiles } from './own-files.ts';

export interface Walk {
  /**
   * Absolute paths, lexical within each directory; symbolic links to directories are not followed,
   * as kubectl does not.
   */
  readonly files: string[];
  /** Those of `files` that are symbolic links. */
  readonly links: Set<string>;
  /** Directories with a Chart.yaml; nothing in them is listed. */
  readonly charts: string[];
  /** What would be the configuration of its directory. */
  readonly configs: string[];
  /** Directories that could not be listed. */
  readonly unlisted: { readonly path: string; readonly error: NodeJS.ErrnoException }[];
}

/** kustomize takes one of its names without an ending. */
const manifest = /\.(yaml|yml|json)$|^Kustomization$/;
/** Never manifests of one's own. */
const passedOver = new Set(['.git', 'node_modules']);

export function isManifestName(name: string): boolean {
  return manifest.test(name);
}

export interface WalkOptions {
  readonly recursive: boolean;
  readonly gitignore: boolean;
  /** Charts are entered like any directory: a pattern says itself what it is after. */
  readonly charts?: boolean;
  /** Files are listed whatever their name. */
  readonly anyName?: boolean;
  /** What is left out besides. */
  readonly isIgnored?: (path: string, isDirectory: boolean) => boolean;
  /** Is told of every directory before it is listed. */
  readonly onDirectory?: () => void;
  /** Instead of the disk. */
  readonly files?: FileSystem;
}

/** `directory` is absolute. */
export function walk(directory: string, options: WalkOptions): Walk {
  const {
    recursive,
    gitignore,
    charts = false,
    anyName = false,
    isIgnored,
    onDirectory,
    files = disk,
  } = options;
  const found: Walk = { files: [], links: new Set(), charts: [], configs: [], unlisted: [] };
  visit(0, directory, gitignore ? GitIgnore.above(directory, files) : GitIgnore.none);
  return found;

  function visit(depth: number, at: string, above: GitIgnore): void {
    let entries: Entry[];
    onDirectory?.();
    try {
      if (depth > mostDirectoryDepth) throw systemError('EDEPTH', at);
      entries = files.list(at);
    } catch (error) {
      found.unlisted.push({ path: at, error: error as NodeJS.ErrnoException });
      return;
    }
    if (!charts && entries.some(({ name }) => name === 'Chart.yaml')) {
      found.charts.push(at);
      return;
    }
    const ignored = gitignore
      ? above.enter(
          at,
          entries.some(({ name }) => name === '.gitignore'),
        )
      : above;
    for (const entry of entries.sort(byName)) {
      const path = join(at, entry.name);
      const isDirectory = entry.isDirectory();
      if (!isDirectory && isConfigName(entry.name)) found.configs.push(path);
      if (
        isDirectory
          ? !recursive || passedOver.has(entry.name)
          : ownFiles.has(entry.name) || (!anyName && !manifest.test(entry.name))
      )
        continue;
      if (ignored.ignores(path, isDirectory) || isIgnored?.(path, isDirectory) === true) continue;
      if (isDirectory) visit(depth + 1, path, ignored);
      else {
        found.files.push(path);
        if (!entry.isFile()) found.links.add(path);
      }
    }
  }
}

function byName(a: Entry, b: Entry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
