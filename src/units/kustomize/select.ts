/**
 * Which resources a patch is for (kustomize api/types/selector.go, api/resmap/reswrangler.go
 * `Select`).
 */
import { splitApiVersion } from '../../kubernetes/group-version.ts';
import { meetsAll, parseLabelQuery } from '../../kubernetes/label-query.ts';
import { textOf } from '../../manifest/edit.ts';
import { childOf, type Node } from '../../manifest/node.ts';
import { anchoredRegex, isPattern } from '../../text/regex.ts';
import { effectiveNamespace, originalId, type Resource } from './resource.ts';

/** All parts must fit; one that is left out fits anything. */
export interface Target {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

export function isSelected(resource: Resource, target: Target): boolean {
  // Most targets are told apart by kind and name, which cost least.
  if (!fits(target.kind, resource.kind)) return false;
  const original = originalId(resource);
  if (!fits(target.name, original.name) && !fits(target.name, resource.name)) return false;
  const [group, version] = splitApiVersion(resource.apiVersion);
  const metadata = childOf(resource.node, 'metadata');
  return (
    (fits(target.namespace, effectiveNamespace(original)) ||
      fits(target.namespace, effectiveNamespace(resource))) &&
    fits(target.group, group) &&
    fits(target.version, version) &&
    matchesLabels(target.labelSelector, childOf(metadata, 'labels')) &&
    matchesLabels(target.annotationSelector, childOf(metadata, 'annotations'))
  );
}

/**
 * kustomize anchors its regular expressions (`NewSelectorRegex`). One that cannot be read fits
 * nothing.
 */
function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined || pattern === '' || pattern === text) return true;
  return isPattern(pattern) && anchoredRegex(pattern)?.(text) === true;
}

/** Kustomize takes what cannot be read for a selector that selects nothing. */
function matchesLabels(selector: string | undefined, labels: Node | undefined): boolean {
  const requirements = parseLabelQuery(selector ?? '');
  return (
    requirements !== undefined && meetsAll(requirements, (key) => textOf(childOf(labels, key)))
  );
}
