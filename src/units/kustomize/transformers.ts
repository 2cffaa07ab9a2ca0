/**
 * What a kustomization does to every object it has gathered, apart from patches (kustomize
 * api/internal/builtins).
 */
import { textOf, withEntry, withText } from '../../manifest/edit.ts';
import { childOf, type MapNode, type Node } from '../../manifest/node.ts';
import type { SourceFile } from '../../manifest/source.ts';
import type { AddedPairs, Kustomization, Replacement, Replicas } from '../kustomization.ts';
import type { TransformerConfig } from './config.ts';
import { readFieldSpec } from './config.ts';
import { leadsToItem, replaced, splitFieldPath } from './field-path.ts';
import { applies, edited, emptyMap, type FieldSpec, type MadeAt } from './field-specs.ts';
import { allIds, originalId, remembered, type Resource, withNode } from './resource.ts';
import { isClusterScoped } from './scope.ts';
import { isSelected } from './select.ts';

/** NamespaceTransformer.go, api/filters/namespace/namespace.go. */
export function setNamespace(
  resource: Resource,
  { namespace }: Kustomization,
  config: TransformerConfig,
): Resource {
  if (namespace?.file === undefined) return resource;
  const madeAt = { file: namespace.file, range: namespace.range };
  const set = (): Node => namespace;
  let node: Node = resource.node;
  if (!isClusterScoped(resource.apiVersion, resource.kind))
    node = edited(node, ['metadata', 'namespace'], madeAt, set);
  const isBinding = resource.kind === 'RoleBinding' || resource.kind === 'ClusterRoleBinding';
  for (const spec of config.namespace) {
    const path = spec.path.join('/');
    if (path === 'metadata/namespace' || (path === 'metadata/name' && resource.apiVersion !== 'v1'))
      continue;
    if (!applies(spec, resource) || (isBinding && path === 'subjects/namespace')) continue;
    node = edited(node, spec.path, spec.create ? madeAt : undefined, set);
  }
  if (isBinding) {
    // Only the account "default" is moved along (`DefaultSubjectsOnly`).
    node = edited(node, ['subjects'], undefined, (subjects) => {
      if (subjects?.type !== 'seq') return subjects as Node;
      const items = subjects.items.map((item) =>
        textOf(childOf(item, 'name')) === 'default'
          ? edited(item, ['namespace'], madeAt, set)
          : item,
      );
      return { ...subjects, items };
    });
  }
  return withNode(remembered(resource), node as MapNode);
}

const keepTheirNames: readonly { readonly kind: string; readonly group?: string }[] = [
  { kind: 'CustomResourceDefinition' },
  { kind: 'APIService', group: 'apiregistration.k8s.io' },
  { kind: 'Namespace' },
];

/** PrefixTransformer.go, SuffixTransformer.go. */
export function addAffixes(
  resource: Resource,
  { namePrefix, nameSuffix }: Kustomization,
): Resource {
  if (namePrefix === '' && nameSuffix === '') return resource;
  const original = originalId(resource);
  if (keepTheirNames.some((kept) => applies({ path: [], create: false, ...kept }, original)))
    return resource;
  const node = edited(resource.node, ['metadata', 'name'], undefined, (name) =>
    name?.type === 'scalar'
      ? withText(name, `${namePrefix}${textOf(name) ?? ''}${nameSuffix}`)
      : (name as Node),
  ) as MapNode;
  return {
    ...withNode(remembered(resource), node),
    ...(namePrefix !== '' && { prefixes: [...resource.prefixes, namePrefix] }),
    ...(nameSuffix !== '' && { suffixes: [...resource.suffixes, nameSuffix] }),
  };
}

/** LabelTransformer.go, as kusttarget_configplugin.go sets it up. */
export function addLabels(
  resource: Resource,
  added: readonly AddedPairs[],
  config: TransformerConfig,
): Resource {
  return added.reduce((changed, pairs) => {
    const own = pairs.fields.map(readFieldSpec);
    const deeper = pairs.toSelectors
      ? config.commonLabels
      : pairs.toTemplates
        ? config.templateLabels
        : [];
    const top = { path: ['metadata', 'labels'], create: true };
    return addPairs(changed, pairs, [
      ...own,
      ...config.labels,
      ...deeper,
      ...(pairs.toSelectors ? [] : [top]),
    ]);
  }, resource);
}

export function addAnnotations(
  resource: Resource,
  added: readonly AddedPairs[],
  config: TransformerConfig,
): Resource {
  return added.reduce(
    (changed, pairs) => addPairs(changed, pairs, config.commonAnnotations),
    resource,
  );
}

function addPairs(
  resource: Resource,
  { pairs }: AddedPairs,
  specs: readonly FieldSpec[],
): Resource {
  const { file } = pairs;
  if (file === undefined || pairs.entries.length === 0) return resource;
  const madeAt: MadeAt = { file, range: pairs.entries[0]?.keyRange ?? pairs.range };
  const node = specs.reduce<Node>((changed, spec) => {
    if (!applies(spec, resource)) return changed;
    return edited(changed, spec.path, spec.create ? madeAt : undefined, (map = emptyMap(madeAt)) =>
      map.type === 'map'
        ? pairs.entries.reduce(
            (into, { key, keyRange, value }) => withEntry(into, key, keyRange, value),
            map,
          )
        : map,
    );
  }, resource.node);
  return withNode(resource, node as MapNode);
}

/** ReplicaCountTransformer.go: by any name the object ever had. */
export function setReplicas(
  resource: Resource,
  replicas: readonly Replicas[],
  config: TransformerConfig,
): Resource {
  return replicas.reduce((changed, { name, count }) => {
    const { file } = count;
    const specs = config.replicas.filter((spec) =>
      allIds(changed).some((id) => id.name === name && applies(spec, id)),
    );
    if (file === undefined || specs.length === 0) return changed;
    const madeAt = { file, range: count.range };
    const node = specs.reduce<Node>(
      (tree, { path, create }) => edited(tree, path, create ? madeAt : undefined, () => count),
      changed.node,
    );
    return withNode(changed, node as MapNode);
  }, resource);
}

/** Fields that `replacements` write to: what they will be is left open. */
export function openReplaced(
  resource: Resource,
  replacements: readonly Replacement[],
  file: SourceFile,
): Resource {
  const paths = replacements.flatMap(({ targets }) =>
    targets
      .filter(
        ({ select, reject }) =>
          isSelected(resource, select) && !reject.some((target) => isSelected(resource, target)),
      )
      .flatMap(({ fieldPaths }) => fieldPaths),
  );
  const node = paths.reduce<Node>(
    (tree, path) => opened(tree, splitFieldPath(path), file),
    resource.node,
  );
  return withNode(resource, node as MapNode);
}

/** `$(NAME)` of the kustomization's `vars`: what it will be is left open. */
export function openVars(resource: Resource, vars: ReadonlySet<string>): Resource {
  return vars.size === 0
    ? resource
    : withNode(resource, withOpenVars(resource.node, vars) as MapNode);
}

function withOpenVars(node: Node, vars: ReadonlySet<string>): Node {
  if (node.type === 'seq')
    return { ...node, items: node.items.map((item) => withOpenVars(item, vars)) };
  if (node.type === 'map') {
    const entries = node.entries.map((entry) => ({
      ...entry,
      value: withOpenVars(entry.value, vars),
    }));
    return { ...node, entries };
  }
  if (typeof node.value !== 'string' || !node.value.includes('$(')) return node;
  const value = node.value.replaceAll(/\$\(([^()]*)\)/g, (written, name: string) =>
    vars.has(name) ? replaced : written,
  );
  return { ...node, value };
}

function opened(node: Node, path: readonly string[], file: SourceFile): Node {
  const [step, ...rest] = path;
  if (step === undefined)
    return {
      type: 'scalar',
      range: node.range,
      value: replaced,
      style: 'quoted',
      ...(node.file !== undefined && { file: node.file }),
    };
  if (node.type === 'map') {
    const entry = node.entries.find(({ key }) => key === step);
    if (entry === undefined) return node;
    return {
      ...node,
      entries: node.entries.map((other) =>
        other === entry ? { ...entry, value: opened(entry.value, rest, file) } : other,
      ),
    };
  }
  if (node.type === 'scalar') return node;
  const items = node.items.map((item, index) =>
    leadsToItem(step, item, index) ? opened(item, rest, file) : item,
  );
  return { ...node, items };
}
