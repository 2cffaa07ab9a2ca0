/** What `-k` names: a directory with a kustomization. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { kustomizationNames } from '../manifest/kustomization-file.ts';
import { enumerateFew } from '../text/enumerate.ts';
import { didYouMeanPath } from './nearby-path.ts';
import { UsageError } from './usage-error.ts';

const mostNamed = 3;

/** The path of its file. @throws UsageError where there is none, with what may be meant */
export function kustomizationIn(directory: string, cwd: string): string {
  const found = fileIn(directory, cwd);
  if (found !== undefined) return found;
  const absolute = resolve(cwd, directory);
  if (!existsSync(absolute))
    throw new UsageError(`${directory} does not exist${didYouMeanPath(directory, cwd)}`);
  if (!statSync(absolute).isDirectory())
    throw new UsageError(`-k takes a directory, and ${directory} is a file: ${ofFile(directory)}`);
  const below = readdirSync(absolute)
    .map((name) => join(directory, name))
    .filter((path) => fileIn(path, cwd) !== undefined);
  throw new UsageError(
    `${directory} is no kustomization: it holds no ${kustomizationNames[0]}` +
      (below.length === 0 ? '' : `; there is one in ${enumerateFew(below, mostNamed)}`),
  );
}

function fileIn(directory: string, cwd: string): string | undefined {
  return kustomizationNames
    .map((name) => join(directory, name))
    .find((path) => existsSync(resolve(cwd, path)));
}

function ofFile(path: string): string {
  const isKustomization = kustomizationNames.some((name) => path.endsWith(name));
  return isKustomization ? `-k ${dirname(path)}` : 'name it without -k';
}
