/**
 * Defaulting of the kinds we decode, as far as it bears on pods, endpoints and validation.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { namespaceNameLabel } from '../../../kubernetes/labels.ts';
import { rbacGroup } from '../../../kubernetes/rbac.ts';
import type { MinorVersion } from '../../options.ts';
import { isEmptyMap, isSet, objectAt, objectsAt, stringAt, stringMapAt } from '../fields.ts';
import { changeField, giveDefaults, withAbsent } from './object.ts';
import { defaultPodSpec, defaultPodTemplate } from './pod.ts';
import { defaultService } from './service.ts';

/**
 * An object that was decoded, with the API server's defaults (`defaults.go` of each version of a
 * group). They are given in place: nobody else may have it. The kind tells the type: no two groups
 * share one.
 */
export function setDefaults(kind: string, value: JsonObject, minor: MinorVersion): JsonObject {
  const changeSpec = (change: (spec: JsonObject) => JsonObject): JsonObject =>
    changeField(value, 'spec', change);
  switch (kind) {
    case 'Service':
      return defaultService(value, minor);
    case 'Pod':
      return changeSpec((spec) => defaultPodSpec(spec, true));
    case 'PodTemplate':
      return defaultTemplate(value, minor);
    case 'Deployment':
    case 'ReplicaSet':
      return changeSpec((spec) => defaultTemplate(withAbsent(spec, { replicas: 1 }), minor));
    case 'StatefulSet':
      return changeSpec((spec) =>
        defaultTemplate(
          giveDefaults(withAbsent(spec, { replicas: 1 }), { podManagementPolicy: 'OrderedReady' }),
          minor,
        ),
      );
    case 'DaemonSet':
      return changeSpec((spec) => defaultTemplate(spec, minor));
    case 'ReplicationController':
      return defaultReplicationController(value, minor);
    case 'Job':
      return defaultJob(value, minor);
    case 'CronJob':
      return defaultCronJob(value, minor);
    case 'Namespace':
      return defaultNamespace(value);
    case 'Endpoints':
      for (const subset of objectsAt(value, 'subsets'))
        for (const port of objectsAt(subset, 'ports')) giveDefaults(port, { protocol: 'TCP' });
      return value;
    case 'EndpointSlice':
      return changePorts(value, { name: '', protocol: 'TCP' });
    case 'NetworkPolicy':
      return changeSpec(defaultNetworkPolicySpec);
    case 'HorizontalPodAutoscaler':
      return changeSpec((spec) => withAbsent(spec, { minReplicas: 1 }));
    default:
      return defaultBesides(kind, value);
  }
}

/** Of kinds that neither make pods nor wire them. */
function defaultBesides(kind: string, value: JsonObject): JsonObject {
  switch (kind) {
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return defaultBinding(value);
    case 'Secret':
      return giveDefaults(value, { type: 'Opaque' });
    case 'PersistentVolume':
      return changeField(value, 'spec', (spec) =>
        giveDefaults(withAbsent(spec, { volumeMode: 'Filesystem' }), {
          persistentVolumeReclaimPolicy: 'Retain',
        }),
      );
    case 'PersistentVolumeClaim':
      return changeField(value, 'spec', (spec) => withAbsent(spec, { volumeMode: 'Filesystem' }));
    case 'StorageClass':
      return withAbsent(value, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' });
    case 'PriorityClass':
      return withAbsent(value, { preemptionPolicy: 'PreemptLowerPriority' });
    default:
      return value;
  }
}

/** `SetDefaults_RoleBinding`, `SetDefaults_Subject` (pkg/apis/rbac/v1/defaults.go). */
function defaultBinding(value: JsonObject): JsonObject {
  for (const subject of objectsAt(value, 'subjects'))
    if (['User', 'Group'].includes(stringAt(subject, 'kind')))
      giveDefaults(subject, { apiGroup: rbacGroup });
  return changeField(value, 'roleRef', (role) => giveDefaults(role, { apiGroup: rbacGroup }));
}

/**
 * The template is not a pointer upstream, so one that is missing is defaulted like an empty one.
 */
function defaultTemplate(spec: JsonObject, minor: MinorVersion): JsonObject {
  return changeField(spec, 'template', (template) => defaultPodTemplate(template, minor < 28));
}

/** Ports whose fields are pointers upstream. */
function changePorts(value: JsonObject, defaults: JsonObject): JsonObject {
  if (isSet(value, 'ports'))
    value['ports'] = objectsAt(value, 'ports').map((port) => withAbsent(port, defaults));
  return value;
}

/**
 * `SetDefaults_ReplicationController`: selector and labels are the template's labels if there are
 * none.
 */
function defaultReplicationController(value: JsonObject, minor: MinorVersion): JsonObject {
  const given = withAbsent(objectAt(value, 'spec') ?? {}, { replicas: 1 });
  const spec = isSet(given, 'template') ? defaultTemplate(given, minor) : given;
  const labels = objectAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels');
  value['spec'] = spec;
  if (labels === undefined) return value;
  if (isEmptyMap(stringMapAt(spec, 'selector'))) spec['selector'] = labels;
  return giveLabels(value, labels);
}

/**
 * `SetDefaults_Job`. The selector and labels with the Job's uid are the controllers' business, not
 * ours.
 */
function defaultJob(value: JsonObject, minor: MinorVersion): JsonObject {
  const given = objectAt(value, 'spec') ?? {};
  const both = !isSet(given, 'completions') && !isSet(given, 'parallelism');
  const defaults: JsonObject = {
    parallelism: 1,
    ...(both ? { completions: 1 } : {}),
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
  };
  value['spec'] = defaultTemplate(withAbsent(given, defaults), minor);
  const labels = objectAt(objectAt(objectAt(given, 'template'), 'metadata'), 'labels');
  return labels === undefined ? value : giveLabels(value, labels);
}

/** `SetDefaults_CronJob`; the Job in it is defaulted when it is made. */
function defaultCronJob(value: JsonObject, minor: MinorVersion): JsonObject {
  const given = withAbsent(objectAt(value, 'spec') ?? {}, {
    suspend: false,
    concurrencyPolicy: 'Allow',
  });
  value['spec'] = changeField(given, 'jobTemplate', (jobTemplate) =>
    changeField(jobTemplate, 'spec', (jobSpec) => defaultTemplate(jobSpec, minor)),
  );
  return value;
}

function giveLabels(value: JsonObject, labels: JsonObject): JsonObject {
  const metadata = objectAt(value, 'metadata') ?? {};
  if (!isEmptyMap(stringMapAt(metadata, 'labels'))) return value;
  metadata['labels'] = labels;
  value['metadata'] = metadata;
  return value;
}

/** `SetDefaults_Namespace`. */
function defaultNamespace(value: JsonObject): JsonObject {
  const metadata = objectAt(value, 'metadata') ?? {};
  const name = stringAt(metadata, 'name');
  if (name === '') return value;
  metadata['labels'] = { ...objectAt(metadata, 'labels'), [namespaceNameLabel]: name };
  return value;
}

/** `SetDefaults_NetworkPolicy`, `SetDefaults_NetworkPolicyPort`. */
function defaultNetworkPolicySpec(spec: JsonObject): JsonObject {
  for (const direction of ['ingress', 'egress'] as const)
    for (const rule of objectsAt(spec, direction)) changePorts(rule, { protocol: 'TCP' });
  if (!Array.isArray(spec['policyTypes']) || spec['policyTypes'].length === 0)
    spec['policyTypes'] =
      objectsAt(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  return spec;
}
