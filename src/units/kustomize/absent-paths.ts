/** Which paths that kustomizations, Flux and Argo CD name are not there. */
import { isKustomizationFile, kustomizationNames } from '../../manifest/kustomization-file.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { entryOf } from '../../multimap.ts';
import { nearestIn } from '../../text/name-index.ts';
import type { KnownFiles } from '../known-files.ts';
import { findKustomizations } from '../kustomization.ts';
import { lostPaths } from '../lost-paths.ts';
import { baseName, directoryOf } from '../paths.ts';
import { type AbsentPath, refusalOf, requiredPaths } from './broken.ts';

/**
 * Whoever gathers manifests may leave everything else behind: a JSON patch that is not there says
 * little.
 */
const isNoYaml = /\.(?!ya?ml$)\w+$/i;

/** `web.yaml.j2`: a program writes manifests from it, under names of its choice. */
const isTemplate = /\.(?:j2|jinja2?|erb)$|\.(?:ya?ml|json)\.(?:tmpl|tpl|gotmpl|template|in)$/i;

/**
 * Of so many paths one at least is there, unless it is a sample, or a program fills the directory.
 */
const fewestOfSample = 3;

export function absentPaths(
  manifests: readonly Manifest[],
  files: KnownFiles,
): Map<string, AbsentPath> {
  const refused = refusedIn(manifests);
  const absent = new Map(lostPaths(manifests, files, refused));
  const names = new Map<string, readonly string[]>();
  const namesIn = (directory: string): readonly string[] =>
    entryOf(names, directory, () => files.names(directory));
  const isNowhere = (path: string): boolean => ['nothing', 'outside'].includes(files.look(path));
  for (const kustomization of findKustomizations(manifests).values()) {
    const found = new Map<string, AbsentPath>();
    const required = new Set(requiredPaths(kustomization));
    for (const path of required) {
      const state = absent.get(path) ?? refused.get(path) ?? stateOf(path, files, namesIn);
      if (state !== undefined) found.set(path, state);
    }
    const isSample = required.size >= fewestOfSample && [...required].every(isNowhere);
    for (const [path, state] of found)
      if (!isSample || state.near !== undefined) absent.set(path, state);
  }
  return absent;
}

/** Directories whose kustomization is an object of another kind. */
function refusedIn(manifests: readonly Manifest[]): Map<string, AbsentPath> {
  return new Map(
    manifests.flatMap((manifest) => {
      const { path } = manifest.file;
      const refused = isKustomizationFile(path) ? refusalOf(manifest) : undefined;
      return refused === undefined ? [] : [[directoryOf(path), { state: 'refused', refused }]];
    }),
  );
}

/** Undefined where it is there, or may come to be. */
function stateOf(
  path: string,
  files: KnownFiles,
  namesIn: (directory: string) => readonly string[],
): AbsentPath | undefined {
  const found = files.look(path);
  if (found === 'outside') return { state: 'outside' };
  if (found === 'directory') {
    const isKustomized = namesIn(path).some((name) => kustomizationNames.includes(name));
    const mayBe = (name: string): boolean => files.look(`${path}/${name}`) === 'unknown';
    return isKustomized || kustomizationNames.some(mayBe)
      ? undefined
      : { state: 'no-kustomization' };
  }
  if (found !== 'nothing') return undefined;
  const beside = namesIn(directoryOf(path));
  const near = nearestIn(baseName(path), beside);
  const isMade = beside.some((name) => isTemplate.test(name));
  if (isMade && (near === undefined || isTemplate.test(near))) return undefined;
  if (near === undefined && isNoYaml.test(path)) return undefined;
  return { state: 'nothing', ...(near !== undefined && { near }) };
}
