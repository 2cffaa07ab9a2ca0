/**
 * What `kubectl apply --dry-run=server` of Kubernetes 1.36 said of manifests that differ in a field
 * or two; nothing where it took them.
 */
import { describe, expect, it } from 'vitest';
import { load, predict } from '../../../src/index.ts';

const workload = (kind: string, spec: string, pod: string): string =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: shop }\n` +
  `spec: { ${spec}selector: { matchLabels: { a: b } }, ` +
  `template: { metadata: { labels: { a: b } }, spec: { ${pod} } } }\n`;
const pods = (container: string, pod = ''): string =>
  workload(
    'Deployment',
    '',
    `containers: [{ name: c, image: 'a:1'${container} }]${pod === '' ? '' : `, ${pod}`}`,
  );
const fieldPath = (path: string): string =>
  pods(`, env: [{ name: A, valueFrom: { fieldRef: { fieldPath: "${path}" } } }]`);
const context = (fields: string): string => pods(`, securityContext: { ${fields} }`);
const resources = (fields: string): string => pods(`, resources: { ${fields} }`);
const volume = (source: string): string => pods('', `volumes: [{ name: v, ${source} }]`);
const one = 'containers: [{ name: c, image: a }]';
const daemonSet = (strategy: string): string =>
  workload('DaemonSet', `updateStrategy: ${strategy}, `, one);
const claim = (spec: string): string =>
  workload(
    'StatefulSet',
    `serviceName: x, volumeClaimTemplates: [{ metadata: { name: d }, spec: ${spec} }], `,
    one,
  );
const metric = (text: string): string =>
  'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: shop }\n' +
  'spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: x }, maxReplicas: 2, ' +
  `metrics: [${text}] }\n`;

const scaled = (target: string): string =>
  'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: shop }\n' +
  `spec: { scaleTargetRef: ${target}, maxReplicas: 2 }\n`;
const statefulSet = (spec: string): string => workload('StatefulSet', `${spec}, `, one);
const mounted = (fields: string): string =>
  pods(
    `, volumeMounts: [{ name: v, mountPath: /v, ${fields} }]`,
    'volumes: [{ name: v, emptyDir: {} }]',
  );
const annotated = (annotation: string): string =>
  pods('').replace(
    'labels: { a: b } }, spec',
    `labels: { a: b }, annotations: { ${annotation} } }, spec`,
  );
const quota = (spec: string): string =>
  `apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: shop }\nspec: { ${spec} }\n`;
const limits = (limit: string): string =>
  `apiVersion: v1\nkind: LimitRange\nmetadata: { name: shop }\nspec: { limits: [${limit}] }\n`;
const budget = (metadata: string): string =>
  `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { ${metadata} }\n` +
  'spec: { minAvailable: 1, selector: {} }\n';

const played: readonly (readonly [manifest: string, messages: readonly string[]])[] = [
  [
    fieldPath('metadata.labels'),
    [
      'spec.template.spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
    ],
  ],
  [fieldPath("metadata.labels['a']"), []],
  [fieldPath('status.podIPs'), []],
  [
    fieldPath('spec.schedulerName'),
    [
      'spec.template.spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "spec.schedulerName": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
    ],
  ],
  [
    fieldPath('metadata.label'),
    [
      'spec.template.spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.label": error converting fieldPath: field label not supported: metadata.label',
    ],
  ],
  [
    fieldPath('status.podip'),
    [
      'spec.template.spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "status.podip": error converting fieldPath: field label not supported: status.podip',
    ],
  ],
  [fieldPath('spec.nodeName'), []],
  [fieldPath('metadata.name'), []],
  [fieldPath("metadata.annotations['x/y']"), []],
  [fieldPath('status.hostIPs'), []],
  [fieldPath('spec.host'), []],
  [
    context('privileged: true, allowPrivilegeEscalation: false'),
    [
      'spec.template.spec.containers[0].securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    ],
  ],
  [
    context('allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN]}'),
    [
      'spec.template.spec.containers[0].securityContext: Invalid value: {"Capabilities":{"Add":["CAP_SYS_ADMIN"],"Drop":null},"Privileged":null,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
    ],
  ],
  [context('allowPrivilegeEscalation: false, capabilities: {add: [SYS_ADMIN]}'), []],
  [context('privileged: true, allowPrivilegeEscalation: true'), []],
  [
    resources('requests: {nvidia.com/gpu: 1}'),
    [
      'spec.template.spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources',
    ],
  ],
  [resources('limits: {nvidia.com/gpu: 1}'), []],
  [
    resources('limits: {nvidia.com/gpu: 2}, requests: {nvidia.com/gpu: 1}'),
    [
      'spec.template.spec.containers[0].resources.requests: Invalid value: "1": must be equal to nvidia.com/gpu limit of 2',
    ],
  ],
  [
    resources('limits: {nvidia.com/gpu: 0.5}'),
    [
      'spec.template.spec.containers[0].resources.limits[nvidia.com/gpu]: Invalid value: "500m": must be an integer',
    ],
  ],
  [resources('limits: {nvidia.com/gpu: "1"}, requests: {nvidia.com/gpu: 1}'), []],
  [
    resources('limits: {hugepages-2Mi: 4Mi}'),
    ['spec.template.spec.containers[0].resources: Forbidden: HugePages require cpu or memory'],
  ],
  [resources('limits: {hugepages-2Mi: 4Mi, memory: 1Gi}'), []],
  [
    resources('limits: {hugepages-2Mi: 4Mi, memory: 1Gi}, requests: {hugepages-2Mi: 2Mi}'),
    [
      'spec.template.spec.containers[0].resources.requests: Invalid value: "2Mi": must be equal to hugepages-2Mi limit of 4Mi',
    ],
  ],
  [
    resources('requests: {hugepages-2Mi: 2Mi, cpu: 1}'),
    [
      'spec.template.spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources',
    ],
  ],
  [resources('requests: {"node.kubernetes.io/x": 1.5}'), []],
  [
    volume('configMap: {name: a, defaultMode: 644}'),
    [
      'spec.template.spec.volumes[0].configMap.defaultMode: Invalid value: 644: must be a number between 0 and 0777 (octal), both inclusive',
    ],
  ],
  [volume('secret: {secretName: a, defaultMode: 0644}'), []],
  [
    volume('secret: {secretName: a, items: [{key: a, path: b, mode: 777}]}'),
    [
      'spec.template.spec.volumes[0].secret.items[0].mode: Invalid value: 777: must be a number between 0 and 0777 (octal), both inclusive',
    ],
  ],
  [
    volume('projected: {defaultMode: 777, sources: [{secret: {name: a}}]}'),
    [
      'spec.template.spec.volumes[0].projected.defaultMode: Invalid value: 777: must be a number between 0 and 0777 (octal), both inclusive',
    ],
  ],
  [
    volume('projected: {sources: [{secret: {name: a}, configMap: {name: b}}]}'),
    [
      'spec.template.spec.volumes[0].projected.sources[0]: Forbidden: may not specify more than 1 volume type per source',
    ],
  ],
  [volume('projected: {sources: [{}]}'), []],
  [
    volume(
      'downwardAPI: {defaultMode: 777, items: [{path: a, fieldRef: {fieldPath: metadata.labels}}]}',
    ),
    [
      'spec.template.spec.volumes[0].downwardAPI.defaultMode: Invalid value: 777: must be a number between 0 and 0777 (octal), both inclusive',
    ],
  ],
  [
    volume('emptyDir: {sizeLimit: -1}'),
    [
      'spec.template.spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity',
    ],
  ],
  [
    volume('configMap: {name: a, items: [{key: a, path: ../b}]}'),
    [
      'spec.template.spec.volumes[0].configMap.items[0].path: Invalid value: "../b": must not contain \'..\'',
    ],
  ],
  [
    volume('configMap: {name: a, items: [{key: a, path: /b}]}'),
    [
      'spec.template.spec.volumes[0].configMap.items[0].path: Invalid value: "/b": must be a relative path',
    ],
  ],
  [
    volume('configMap: {name: a, items: [{key: a}]}'),
    ['spec.template.spec.volumes[0].configMap.items[0].path: Required value'],
  ],
  [
    volume('downwardAPI: {items: [{path: a, fieldRef: {fieldPath: status.podIP}}]}'),
    [
      'spec.template.spec.volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: "status.podIP": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"',
    ],
  ],
  [volume('projected: {sources: []}'), []],
  [
    volume('projected: {sources: [{serviceAccountToken: {path: a, expirationSeconds: 10}}]}'),
    [
      'spec.template.spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 10: may not specify a duration less than 10 minutes',
    ],
  ],
  [
    volume('projected: {sources: [{configMap: {name: a, items: [{key: k, path: p, mode: 999}]}}]}'),
    [
      'spec.template.spec.volumes[0].projected.sources[0].configMap.items[0].mode: Invalid value: 999: must be a number between 0 and 0777 (octal), both inclusive',
    ],
  ],
  [volume('emptyDir: {medium: memory}'), []],
  [
    volume('hostPath: {path: /x, type: directory}'),
    [
      'spec.template.spec.volumes[0].hostPath.type: Unsupported value: "directory": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
    ],
  ],
  [
    volume('hostPath: {path: ../x}'),
    ['spec.template.spec.volumes[0].hostPath.path: Invalid value: "../x": must not contain \'..\''],
  ],
  [
    pods('', 'os: {name: mac}'),
    ['spec.template.spec.os: Unsupported value: "mac": supported values: "linux", "windows"'],
  ],
  [pods('', 'os: {name: linux}'), []],
  [
    pods('', 'securityContext: {sysctls: [{name: "a b", value: c}]}'),
    [
      'spec.template.spec.securityContext.sysctls[0].name: Invalid value: "a b": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
    ],
  ],
  [pods('', 'securityContext: {sysctls: [{name: net.core.somaxconn, value: "1"}]}'), []],
  [
    pods('', 'securityContext: {sysctls: [{name: a.b, value: c},{name: a.b, value: c}]}'),
    ['spec.template.spec.securityContext.sysctls[1].name: Duplicate value: "a.b"'],
  ],
  [
    pods('', 'securityContext: {sysctls: [{value: c}]}'),
    ['spec.template.spec.securityContext.sysctls[0].name: Required value'],
  ],
  [
    daemonSet('{rollingUpdate: {maxUnavailable: 0, maxSurge: 0}}'),
    [
      'spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0',
    ],
  ],
  [
    daemonSet('{rollingUpdate: {maxSurge: 1}}'),
    [
      'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero',
    ],
  ],
  [daemonSet('{rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}'), []],
  [
    daemonSet('{rollingUpdate: {maxUnavailable: 0}}'),
    [
      'spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0',
    ],
  ],
  [
    daemonSet('{type: Recreate}'),
    [
      'spec.updateStrategy: Unsupported value: {"Type":"Recreate","RollingUpdate":null}: supported values: "RollingUpdate", "OnDelete"',
    ],
  ],
  [daemonSet('{type: OnDelete}'), []],
  [
    daemonSet('{rollingUpdate: {maxUnavailable: 110%}}'),
    [
      'spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: "110%": must not be greater than 100%',
    ],
  ],
  [
    daemonSet('{rollingUpdate: {maxUnavailable: 10%, maxSurge: 10%}}'),
    [
      'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "10%": may not be set when maxUnavailable is non-zero',
    ],
  ],
  [
    claim('{accessModes: [RWO], resources: {requests: {storage: 1Gi}}}'),
    [
      'spec.volumeClaimTemplates[0].spec.accessModes: Unsupported value: "RWO": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
    ],
  ],
  [
    claim('{resources: {requests: {storage: 1Gi}}}'),
    [
      'spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is required',
    ],
  ],
  [
    claim('{accessModes: [ReadWriteOnce]}'),
    ['spec.volumeClaimTemplates[0].spec.resources[storage]: Required value'],
  ],
  [
    claim(
      '{accessModes: [ReadWriteOnce], storageClassName: A_b, resources: {requests: {storage: 1Gi}}}',
    ),
    [
      "spec.volumeClaimTemplates[0].spec.storageClassName: Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    claim('{accessModes: [ReadWriteOnce], resources: {requests: {storage: 0}}}'),
    [
      'spec.volumeClaimTemplates[0].spec.resources[storage]: Invalid value: "0": must be greater than zero',
    ],
  ],
  [
    claim(
      '{accessModes: [ReadWriteOnce], volumeMode: block, resources: {requests: {storage: 1Gi}}}',
    ),
    [
      'spec.volumeClaimTemplates[0].spec.volumeMode: Unsupported value: "block": supported values: "Block", "Filesystem"',
    ],
  ],
  [
    metric('{type: Resource, resource: {name: cpu, target: {type: Utilization}}}'),
    [
      'spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization',
    ],
  ],
  [
    metric(
      '{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 0}}}',
    ),
    [
      'spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0',
    ],
  ],
  [
    metric(
      '{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 5, averageValue: 5}}}',
    ),
    [
      'spec.metrics[0].resource.target.averageValue: Forbidden: may not set both a target raw value and a target utilization',
    ],
  ],
  [
    metric('{type: Resource, resource: {target: {type: Utilization, averageUtilization: 5}}}'),
    ['spec.metrics[0].resource.name: Required value: must specify a resource name'],
  ],
  [
    metric('{type: Resource}'),
    [
      'spec.metrics[0].resource: Required value: must populate information for the given metric source',
    ],
  ],
  [
    metric(
      '{type: resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 5}}}',
    ),
    [
      'spec.metrics[0].type: Unsupported value: "resource": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"',
    ],
  ],
  [
    metric('{resource: {name: cpu, target: {type: Utilization, averageUtilization: 5}}}'),
    [
      'spec.metrics[0].type: Required value: must specify a metric source type',
      'spec.metrics[0].type: Unsupported value: "": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"',
    ],
  ],
  [
    metric('{type: Pods, pods: {metric: {name: a}, target: {type: AverageValue}}}'),
    [
      'spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue',
    ],
  ],
  [
    metric('{type: External, external: {metric: {name: a}, target: {type: Value}}}'),
    [
      'spec.metrics[0].external.target.averageValue: Required value: must set either a target value for metric or a per-pod target',
    ],
  ],
  [
    metric('{type: Resource, resource: {name: cpu, target: {averageUtilization: 5}}}'),
    [
      'spec.metrics[0].resource.target.type: Required value: must specify a metric target type',
      'spec.metrics[0].resource.target.type: Invalid value: "": must be either Utilization, Value, or AverageValue',
    ],
  ],
  [
    metric(
      '{type: Resource, resource: {name: cpu, target: {type: Percent, averageUtilization: 5}}}',
    ),
    [
      'spec.metrics[0].resource.target.type: Invalid value: "Percent": must be either Utilization, Value, or AverageValue',
    ],
  ],
  [
    metric(
      '{type: ContainerResource, containerResource: {name: cpu, target: {type: Utilization, averageUtilization: 5}}}',
    ),
    ['spec.metrics[0].containerResource.container: Required value: must specify a container'],
  ],
  [
    metric(
      '{type: Object, object: {metric: {name: a}, describedObject: {kind: S, name: x}, target: {type: Value}}}',
    ),
    [
      'spec.metrics[0].object.target.averageValue: Required value: must set either a target value or averageValue',
    ],
  ],
  [
    metric(
      '{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 0}}}',
    ),
    ['spec.metrics[0].resource.target.averageValue: Invalid value: "0": must be positive'],
  ],
  [
    metric(
      '{type: Pods, resource: {name: cpu, target: {type: Utilization, averageUtilization: 5}}}',
    ),
    ['spec.metrics[0].pods: Required value: must populate information for the given metric source'],
  ],
  [
    scaled('{ kind: Deployment, name: x }'),
    ['spec.scaleTargetRef.apiVersion: Invalid value: "": apiVersion must specify API group'],
  ],
  [
    scaled('{ apiVersion: v1, kind: Deployment, name: x }'),
    ['spec.scaleTargetRef.apiVersion: Invalid value: "v1": apiVersion must specify API group'],
  ],
  [scaled('{ kind: ReplicationController, name: x }'), []],
  [
    scaled('{ apiVersion: a/b/c, kind: Deployment, name: x }'),
    [
      'spec.scaleTargetRef.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
    ],
  ],
  [
    scaled('{ apiVersion: apps/v1, kind: Deployment, name: a/b }'),
    ['spec.scaleTargetRef.name: Invalid value: "a/b": may not contain \'/\''],
  ],
  [
    scaled("{ apiVersion: apps/v1, kind: 'a%b', name: .. }"),
    [
      'spec.scaleTargetRef.kind: Invalid value: "a%b": may not contain \'%\'',
      'spec.scaleTargetRef.name: Invalid value: "..": may not be \'..\'',
    ],
  ],
  [
    metric(
      '{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 5}}, external: {metric: {name: a}, target: {type: Value, value: 5}}}',
    ),
    ['spec.metrics[0].external: Forbidden: must populate the given metric source only'],
  ],
  [
    metric(
      '{type: External, resource: {name: cpu, target: {type: Utilization, averageUtilization: 5}}, external: {metric: {name: a}, target: {type: Value, value: 5, averageValue: 5}}}',
    ),
    [
      'spec.metrics[0].external.target.value: Forbidden: may not set both a target value for metric and a per-pod target',
      'spec.metrics[0].resource: Forbidden: must populate the given metric source only',
    ],
  ],
  [
    metric('{type: Pods, pods: {metric: {}, target: {type: AverageValue, averageValue: 5}}}'),
    ['spec.metrics[0].pods.metric.name: Required value: must specify a metric name'],
  ],
  [
    metric('{type: External, external: {metric: {name: a/b}, target: {type: Value, value: 5}}}'),
    ['spec.metrics[0].external.metric.name: Invalid value: "a/b": may not contain \'/\''],
  ],
  [
    metric(
      '{type: ContainerResource, containerResource: {name: cpu, container: A, target: {type: Utilization, averageUtilization: 5}}}',
    ),
    [
      "spec.metrics[0].containerResource.container: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    ],
  ],
  [
    metric(
      '{type: Object, object: {metric: {name: a}, describedObject: {apiVersion: a/b/c, kind: S, name: ..}, target: {type: Value, value: 5}}}',
    ),
    [
      'spec.metrics[0].object.describedObject.name: Invalid value: "..": may not be \'..\'',
      'spec.metrics[0].object.describedObject.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
    ],
  ],
  [
    metric('{type: CPU, external: {metric: {}, target: {type: Value, value: 5}}}'),
    [
      'spec.metrics[0].type: Unsupported value: "CPU": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"',
      'spec.metrics[0].external.metric.name: Required value: must specify a metric name',
    ],
  ],
  [
    statefulSet('updateStrategy: { type: Recreate }'),
    [
      'spec.updateStrategy: Invalid value: {"Type":"Recreate","RollingUpdate":null}: must be \'RollingUpdate\' or \'OnDelete\'',
    ],
  ],
  [
    statefulSet('updateStrategy: { type: OnDelete, rollingUpdate: { partition: 1 } }'),
    [
      'spec.updateStrategy.rollingUpdate: Invalid value: {"Partition":1,"MaxUnavailable":null}: only allowed for updateStrategy \'RollingUpdate\'',
    ],
  ],
  [statefulSet('updateStrategy: { type: OnDelete }'), []],
  [
    statefulSet('updateStrategy: { rollingUpdate: { partition: -1 } }'),
    [
      'spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0',
    ],
  ],
  [
    statefulSet('updateStrategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 0 } }'),
    [],
  ],
  [
    statefulSet('persistentVolumeClaimRetentionPolicy: { whenScaled: Recycle }'),
    [
      'spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: "Recycle": supported values: "Retain", "Delete"',
    ],
  ],
  [
    statefulSet(
      'volumeClaimTemplates: [{ spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]',
    ),
    [
      'spec.template.spec.volumes[0].persistentVolumeClaim.claimName: Required value',
      'spec.template.spec.volumes[0].name: Required value',
    ],
  ],
  [
    statefulSet(
      'volumeClaimTemplates: [{ metadata: { name: A_b }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]',
    ),
    [
      "spec.template.spec.volumes[0].name: Invalid value: \"A_b\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    ],
  ],
  [
    mounted('mountPropagation: Bidirectional'),
    [
      'spec.template.spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers',
    ],
  ],
  [
    mounted('mountPropagation: Host'),
    [
      'spec.template.spec.containers[0].volumeMounts.mountPropagation: Unsupported value: "Host": supported values: "Bidirectional", "HostToContainer", "None"',
    ],
  ],
  [mounted('mountPropagation: HostToContainer'), []],
  [
    mounted('recursiveReadOnly: Enabled'),
    [
      'spec.template.spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true',
    ],
  ],
  [
    mounted('recursiveReadOnly: Maybe'),
    [
      'spec.template.spec.containers[0].volumeMounts.recursiveReadOnly: Unsupported value: "Maybe": supported values: "Disabled", "Enabled", "IfPossible"',
    ],
  ],
  [mounted('readOnly: true, recursiveReadOnly: IfPossible'), []],
  [
    mounted('readOnly: true, recursiveReadOnly: Enabled, mountPropagation: HostToContainer'),
    [
      'spec.template.spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when mountPropagation is None or not specified',
    ],
  ],
  [
    annotated('container.apparmor.security.beta.kubernetes.io/d: runtime/default'),
    [
      'spec.template.annotations[container.apparmor.security.beta.kubernetes.io/d]: Invalid value: "d": container not found',
    ],
  ],
  [annotated('container.apparmor.security.beta.kubernetes.io/c: runtime/default'), []],
  [
    annotated('container.apparmor.security.beta.kubernetes.io/c: default'),
    [
      'spec.template.annotations[container.apparmor.security.beta.kubernetes.io/c]: Invalid value: "default": invalid AppArmor profile name: "default"',
    ],
  ],
  [
    annotated("controller.kubernetes.io/pod-deletion-cost: '1.5'"),
    [
      'spec.template.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "1.5": must be a 32bit integer',
    ],
  ],
  [annotated("controller.kubernetes.io/pod-deletion-cost: '-5'"), []],
  [
    annotated("controller.kubernetes.io/pod-deletion-cost: '4294967296'"),
    [
      'spec.template.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "4294967296": must be a 32bit integer',
    ],
  ],
  [
    pods(
      ', env: [{ name: A, valueFrom: { fieldRef: { apiVersion: v2, fieldPath: metadata.name } } }]',
    ),
    [
      'spec.template.spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.name": error converting fieldPath: unsupported pod version: v2',
    ],
  ],
  [
    quota('hard: { pods: 1 }, scopes: [Everything]'),
    ['spec.scopes: Invalid value: ["Everything"]: unsupported scope'],
  ],
  [
    quota('hard: { pods: 1, cpu: 1 }, scopes: [BestEffort]'),
    ['spec.scopes: Invalid value: ["BestEffort"]: unsupported scope applied to resource'],
  ],
  [quota('hard: { pods: 1 }, scopes: [BestEffort]'), []],
  [
    quota('hard: { cpu: 1 }, scopes: [Terminating, NotTerminating]'),
    ['spec.scopes: Invalid value: ["Terminating","NotTerminating"]: conflicting scopes'],
  ],
  [
    quota('hard: { services: 1 }, scopes: [NotBestEffort]'),
    ['spec.scopes: Invalid value: ["NotBestEffort"]: unsupported scope applied to resource'],
  ],
  [quota('hard: { count/pods: 1, requests.storage: 1Gi }, scopes: [VolumeAttributesClass]'), []],
  [
    limits('{ type: Pod, max: { storage: 1Gi } }'),
    [
      'spec.limits[0].max[storage]: Invalid value: "storage": must be a standard resource for containers',
    ],
  ],
  [
    limits('{ type: Pod, max: { pods: 1 } }'),
    ['spec.limits[0].max[pods]: Invalid value: "pods": must be a standard resource for containers'],
  ],
  [
    limits('{ type: Pod, max: { cpus: 1 } }'),
    [
      'spec.limits[0].max[cpus]: Invalid value: "cpus": must be a standard resource type or fully qualified',
      'spec.limits[0].max[cpus]: Invalid value: "cpus": must be a standard resource for containers',
    ],
  ],
  [limits('{ type: PersistentVolumeClaim, max: { storage: 1Gi } }'), []],
  [budget('name: Shop_a'), []],
  [budget("name: 'a%b'"), ['metadata.name: Invalid value: "a%b": may not contain \'%\'']],
  [
    budget("name: a, labels: { 'a b': c }"),
    [
      "metadata.labels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ],
];

/** What is refused is in the picture with its reasons. */
function refusals(text: string, kubernetesMinor: 32 | 36): string[] {
  const { objects } = predict(load([{ path: 'a.yaml', text }]), { kubernetesMinor });
  return objects.refused.flatMap((object) => object.refusals.map(({ message }) => message));
}

describe('what the API server said', () => {
  it.each(played)('%s', (manifest, messages) => {
    expect(refusals(manifest, 36)).toEqual(messages);
  });

  it('of claim templates only since some release', () => {
    const withoutModes = claim('{ resources: { requests: { storage: 1Gi } } }');
    expect(refusals(withoutModes, 32)).toEqual([]);
    expect(refusals(withoutModes, 36)).toHaveLength(1);
  });

  it('of the API group of what is scaled only since some release', () => {
    const withoutGroup = scaled('{ kind: Deployment, name: x }');
    expect(refusals(withoutGroup, 32)).toEqual([]);
    expect(refusals(withoutGroup, 36)).toHaveLength(1);
  });
});
