/**
 * A patch that names an object which is not there: `kustomize build` fails with it
 * (api/resmap/reswrangler.go `GetById`).
 */
import { splitApiVersion } from '../../kubernetes/group-version.ts';
import { isKustomizationFile } from '../../manifest/kustomization-file.ts';
import type { Manifest, ManifestDocument } from '../../manifest/manifest.ts';
import { childOf, type MapNode } from '../../manifest/node.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { type BrokenEntry, documentAt } from './broken.ts';
import type { Resource, ResourceId } from './resource.ts';

/** What is gathered where the patch is applied. */
interface Gathered {
  readonly manifests: ReadonlySet<Manifest>;
  readonly missing: ReadonlySet<string>;
}

/**
 * Empty where the object may be there all the same: generated, of another tool, in a document that
 * was not parsed.
 */
export function unmatchedPatch(
  id: ResourceId,
  tree: MapNode,
  resources: readonly Resource[],
  { manifests, missing }: Gathered,
  file: Manifest,
): BrokenEntry[] {
  const { apiVersion, kind, name, namespace } = id;
  const isGenerated = kind === 'ConfigMap' || kind === 'Secret';
  if (isGenerated || [apiVersion, kind, name].some((part) => part === '' || isPlaceholder(part)))
    return [];
  const isRead = isAllRead(resources, { manifests, missing }, kind);
  const at = childOf(childOf(tree, 'metadata'), 'name') ?? tree;
  const document = documentAt(file, at.range);
  if (!isRead || document === undefined) return [];
  const [group, version] = splitApiVersion(apiVersion);
  const type = `${kind}.${version}.${group === '' ? '[noGrp]' : group}`;
  const written = `${type}/${name}.${namespace ?? '[noNs]'}`;
  return [
    {
      document,
      range: at.range,
      message: `no matches for Id ${written}; failed to find unique target for patch`,
      help: helpFor(id, resources),
    },
  ];
}

/**
 * Whether all resources were read, and nothing that is not known changes them; a document of
 * another kind that was not parsed is none of those that are asked for.
 */
export function isAllRead(
  resources: readonly Resource[],
  { manifests, missing }: Gathered,
  kind: string | undefined,
): boolean {
  if (missing.size > 0 || resources.some(({ unsettled }) => unsettled !== undefined)) return false;
  const mayHold = (document: ManifestDocument): boolean =>
    document.state === 'skipped'
      ? kind === undefined || document.kind === kind
      : document.state !== 'objects' && document.state !== 'empty';
  return [...manifests].every(
    (one) => isKustomizationFile(one.file.path) || !one.documents.some(mayHold),
  );
}

function helpFor(
  { apiVersion, kind, name, namespace }: ResourceId,
  resources: readonly Resource[],
): string {
  const alike = resources.filter((resource) => resource.kind === kind);
  const same = alike.find(
    (resource) => resource.name === name || resource.previous.some((id) => id.name === name),
  );
  if (same !== undefined && same.apiVersion !== apiVersion)
    return `write apiVersion: ${same.apiVersion}, of which ${kind} ${name} is`;
  if (same !== undefined && same.namespace !== namespace)
    return same.namespace === undefined
      ? `take out the namespace, which ${kind} ${name} does not have yet`
      : `add namespace: ${same.previous[0]?.namespace ?? same.namespace}, in which ${kind} ` +
          `${name} is`;
  const near =
    nearestName(
      name,
      alike.map((resource) => resource.source.name),
    ) ?? (alike.length === 1 ? alike[0]?.source.name : undefined);
  return near === undefined
    ? `correct the name, or add a ${kind} ${name} to the resources`
    : `change it to ${near}`;
}
