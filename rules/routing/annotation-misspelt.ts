import type { ClusterObject } from '../../src/cluster/objects.ts';
import { isWithin } from '../../src/cluster/repair/repair.ts';
import { asJsonObject, fieldAt, type Path } from '../../src/kubernetes/json.ts';
import { changeTo } from '../../src/lint/fixes/change-to.ts';
import { meantAnnotation } from '../../src/lint/objects/misspelt-annotations.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';

const messages = {
  meant: ({ key, meant }: { key: string; meant: string }) =>
    `no controller reads "${key}"; did you mean "${meant}"?`,
};

export const annotationMisspelt = defineRule({
  meta: {
    id: 'annotation-misspelt',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: [],
    title: 'has an annotation that nobody reads',
    summary: 'The key of an annotation is a typo away from one that a controller looks for',
    why:
      'the API server stores any annotation, and a controller looks for its own by their very ' +
      'names: one that is misspelt does nothing, and nobody says so',
    fixable: true,
  },
  messages,
  check({ cluster, report }) {
    const { objects, pods } = cluster;
    for (const object of objects.all) checkKeys(object, ['metadata', 'annotations'], report);
    for (const { workload, templatePath } of pods.all)
      if (templatePath.length > 0)
        checkKeys(workload, [...templatePath, 'metadata', 'annotations'], report);
  },
});

function checkKeys(
  object: ClusterObject,
  path: Path,
  report: RuleContext<typeof messages>['report'],
): void {
  const written = Object.keys(asJsonObject(fieldAt(object.value, ...path)) ?? {});
  for (const key of written) {
    const meant = meantAnnotation(key);
    // For two releases of a controller.
    if (meant === undefined || written.includes(meant)) continue;
    // A key that is none: rejected-object tells what was meant.
    if (object.refusals.some((refusal) => isWithin(refusal.path, [...path, key]))) continue;
    report({
      object,
      at: [...path, key],
      part: 'key',
      id: 'meant',
      data: { key, meant },
      ...changeTo(meant, 'unsafe'),
    });
  }
}
