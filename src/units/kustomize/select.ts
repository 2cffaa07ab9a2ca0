/** Which resources a patch is for (kustomize api/types/selector.go, api/resmap/reswrangler.go `Select`). */
import { splitApiVersion } from '../../kubernetes/group-version.ts';
import { textOf } from '../../manifest/edit.ts';
import { childOf, type Node } from '../../manifest/node.ts';
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
  const original = originalId(resource);
  const [group, version] = splitApiVersion(resource.apiVersion);
  const metadata = childOf(resource.node, 'metadata');
  return (
    (fits(target.namespace, effectiveNamespace(original)) ||
      fits(target.namespace, effectiveNamespace(resource))) &&
    (fits(target.name, original.name) || fits(target.name, resource.name)) &&
    fits(target.group, group) &&
    fits(target.version, version) &&
    fits(target.kind, resource.kind) &&
    matchesLabels(target.labelSelector, childOf(metadata, 'labels')) &&
    matchesLabels(target.annotationSelector, childOf(metadata, 'annotations'))
  );
}

const expressions = new Map<string, RegExp | undefined>();

/** kustomize anchors its regular expressions (`NewSelectorRegex`). One that JavaScript cannot read fits nothing. */
function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined || pattern === '' || pattern === text) return true;
  if (!expressions.has(pattern)) expressions.set(pattern, compiled(pattern));
  return expressions.get(pattern)?.test(text) === true;
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}

const requirement =
  /^\s*(!?)\s*([\w./-]+)\s*(?:(==?|!=)\s*([\w.-]*)|\s(in|notin)\s*\(([^()]*)\))?\s*$/;

/** A selector in writing: `app=web,tier in (a, b),!legacy` (apimachinery pkg/labels/selector.go `Parse`). */
function matchesLabels(selector: string | undefined, labels: Node | undefined): boolean {
  if (selector === undefined || selector.trim() === '') return true;
  return selector.split(/,(?![^(]*\))/).every((part) => {
    const [, not, key, equals, value, word, list] = requirement.exec(part) ?? [];
    if (key === undefined) return false;
    const actual = textOf(childOf(labels, key));
    const values = (list ?? value ?? '').split(',').map((item) => item.trim());
    if (equals === '!=' || word === 'notin')
      return actual === undefined || !values.includes(actual);
    if (equals !== undefined || word === 'in')
      return actual !== undefined && values.includes(actual);
    return (actual !== undefined) === (not === '');
  });
}
