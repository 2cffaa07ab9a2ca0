/**
 * What a schema cannot say: that a value means something. Values of another type are the schema's
 * business.
 */
import { parseCIDR } from '../cluster/apiserver/ip-address.ts';
import { parseFieldPath } from '../cluster/operators/custom-workloads.ts';
import {
  isNamespaceName,
  newestMinorVersion,
  oldestMinorVersion,
  parseMinorVersion,
} from '../cluster/options.ts';
import { groupOf } from '../kubernetes/group-version.ts';
import { isDecoded } from '../kubernetes/kinds.ts';
import { parseAssumption } from '../lint/unseen/assumptions.ts';
import { itemsOf } from '../manifest/edit.ts';
import { childOf, type MapNode, type Node } from '../manifest/node.ts';
import { kindMeant } from './other-names.ts';
import { type ConfigProblem, hint } from './problem.ts';

export function checkMeaning(root: MapNode): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const report = (node: Node, message: string): void => {
    problems.push({ range: node.range, message });
  };

  withText(childOf(root, 'kubernetesVersion'), (version, node) => {
    if (parseMinorVersion(version) === undefined)
      report(
        node,
        `"${version}" is not a release that kubeplumb knows; legal values: ` +
          `1.${oldestMinorVersion} to 1.${newestMinorVersion}`,
      );
  });
  withText(childOf(root, 'namespace'), (name, node) => {
    if (name !== '' && !isNamespaceName(name))
      report(node, `"${name}" cannot be the name of a namespace`);
  });
  const ranges = childOf(root, 'serviceRanges');
  for (const item of ranges?.type === 'seq' ? ranges.items : [ranges])
    withText(item, (text, node) => {
      if (parseCIDR(text) === undefined)
        report(node, `"${text}" is not a range of addresses; write it as 10.96.0.0/12`);
    });
  for (const item of itemsOf(childOf(root, 'assume'))) {
    withText(item, (text, node) => {
      const assumption = parseAssumption(text);
      if (assumption === undefined)
        report(
          node,
          `"${text}" names no object; write Kind/namespace/name, as in ` +
            'Service/monitoring/prometheus:9090, or {file: path}',
        );
      else checkKind(assumption.kind, node, report);
    });
  }
  for (const item of itemsOf(childOf(root, 'overrides'))) {
    const chosen = childOf(item, 'kinds');
    for (const kind of [chosen, ...itemsOf(chosen)])
      withText(kind, (text, node) => checkKind(text, node, report));
  }
  const names = new Set<string>();
  for (const item of itemsOf(childOf(root, 'units'))) {
    withText(childOf(item, 'name'), (name, node) => {
      if (names.has(name)) report(node, `two units are called "${name}"`);
      names.add(name);
    });
  }
  const kinds = new Set<string>();
  for (const item of itemsOf(childOf(root, 'workloads'))) checkWorkload(item, kinds, report);
  return problems;
}

/** Kinds are compared letter by letter, so another word for one would never be met. */
function checkKind(
  written: string,
  node: Node,
  report: (node: Node, message: string) => void,
): void {
  const meant = kindMeant(written);
  if (meant !== undefined)
    report(node, `"${written}" is not how manifests write a kind${hint(meant, [], '')}`);
}

function checkWorkload(
  item: Node,
  kinds: Set<string>,
  report: (node: Node, message: string) => void,
): void {
  withText(childOf(item, 'kind'), (kind, node) => {
    withText(childOf(item, 'apiVersion'), (apiVersion, written) => {
      if (!apiVersion.includes('/'))
        report(written, `"${apiVersion}" has no group; write group/version, as the manifests do`);
      else if (isDecoded({ apiVersion, kind }))
        report(node, `what ${kind} becomes is known: it is a kind of Kubernetes' own`);
      const identity = `${groupOf(apiVersion)}/${kind}`;
      if (kinds.has(identity)) report(node, `"${kind}" of this group is taught twice`);
      kinds.add(identity);
    });
  });
  const template = childOf(item, 'template');
  for (const path of [
    template,
    ...itemsOf(template),
    childOf(item, 'replicas'),
    childOf(item, 'selector'),
  ]) {
    withText(path, (text, node) => {
      if (path === template && text === 'none') return;
      if (parseFieldPath(text) === undefined)
        report(
          node,
          `"${text}" is not a path; write names of fields with dots between, as in spec.template`,
        );
    });
  }
}

function withText(node: Node | undefined, use: (text: string, node: Node) => void): void {
  if (node?.type === 'scalar' && typeof node.value === 'string') use(node.value, node);
}
