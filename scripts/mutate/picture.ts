/** The picture of one unit as the linter draws it, and the links in it by identity. */
import type { Cluster } from '../../src/cluster/cluster.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { judgedCluster } from '../../src/lint/judged-cluster.ts';
import type { ManifestObject } from '../../src/manifest/manifest.ts';
import type { SourceFile } from '../../src/manifest/source.ts';
import type { Unit } from '../../src/units/unit.ts';
import type { Link } from './link.ts';
import { linksOf } from './links.ts';

export interface Picture {
  readonly links: ReadonlyMap<string, Link>;
  /** What `purposeOf` says of each. */
  readonly purposes: ReadonlySet<string>;
  /** Identities of objects that the API server refuses. */
  readonly refused: ReadonlySet<string>;
  readonly namespaces: readonly string[];
}

/** Where an offset was before the file was edited. */
export type ToOriginal = (file: SourceFile, offset: number) => number;

export function picture(unit: Unit, toOriginal: ToOriginal): Picture {
  const cluster = judgedCluster(unit, unit.objects, defaultClusterOptions, () => false);
  const links = linksOf(cluster).map((link): [string, Link] => [linkKey(link, toOriginal), link]);
  return {
    links: new Map(links),
    purposes: new Set(links.map(([key, link]) => purposeOf(key, link))),
    refused: new Set(cluster.objects.refused.map(({ source }) => objectKey(source, toOriginal))),
    namespaces: namespacesOf(cluster),
  };
}

/** By place, for names are what mutations change. */
export function objectKey(
  { document, node, original }: ManifestObject,
  toOriginal: ToOriginal,
): string {
  return `${document.file.path}@${toOriginal(document.file, (original?.node ?? node).range[0])}`;
}

/**
 * What a link is for, whoever fulfils it: links of a Service port to several workloads have one
 * purpose.
 */
export function purposeOf(key: string, { oneOfMany }: Link): string {
  return oneOfMany === true ? key.slice(0, key.lastIndexOf('\n')) : key;
}

function linkKey({ kind, identity }: Link, toOriginal: ToOriginal): string {
  return [
    kind,
    ...identity.map((part) => (typeof part === 'string' ? part : objectKey(part, toOriginal))),
  ].join('\n');
}

function namespacesOf({ objects }: Cluster): string[] {
  return [
    ...new Set(
      objects.all.flatMap(({ namespace, kind, name }) =>
        kind === 'Namespace' ? [name] : namespace === undefined ? [] : [namespace],
      ),
    ),
  ].sort();
}
