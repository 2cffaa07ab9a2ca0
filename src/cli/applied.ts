/**
 * Manifests as `kubectl apply -f` takes them, one cluster unless --unit says otherwise: what `get`,
 * `describe`, `trace` and `verify` look at.
 */
import { resolve } from 'node:path';
import { rules } from '../../rules/index.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { Picture } from '../project/project.ts';
import { kindsBehind } from '../report/get/resources.ts';
import { shownPictures } from './clusters.ts';
import { loadConfig, type LoadedConfig } from './config.ts';
import { filesFor } from './files.ts';
import type { CommandLine } from './flags.ts';
import { inputPaths, namesInput, type ReadProject, readProject, refusePipe } from './inputs.ts';
import type { Io } from './io.ts';
import { settingsOf } from './settings.ts';

export interface Applied {
  readonly read: ReadProject;
  /** With nothing in them that is only assumed to be there. */
  readonly shown: readonly Picture[];
}

/**
 * Reads the configuration first, so that its mistakes are told before anything else is read.
 *
 * @param others paths beside the manifests that are to be read, too: a dump, which is no manifest
 *   where it lies among them
 * @param words of kinds that are to be shown
 * @throws UsageError
 */
export async function openApplied(
  command: 'get' | 'describe' | 'trace' | 'verify',
  paths: readonly string[],
  line: CommandLine,
  io: Io,
  others: readonly string[] = [],
  words: readonly string[] = [],
): Promise<{ readonly files: FileSystem; readonly read: () => Promise<Applied> }> {
  if (!others.includes('-')) await refusePipe(command, paths, line, io);
  const named = inputPaths(paths, line);
  const files = filesFor([...named, ...others], line, io);
  const loaded = await loadConfig(named, rules, line, io, { files, runsRules: false });
  const apart = new Set(others.map((path) => resolve(io.cwd, path)));
  const config: LoadedConfig = {
    ...loaded,
    isIgnored: (path, isDirectory) => apart.has(path) || loaded.isIgnored(path, isDirectory),
  };
  const settings = settingsOf(line, command, config, 'applied');
  return {
    files,
    read: async () => {
      // A cluster has no directories: whoever names none means all that lint would read.
      const all = !namesInput(paths, line);
      const recursive = all || line.has('recursive');
      const wanted = new Set(words.flatMap(kindsBehind));
      const reading = { recursive, gitignore: all, config, settings, files, wanted };
      const read = await readProject(paths, line, io, reading);
      return { read, shown: shownPictures(read) };
    },
  };
}
