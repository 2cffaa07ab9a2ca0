/**
 * From written objects to a folded prediction, and what to leave out of it before two are compared.
 */
import { expect } from 'vitest';
import { type Cluster, predict } from '../../src/cluster/cluster.ts';
import { type ClusterOptions, defaultClusterOptions } from '../../src/cluster/options.ts';
import type { ManifestObject } from '../../src/manifest/manifest.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { canonical, foldCluster } from '../conformance/fold.ts';
import type { Written } from './arbitraries.ts';

export const dualStack: ClusterOptions = {
  ...defaultClusterOptions,
  ipFamilies: ['IPv4', 'IPv6'],
  podIPFamilies: ['IPv4', 'IPv6'],
};

/** One file for each list of objects, one document for each object. */
function readFiles(files: readonly (readonly Written[])[]): ManifestObject[] {
  return files.flatMap((objects, index) =>
    readText(`${index}.yaml`, objects.map((object) => JSON.stringify(object)).join('\n---\n')),
  );
}

export function readText(path: string, text: string): ManifestObject[] {
  return [...readManifest(new SourceFile(path, text)).objects];
}

export function predictObjects(objects: readonly Written[]): Cluster {
  return predict(readFiles([objects]), dualStack);
}

/** What is predicted, as a value that can be compared: order means nothing in it. */
export function fold(objects: readonly Written[]): Written {
  return foldFiles([objects]);
}

export function foldFiles(files: readonly (readonly Written[])[]): Written {
  return foldObjects(readFiles(files));
}

export function foldObjects(objects: readonly ManifestObject[]): Written {
  const cluster = predict(objects, dualStack);
  const refused = Object.fromEntries(
    cluster.objects.refused.map(({ kind, namespace, name, refusals }) => [
      `${kind}/${namespace}/${name}`,
      refusals.length,
    ]),
  );
  return canonical({ ...foldCluster(cluster, 3), refused }) as Written;
}

/**
 * A copy in which `change` has been applied to every field, innermost first; undefined takes the
 * field out, and what is empty then goes with it.
 */
export function mapFields(
  value: unknown,
  change: (key: string, field: unknown) => unknown,
): unknown {
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, field]) => [key, change(key, visit(field))]),
    );
  };
  return canonical(visit(value));
}

export function without(value: unknown, ...keys: readonly string[]): unknown {
  return mapFields(value, (key, field) => (keys.includes(key) ? undefined : field));
}

/** `toEqual` for values that `canonical` made, where thousands are alike. */
export function expectSame(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(actual).toEqual(expected);
}
