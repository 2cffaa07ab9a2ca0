/** The nodes that pods can go to, where the objects of a cluster say which there are. */
import { groupOf } from '../../kubernetes/group-version.ts';
import {
  type AnyJson,
  asList,
  asText,
  fieldAt,
  isJsonObject,
  type Json,
} from '../../kubernetes/json.ts';
import { hostnameLabel } from '../../kubernetes/labels.ts';
import type { ManifestObject } from '../../manifest/manifest.ts';
import { entryOf } from '../../multimap.ts';
import { allContainers } from '../containers.ts';
import type { LabelValue } from '../labels.ts';
import { type ClusterObject, type ObjectIndex } from '../objects.ts';
import type { PodSet } from '../pods.ts';

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

export interface ClusterNode {
  readonly name: string;
  /**
   * Undefined: the node lacks the label; null: it has it, or may have it, and nobody knows its
   * value.
   */
  readonly label: (key: string) => LabelValue | undefined;
  readonly taints: readonly Taint[];
  /** It is cordoned. */
  readonly unschedulable: boolean;
}

/** API groups whose objects bring nodes that nobody lists. */
const nodeMakers = new Set([
  'autoscaling.openshift.io',
  'cluster.x-k8s.io',
  'container.cnrm.cloud.google.com',
  'eks.amazonaws.com',
  'eks.services.k8s.aws',
  'karpenter.azure.com',
  'karpenter.k8s.aws',
  'karpenter.sh',
  'kops.k8s.io',
  'machine.openshift.io',
  'machine.sapcloud.io',
]);
/** Programs that do, by their image. */
const nodeMakingImages = [
  'cluster-autoscaler',
  'karpenter',
  'machine-controller-manager',
  'virtual-kubelet',
];

/**
 * The nodes for the pods of a place, and none where nobody can know. Undefined where that is so
 * everywhere: none is listed, or something in the cluster makes more.
 */
export function nodesOf(
  objects: ObjectIndex,
  sets: readonly PodSet[],
  placeOf: (object: ManifestObject) => string | undefined,
): ((place: string | undefined) => readonly ClusterNode[]) | undefined {
  const listed = objects.ofKind('', 'Node');
  if (listed.length === 0 || objects.all.some(makesNodes) || sets.some(runsNodeMaker))
    return undefined;
  const keys = new Set(listed.flatMap(({ value }) => [...labelsAt(value).keys()]));
  const all = listed.map((node) => ({ node: nodeOf(node, keys), place: placeOf(node.source) }));
  const known = new Map<string | undefined, readonly ClusterNode[]>();
  return (place) =>
    entryOf(known, place, () =>
      all.flatMap((one) => (one.place === undefined || one.place === place ? [one.node] : [])),
    );
}

function makesNodes({ apiVersion }: ClusterObject): boolean {
  const group = groupOf(apiVersion);
  return nodeMakers.has(group) || group.endsWith('.cluster.x-k8s.io');
}

function runsNodeMaker({ spec }: PodSet): boolean {
  return allContainers(spec).some(({ container: { image = '' } }) =>
    nodeMakingImages.some((name) => image.includes(name)),
  );
}

function labelsAt(node: AnyJson): Map<string, string> {
  const labels = fieldAt(node, 'metadata', 'labels');
  return new Map(
    Object.entries(isJsonObject(labels) ? labels : {}).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value]] : [],
    ),
  );
}

/** A cluster told it: the API server gives every object a uid, and no manifest has one. */
export function isListedNode(node: AnyJson): boolean {
  return fieldAt(node, 'metadata', 'uid') !== undefined;
}

/** `keys` are those of all nodes. */
function nodeOf({ name, value }: ClusterObject, keys: ReadonlySet<string>): ClusterNode {
  const node = value;
  const labels = labelsAt(node);
  const isListed = isListedNode(node);
  return {
    name,
    label: (key) => labels.get(key) ?? (isListed ? undefined : added(key, name, keys)),
    taints: asList(fieldAt(node, 'spec', 'taints')).flatMap((taint) => taintOf(taint) ?? []),
    unschedulable: fieldAt(node, 'spec', 'unschedulable') === true,
  };
}

/**
 * What a label is that somebody who wrote a Node did not write: the kubelet and the cloud add
 * theirs when it joins (pkg/kubelet/kubelet_node_status.go `updateDefaultLabels`), and programs
 * that nobody sees may add others of their own.
 */
function added(key: string, node: string, keys: ReadonlySet<string>): LabelValue | undefined {
  if (key === hostnameLabel) return node;
  const [prefix = '', name] = key.split('/');
  if (name === undefined) return undefined;
  return keys.has(key) && !prefix.endsWith('k8s.io') && !prefix.endsWith('kubernetes.io')
    ? undefined
    : null;
}

/**
 * Taints that stand for a condition come and go with it (pkg/controller/nodelifecycle
 * `taintKeyToNodeConditionMap`, k8s.io/cloud-provider/api `TaintExternalCloudProvider`).
 */
function taintOf(taint: Json): Taint | undefined {
  const [key, effect] = [asText(fieldAt(taint, 'key')), asText(fieldAt(taint, 'effect'))];
  if (key === undefined || effect === undefined) return undefined;
  return /^node\.(?:cloudprovider\.)?kubernetes\.io\//.test(key)
    ? undefined
    : { key, effect, value: asText(fieldAt(taint, 'value')) ?? '' };
}
