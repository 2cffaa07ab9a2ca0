/**
 * In which fields of which kinds kustomize adds labels and finds names (kustomize
 * api/internal/konfig/builtinpluginconsts).
 */
import { itemsOf, textOf } from '../../manifest/edit.ts';
import { childOf, type Node } from '../../manifest/node.ts';
import { type FieldSpec, fieldSpec, splitPath } from './field-specs.ts';
import { type NameReference, nameReferences } from './name-references.ts';

export interface TransformerConfig {
  readonly namespace: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
  /** Labels of any kind go here, too. */
  readonly labels: readonly FieldSpec[];
  readonly nameReference: readonly NameReference[];
}

const templates: readonly FieldSpec[] = [
  fieldSpec('', '', 'metadata/labels', true),
  {
    ...fieldSpec('', 'ReplicationController', 'spec/template/metadata/labels', true),
    version: 'v1',
  },
  fieldSpec('', 'Deployment', 'spec/template/metadata/labels', true),
  fieldSpec('', 'ReplicaSet', 'spec/template/metadata/labels', true),
  fieldSpec('', 'DaemonSet', 'spec/template/metadata/labels', true),
  fieldSpec('apps', 'StatefulSet', 'spec/template/metadata/labels', true),
  fieldSpec('apps', 'StatefulSet', 'spec/volumeClaimTemplates[]/metadata/labels', true),
  fieldSpec('batch', 'Job', 'spec/template/metadata/labels', true),
  fieldSpec('batch', 'CronJob', 'spec/jobTemplate/metadata/labels', true),
  fieldSpec('batch', 'CronJob', 'spec/jobTemplate/spec/template/metadata/labels', true),
];

const affinities = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) =>
  [
    'preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm',
    'requiredDuringSchedulingIgnoredDuringExecution',
  ].map((term) => `affinity/${affinity}/${term}/labelSelector/matchLabels`),
);

const selectors: readonly FieldSpec[] = [
  { ...fieldSpec('', 'Service', 'spec/selector', true), version: 'v1' },
  { ...fieldSpec('', 'ReplicationController', 'spec/selector', true), version: 'v1' },
  fieldSpec('', 'Deployment', 'spec/selector/matchLabels', true),
  fieldSpec('', 'ReplicaSet', 'spec/selector/matchLabels', true),
  fieldSpec('', 'DaemonSet', 'spec/selector/matchLabels', true),
  fieldSpec('apps', 'StatefulSet', 'spec/selector/matchLabels', true),
  ...['Deployment', 'StatefulSet'].flatMap((kind) =>
    [...affinities, 'topologySpreadConstraints/labelSelector/matchLabels'].map((path) =>
      fieldSpec('apps', kind, `spec/template/spec/${path}`),
    ),
  ),
  fieldSpec('batch', 'Job', 'spec/selector/matchLabels'),
  fieldSpec('batch', 'CronJob', 'spec/jobTemplate/spec/selector/matchLabels'),
  fieldSpec('policy', 'PodDisruptionBudget', 'spec/selector/matchLabels'),
  fieldSpec('networking.k8s.io', 'NetworkPolicy', 'spec/podSelector/matchLabels'),
  fieldSpec('networking.k8s.io', 'NetworkPolicy', 'spec/ingress/from/podSelector/matchLabels'),
  fieldSpec('networking.k8s.io', 'NetworkPolicy', 'spec/egress/to/podSelector/matchLabels'),
];

export const defaultConfig: TransformerConfig = {
  namespace: [
    { ...fieldSpec('', 'Namespace', 'metadata/name', true), version: 'v1' },
    fieldSpec('apiregistration.k8s.io', 'APIService', 'spec/service/namespace', true),
    fieldSpec(
      'apiextensions.k8s.io',
      'CustomResourceDefinition',
      'spec/conversion/webhook/clientConfig/service/namespace',
    ),
  ],
  commonLabels: [...selectors, ...templates],
  templateLabels: templates,
  commonAnnotations: [
    fieldSpec('', '', 'metadata/annotations', true),
    {
      ...fieldSpec('', 'ReplicationController', 'spec/template/metadata/annotations', true),
      version: 'v1',
    },
    ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].map((kind) =>
      fieldSpec('', kind, 'spec/template/metadata/annotations', true),
    ),
    fieldSpec('batch', 'Job', 'spec/template/metadata/annotations', true),
    fieldSpec('batch', 'CronJob', 'spec/jobTemplate/metadata/annotations', true),
    fieldSpec('batch', 'CronJob', 'spec/jobTemplate/spec/template/metadata/annotations', true),
  ],
  replicas: ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) =>
    fieldSpec('', kind, 'spec/replicas', true),
  ),
  labels: [],
  nameReference: nameReferences,
};

export const emptyConfig: TransformerConfig = {
  namespace: [],
  commonLabels: [],
  templateLabels: [],
  commonAnnotations: [],
  replicas: [],
  labels: [],
  nameReference: [],
};

/** A file of `configurations`. */
export function readConfig(root: Node): TransformerConfig {
  const specs = (field: string): FieldSpec[] => itemsOf(childOf(root, field)).map(readFieldSpec);
  return {
    namespace: specs('namespace'),
    commonLabels: specs('commonLabels'),
    templateLabels: specs('templateLabels'),
    commonAnnotations: specs('commonAnnotations'),
    replicas: specs('replicas'),
    labels: specs('labels'),
    nameReference: itemsOf(childOf(root, 'nameReference')).map((item): NameReference => {
      const { path: _path, create: _create, ...target } = readFieldSpec(item);
      return { target, fields: itemsOf(childOf(item, 'fieldSpecs')).map(readFieldSpec) };
    }),
  };
}

export function mergeConfigs(a: TransformerConfig, b: TransformerConfig): TransformerConfig {
  if (a === b || b === emptyConfig) return a;
  const fields = Object.keys(a) as (keyof TransformerConfig)[];
  return Object.fromEntries(
    fields.map((field) => [field, [...new Set([...a[field], ...b[field]])]]),
  ) as unknown as TransformerConfig;
}

export function readFieldSpec(node: Node): FieldSpec {
  const text = (field: string): string => textOf(childOf(node, field)) ?? '';
  const [group, version, kind] = [text('group'), text('version'), text('kind')];
  return {
    path: splitPath(text('path')),
    create: text('create') === 'true',
    ...(group !== '' && { group }),
    ...(version !== '' && { version }),
    ...(kind !== '' && { kind }),
  };
}
