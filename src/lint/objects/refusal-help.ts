/** What to do about a refusal, where the API server does not say it. */
import type { Refusal } from '../../cluster/apiserver/refusal.ts';
import { formatPairs } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { isMissingSelector } from '../../cluster/repair/repair.ts';
import { asJsonObject } from '../../kubernetes/json.ts';
import { nodeAt, toJson } from '../../manifest/node.ts';
import { meantAnnotation } from './misspelt-annotations.ts';

export function refusalHelp(object: ClusterObject, refusal: Refusal): string | undefined {
  return selectorHelp(object, refusal) ?? annotationHelp(refusal);
}

/** A workload without a selector was meant to select what its template has. */
function selectorHelp(object: ClusterObject, refusal: Refusal): string | undefined {
  if (!isMissingSelector(refusal, object.source.node)) return undefined;
  const labels = nodeAt(object.source.node, ['spec', 'template', 'metadata', 'labels']);
  const pairs = labels === undefined ? undefined : asJsonObject(toJson(labels));
  return pairs === undefined || Object.keys(pairs).length === 0
    ? undefined
    : `add spec.selector.matchLabels with labels of the template: ${formatPairs(
        Object.fromEntries(Object.entries(pairs).map(([key, value]) => [key, String(value)])),
      )}`;
}

function annotationHelp({ path }: Refusal): string | undefined {
  const [parent, key] = path.slice(-2);
  const meant = parent === 'annotations' ? meantAnnotation(String(key)) : undefined;
  return meant && `did you mean ${meant}?`;
}
