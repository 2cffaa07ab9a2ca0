import { defineRule } from '../../src/lint/rule.ts';
import { isKustomizationFile } from '../../src/manifest/kustomization-file.ts';
import type { ManifestDocument } from '../../src/manifest/manifest.ts';

export const kustomizationBroken = defineRule({
  meta: {
    id: 'kustomization-broken',
    category: 'manifest',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [],
    title: 'cannot be built by kustomize',
    summary:
      'A kustomization is no YAML, or has a wrong path, an unknown field or a patch for no object',
    why:
      'kustomize build stops at the first error and prints no object at all, so nothing of ' +
      'the kustomization reaches the cluster',
    fixable: false,
  },
  messages: {
    broken: ({ message }: { message: string }) => message,
  },
  check({ unit, reportDocument }) {
    for (const { document, range, message, help } of [
      ...unit.documents.flatMap(unreadable),
      ...(unit.broken ?? []),
    ])
      reportDocument({
        document,
        kind: 'Kustomization',
        range,
        id: 'broken',
        data: { message },
        ...(help !== undefined && { help }),
      });
  },
});

/** @source kubernetes-sigs/kustomize api/types/kustomization.go `Unmarshal` @v0.21.1 */
function unreadable(document: ManifestDocument) {
  const { file, problem, state } = document;
  return state === 'broken' && problem?.code === 'syntax' && isKustomizationFile(file.path)
    ? [
        {
          document,
          range: problem.range,
          message: `invalid Kustomization: ${problem.message}`,
          help: problem.help,
        },
      ]
    : [];
}
