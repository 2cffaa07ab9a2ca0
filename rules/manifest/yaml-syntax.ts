import { onlyApiVersion } from '../../src/cluster/apiserver/served-kinds.ts';
import type { MinorVersion } from '../../src/cluster/options.ts';
import { scalarText } from '../../src/lint/fixes/scalar-text.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { countBefore } from '../../src/lists.ts';
import { isKustomizationFile } from '../../src/manifest/kustomization-file.ts';
import type { ManifestDocument, ManifestObject } from '../../src/manifest/manifest.ts';
import type { SourceFile } from '../../src/manifest/source.ts';
import { addTo } from '../../src/multimap.ts';

export const yamlSyntax = defineRule({
  meta: {
    id: 'yaml-syntax',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'cannot be read by kubectl',
    summary: 'A document is not what kubectl can decode',
    why:
      'kubectl decodes a file document by document; one that is not well-formed, or has no ' +
      'apiVersion and kind, is refused before it reaches the cluster',
    fixable: true,
  },
  messages: {
    problem: ({ message }: { message: string }) => message,
  },
  check({ cluster, unit, reportDocument }) {
    const lostBehind = countLost(unit.objects);
    for (const document of unit.documents) {
      const { file, problem, state } = document;
      if (state !== 'broken' || problem === undefined) continue;
      // A wrong type in metadata is one like any other: see wrong-type; and lost-indentation.
      if (problem.code === 'metadata' || problem.code === 'flat') continue;
      // Nobody but kustomize reads it: see kustomization-broken.
      if (problem.code === 'syntax' && isKustomizationFile(file.path)) continue;
      // Not what kubectl would say: `lint` tells it as what it is.
      if (problem.code === 'limit' || problem.code === 'fault') continue;
      const help = problem.help ?? missingTypeHelp(document, cluster.options.kubernetesMinor);
      const lost = lostBehind(document);
      reportDocument({
        document,
        range: problem.range,
        id: 'problem',
        data: { message: problem.message },
        ...(lost > 0 &&
          problem.code !== 'list' && {
            why:
              'kubectl stops reading the file here: ' +
              `${lost === 1 ? 'the object' : `the ${lost} objects`} behind it ` +
              `${lost === 1 ? 'does' : 'do'} not reach the cluster either`,
          }),
        ...(help !== undefined && { help }),
        ...(problem.meantKey !== undefined && {
          fixes: [
            {
              title: `rename it to ${problem.meantKey}`,
              safety: 'safe',
              edits: [
                {
                  range: problem.range,
                  text: scalarText(problem.meantKey, file.text.slice(...problem.range)),
                },
              ],
            },
          ],
        }),
      });
    }
  },
});

/**
 * A kind tells its apiVersion, where Kubernetes has it only once; but somebody else may have one of
 * that name.
 */
function missingTypeHelp(
  { problem, apiVersion, kind }: ManifestDocument,
  minor: MinorVersion,
): string | undefined {
  if (problem?.code !== 'type-meta') return undefined;
  if (apiVersion !== undefined) return 'add the kind of the object';
  const known = kind === undefined ? undefined : onlyApiVersion(kind, minor);
  return known === undefined
    ? 'add the apiVersion of the kind; kubectl api-resources lists what there is'
    : `add apiVersion: ${known}`;
}

/** How many objects of a file are behind a document, and lost with it. */
function countLost(objects: readonly ManifestObject[]): (document: ManifestDocument) => number {
  const places = new Map<SourceFile, number[]>();
  for (const { afterBroken, document } of objects)
    if (afterBroken) addTo(places, document.file, document.index);
  for (const own of places.values()) own.sort((a, b) => a - b);
  return ({ file, index }) => {
    const own = places.get(file) ?? [];
    return own.length - countBefore(own.length, (at) => (own[at] ?? 0) <= index);
  };
}
