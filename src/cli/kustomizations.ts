/** Files that kustomizations take from outside of what was named: a base beside the overlay that is linted. */
import { resolve } from 'node:path';
import type { FileSystem } from '../files/file-system.ts';
import { decode } from '../files/decode.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/read.ts';
import { SourceFile } from '../manifest/source.ts';
import { findKustomizations, kustomizationNames } from '../units/kustomization.ts';

/** The manifests, and behind them those that the kustomizations among them refer to, directly or not. */
export function withReferred(
  manifests: readonly Manifest[],
  cwd: string,
  files: FileSystem,
  read: (file: SourceFile) => Manifest = readManifest,
): readonly Manifest[] {
  const known = new Set(manifests.map(({ file }) => file.path));
  const found: Manifest[] = [];
  const take = (path: string): Manifest | undefined => {
    const file = readText(path, cwd, files);
    if (file === undefined) return undefined;
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
        const manifest = take(path) ?? names.reduce<Manifest | undefined>((taken, name) => taken ?? take(name), undefined);
        if (manifest === undefined) known.add(path);
        else next.push(manifest);
      }
    }
    unread = next;
  }
  return found.length === 0 ? manifests : [...manifests, ...found];
}

/** The text at a path as it is shown; undefined where there is no file that holds text. */
export function readText(path: string, cwd: string, files: FileSystem): SourceFile | undefined {
  try {
    const decoded = decode(files.bytes(resolve(cwd, path)));
    return 'text' in decoded ? new SourceFile(path, decoded.text) : undefined;
  } catch {
    return undefined;
  }
}
