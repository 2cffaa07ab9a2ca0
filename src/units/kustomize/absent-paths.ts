/** Which paths that kustomizations, Flux and Argo CD name are not there. */
import type { Manifest } from '../../manifest/manifest.ts';
import { entryOf } from '../../multimap.ts';
import { nearestIn } from '../../text/name-index.ts';
import type { KnownFiles } from '../known-files.ts';
import { findKustomizations, kustomizationNames } from '../kustomization.ts';
import { lostPaths } from '../lost-paths.ts';
import { baseName, directoryOf } from '../paths.ts';
import { type AbsentPath, requiredPaths } from './broken.ts';

/**
 * Whoever gathers manifests may leave everything else behind: a JSON patch that is not there says
 * little.
 */
const isNoYaml = /\.(?!ya?ml$)\w+$/i;

/** `web.yaml.j2`: a program writes manifests from it, under names of its choice. */
const isTemplate = /\.(?:j2|jinja2?|erb)$|\.(?:ya?ml|json)\.(?:tmpl|tpl|gotmpl|template|in)$/i;

export function absentPaths(
  manifests: readonly Manifest[],
  files: KnownFiles,
): Map<string, AbsentPath> {
  const absent = new Map(lostPaths(manifests, files));
  const names = new Map<string, readonly string[]>();
  const namesIn = (directory: string): readonly string[] =>
    entryOf(names, directory, () => files.names(directory));
  for (const kustomization of findKustomizations(manifests).values()) {
    for (const path of requiredPaths(kustomization)) {
      if (absent.has(path)) continue;
      const found = files.look(path);
      if (
        found === 'directory' &&
        !namesIn(path).some((name) => kustomizationNames.includes(name))
      ) {
        const isUnknown = kustomizationNames.some(
          (name) => files.look(`${path}/${name}`) === 'unknown',
        );
        if (!isUnknown) absent.set(path, { state: 'no-kustomization' });
      }
      if (found === 'outside') absent.set(path, { state: 'outside' });
      if (found !== 'nothing') continue;
      const beside = namesIn(directoryOf(path));
      const near = nearestIn(baseName(path), beside);
      if (
        beside.some((name) => isTemplate.test(name)) &&
        (near === undefined || isTemplate.test(near))
      )
        continue;
      if (near === undefined && isNoYaml.test(path)) continue;
      absent.set(path, { state: 'nothing', ...(near !== undefined && { near }) });
    }
  }
  return absent;
}
