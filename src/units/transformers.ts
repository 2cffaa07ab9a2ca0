/** What a kustomization adds to every object it takes in (kustomize api/internal/builtins): a namespace and labels. */
import type { ManifestObject } from '../manifest/manifest.ts';
import type { Json, JsonObject } from '../manifest/node.ts';
import type { AddedLabels } from './kustomization.ts';

export interface Transformers {
  readonly namespace?: string;
  /** The innermost kustomization's first. */
  readonly labels: readonly AddedLabels[];
}

export function transform(object: ManifestObject, { namespace, labels }: Transformers): ManifestObject {
  if (namespace === undefined && labels.length === 0) return object;
  const { document, node, apiVersion, kind, name, afterBroken } = object;
  const placed = namespace ?? object.namespace;
  let value: JsonObject | undefined;
  return {
    document,
    node,
    get value() {
      value ??= labels.reduce((changed, added) => addLabels(changed, kind, added), object.value);
      return value;
    },
    apiVersion,
    kind,
    name,
    afterBroken,
    ...(placed !== undefined && { namespace: placed }),
  };
}

/** Selectors that get the labels, and are made where they are missing (konfig/builtinpluginconsts/commonlabels.go). */
const selectorPaths: Readonly<Record<string, readonly string[]>> = {
  Service: ['spec', 'selector'],
  ReplicationController: ['spec', 'selector'],
  Deployment: ['spec', 'selector', 'matchLabels'],
  ReplicaSet: ['spec', 'selector', 'matchLabels'],
  DaemonSet: ['spec', 'selector', 'matchLabels'],
  StatefulSet: ['spec', 'selector', 'matchLabels'],
};
/** These are only added to. */
const existingSelectorPaths: Readonly<Record<string, readonly string[]>> = {
  Job: ['spec', 'selector', 'matchLabels'],
  PodDisruptionBudget: ['spec', 'selector', 'matchLabels'],
  NetworkPolicy: ['spec', 'podSelector', 'matchLabels'],
};
const templatePaths: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['ReplicationController', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'].map((kind) => [
      kind,
      ['spec', 'template', 'metadata', 'labels'],
    ]),
  ),
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels'],
};

function addLabels(value: JsonObject, kind: string, { pairs, toSelectors, toTemplates }: AddedLabels): JsonObject {
  let changed = withPairs(value, ['metadata', 'labels'], pairs, true);
  if (toTemplates && templatePaths[kind] !== undefined) changed = withPairs(changed, templatePaths[kind], pairs, true);
  // A Service without a selector gets none from an ExternalName or hand-written Endpoints either, but kustomize does not look that far.
  if (toSelectors && selectorPaths[kind] !== undefined) changed = withPairs(changed, selectorPaths[kind], pairs, true);
  if (toSelectors && existingSelectorPaths[kind] !== undefined) changed = withPairs(changed, existingSelectorPaths[kind], pairs, false);
  return changed;
}

/** A copy in which the map at the path has the pairs; what is not on the path is shared. */
function withPairs(value: JsonObject, path: readonly string[], pairs: Readonly<Record<string, string>>, create: boolean): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) return { ...value, ...pairs };
  const child: Json | undefined = value[step];
  if (child === undefined || child === null) return create ? { ...value, [step]: withPairs({}, rest, pairs, create) } : value;
  return typeof child === 'object' && !Array.isArray(child) ? { ...value, [step]: withPairs(child, rest, pairs, create) } : value;
}
