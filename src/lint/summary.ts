/** What was looked at. */
import type { EndpointState } from '../cluster/endpoint-state.ts';
import { isKustomizationFile } from '../manifest/kustomization-file.ts';
import type { Manifest, ManifestDocument } from '../manifest/manifest.ts';
import { getOwn, setOwn } from '../own.ts';
import type { LintSummary } from './diagnostic.ts';

export function summarize(
  manifests: readonly Manifest[],
  results: readonly { readonly endpoints: readonly EndpointState[] }[],
): LintSummary {
  const states = results.flatMap((result) => result.endpoints);
  const endpoints: Record<EndpointState, number> = { reached: 0, unknown: 0, none: 0 };
  for (const state of states) endpoints[state] += 1;
  const documents = manifests.flatMap((manifest) => manifest.documents);
  const inState = (state: string): number =>
    documents.filter((document) => document.state === state).length;
  const skipped: Record<string, number> = {};
  const kinds = documents.flatMap(({ state, kind = '?' }) => (state === 'skipped' ? [kind] : []));
  for (const kind of kinds.sort()) setOwn(skipped, kind, (getOwn(skipped, kind) ?? 0) + 1);
  return {
    files: manifests.length,
    documents: documents.length - inState('empty'),
    objects: manifests.reduce((sum, { objects }) => sum + objects.length, 0),
    units: results.length,
    services: states.length,
    endpoints,
    skipped,
    foreign: documents.filter(isForeign).length,
    templates: inState('template'),
    broken: inState('broken'),
    invalid: manifests.filter(isInvalid).length,
  };
}

/** A kustomization may leave apiVersion and kind out, and is read all the same. */
function isForeign({ state, file, problem }: ManifestDocument): boolean {
  const isKustomization = isKustomizationFile(file.path) && problem === undefined;
  return state === 'foreign' && !isKustomization;
}

/** Text that is not a YAML at all, and in which nothing is Kubernetes'. */
function isInvalid({ documents }: Manifest): boolean {
  return documents.some(({ state, problem }) => state === 'foreign' && problem?.code === 'syntax');
}
