/**
 * Defaulting of the kinds we decode, as far as it bears on pods, endpoints and validation; never of
 * the object that is given, but of a copy.
 */
import { namespaceNameLabel } from '../../../kubernetes/labels.ts';
import type { JsonObject } from '../../../manifest/node.ts';
import type { MinorVersion } from '../../options.ts';
import { isEmptyMap, isSet, objectAt, objectsAt, stringAt, stringMapAt } from '../fields.ts';
import { mapItems, withAbsent, withDefaults, withField } from './object.ts';
import { defaultPodSpec, defaultPodTemplate } from './pod.ts';
import { defaultService } from './service.ts';

/**
 * An object that was decoded, with the API server's defaults (`defaults.go` of each version of a
 * group). The kind tells the type: no two groups share one.
 */
export function setDefaults(kind: string, value: JsonObject, minor: MinorVersion): JsonObject {
  const spec = objectAt(value, 'spec');
  switch (kind) {
    case 'Service':
      return defaultService(value, minor);
    case 'Pod':
      return withField(value, 'spec', defaultPodSpec(spec ?? {}, true));
    case 'PodTemplate':
      return withField(
        value,
        'template',
        defaultPodTemplate(objectAt(value, 'template') ?? {}, minor < 28),
      );
    case 'Deployment':
    case 'ReplicaSet':
      return withField(value, 'spec', withTemplate(withAbsent(spec ?? {}, { replicas: 1 }), minor));
    case 'StatefulSet':
      return withField(
        value,
        'spec',
        withTemplate(
          withDefaults(withAbsent(spec ?? {}, { replicas: 1 }), {
            podManagementPolicy: 'OrderedReady',
          }),
          minor,
        ),
      );
    case 'DaemonSet':
      return withField(value, 'spec', withTemplate(spec ?? {}, minor));
    case 'ReplicationController':
      return defaultReplicationController(value, minor);
    case 'Job':
      return defaultJob(value, minor);
    case 'CronJob':
      return defaultCronJob(value, minor);
    case 'Namespace':
      return defaultNamespace(value);
    case 'Endpoints':
      return isSet(value, 'subsets')
        ? withField(value, 'subsets', mapItems(value, 'subsets', defaultSubset))
        : value;
    case 'EndpointSlice':
      return isSet(value, 'ports')
        ? withField(
            value,
            'ports',
            mapItems(value, 'ports', (port) => withAbsent(port, { name: '', protocol: 'TCP' })),
          )
        : value;
    case 'NetworkPolicy':
      return withField(value, 'spec', defaultNetworkPolicySpec(spec ?? {}));
    case 'HorizontalPodAutoscaler':
      return withField(value, 'spec', withAbsent(spec ?? {}, { minReplicas: 1 }));
    default:
      return value;
  }
}

/**
 * The template is not a pointer upstream, so one that is missing is defaulted like an empty one.
 */
function withTemplate(spec: JsonObject, minor: MinorVersion): JsonObject {
  return withField(
    spec,
    'template',
    defaultPodTemplate(objectAt(spec, 'template') ?? {}, minor < 28),
  );
}

/**
 * `SetDefaults_ReplicationController`: selector and labels are the template's labels if there are
 * none.
 */
function defaultReplicationController(value: JsonObject, minor: MinorVersion): JsonObject {
  const given = withAbsent(objectAt(value, 'spec') ?? {}, { replicas: 1 });
  const spec = isSet(given, 'template') ? withTemplate(given, minor) : given;
  const labels = objectAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels');
  const result = withField(value, 'spec', spec);
  if (labels === undefined) return result;
  if (isEmptyMap(stringMapAt(spec, 'selector'))) spec['selector'] = labels;
  return withOwnLabels(result, labels);
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
  const result = withField(value, 'spec', withTemplate(withAbsent(given, defaults), minor));
  const labels = objectAt(objectAt(objectAt(given, 'template'), 'metadata'), 'labels');
  return labels === undefined ? result : withOwnLabels(result, labels);
}

/** `SetDefaults_CronJob`; the Job in it is defaulted when it is made. */
function defaultCronJob(value: JsonObject, minor: MinorVersion): JsonObject {
  const given = withAbsent(objectAt(value, 'spec') ?? {}, {
    suspend: false,
    concurrencyPolicy: 'Allow',
  });
  const jobTemplate = objectAt(given, 'jobTemplate') ?? {};
  const jobSpec = objectAt(jobTemplate, 'spec') ?? {};
  return withField(
    value,
    'spec',
    withField(given, 'jobTemplate', withField(jobTemplate, 'spec', withTemplate(jobSpec, minor))),
  );
}

function withOwnLabels(value: JsonObject, labels: JsonObject): JsonObject {
  const metadata = objectAt(value, 'metadata') ?? {};
  return isEmptyMap(stringMapAt(metadata, 'labels'))
    ? withField(value, 'metadata', withField(metadata, 'labels', labels))
    : value;
}

/** `SetDefaults_Namespace`. */
function defaultNamespace(value: JsonObject): JsonObject {
  const metadata = objectAt(value, 'metadata') ?? {};
  const name = stringAt(metadata, 'name');
  if (name === '') return value;
  return withField(
    value,
    'metadata',
    withField(metadata, 'labels', {
      ...objectAt(metadata, 'labels'),
      [namespaceNameLabel]: name,
    }),
  );
}

/** `SetDefaults_Endpoints`. */
function defaultSubset(subset: JsonObject): JsonObject {
  if (!isSet(subset, 'ports')) return subset;
  return withField(
    subset,
    'ports',
    mapItems(subset, 'ports', (port) => withDefaults(port, { protocol: 'TCP' })),
  );
}

/** `SetDefaults_NetworkPolicy`, `SetDefaults_NetworkPolicyPort`. */
function defaultNetworkPolicySpec(spec: JsonObject): JsonObject {
  const result = { ...spec };
  for (const direction of ['ingress', 'egress'] as const) {
    if (!isSet(spec, direction)) continue;
    result[direction] = mapItems(spec, direction, (rule) =>
      isSet(rule, 'ports')
        ? withField(
            rule,
            'ports',
            mapItems(rule, 'ports', (port) => withAbsent(port, { protocol: 'TCP' })),
          )
        : rule,
    );
  }
  if (!Array.isArray(spec['policyTypes']) || spec['policyTypes'].length === 0) {
    result['policyTypes'] =
      objectsAt(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  }
  return result;
}
