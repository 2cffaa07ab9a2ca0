/*
 * DO NOT EDIT: written by scripts/generate-served-kinds.ts from kubernetes-validate 1.37.0 (Kubernetes 1.25 to 1.37).
 *
 * Per apiVersion its kinds, `Kind^since!until`, space separated. since and until are minor versions and stand only where some of these releases
 * do not know the kind. Alpha and beta versions are those that can be enabled, whether they are by default or not.
 */
export const servedKinds: Readonly<Record<string, string>> = {
  'admissionregistration.k8s.io/v1':
    'MutatingAdmissionPolicy^36 MutatingAdmissionPolicyBinding^36 MutatingWebhookConfiguration ValidatingAdmissionPolicy^30 ValidatingAdmissionPolicyBinding^30 ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/v1alpha1':
    'MutatingAdmissionPolicy^32 MutatingAdmissionPolicyBinding^32 ValidatingAdmissionPolicy^26!31 ValidatingAdmissionPolicyBinding^26!31',
  'admissionregistration.k8s.io/v1beta1':
    'MutatingAdmissionPolicy^34 MutatingAdmissionPolicyBinding^34 ValidatingAdmissionPolicy^28!33 ValidatingAdmissionPolicyBinding^28!33',
  'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
  'apiregistration.k8s.io/v1': 'APIService',
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'authentication.k8s.io/v1': 'SelfSubjectReview^28 TokenRequest TokenReview',
  'authentication.k8s.io/v1alpha1': 'SelfSubjectReview^26!31',
  'authentication.k8s.io/v1beta1': 'SelfSubjectReview^27!32',
  'authorization.k8s.io/v1': 'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  'autoscaling/v1': 'HorizontalPodAutoscaler Scale',
  'autoscaling/v2': 'HorizontalPodAutoscaler',
  'autoscaling/v2beta2': 'HorizontalPodAutoscaler!25',
  'batch/v1': 'CronJob Job',
  'certificates.k8s.io/v1': 'CertificateSigningRequest ClusterTrustBundle^37 PodCertificateRequest^37',
  'certificates.k8s.io/v1alpha1': 'ClusterTrustBundle^27!36 PodCertificateRequest^34!34',
  'certificates.k8s.io/v1beta1': 'ClusterTrustBundle^33 PodCertificateRequest^35',
  'coordination.k8s.io/v1': 'Lease',
  'coordination.k8s.io/v1alpha1': 'LeaseCandidate^31!31',
  'coordination.k8s.io/v1alpha2': 'LeaseCandidate^32',
  'coordination.k8s.io/v1beta1': 'LeaseCandidate^33',
  'discovery.k8s.io/v1': 'EndpointSlice',
  'events.k8s.io/v1': 'Event',
  'flowcontrol.apiserver.k8s.io/v1': 'FlowSchema^29 PriorityLevelConfiguration^29',
  'flowcontrol.apiserver.k8s.io/v1beta1': 'FlowSchema!25 PriorityLevelConfiguration!25',
  'flowcontrol.apiserver.k8s.io/v1beta2': 'FlowSchema!28 PriorityLevelConfiguration!28',
  'flowcontrol.apiserver.k8s.io/v1beta3': 'FlowSchema^26!31 PriorityLevelConfiguration^26!31',
  'internal.apiserver.k8s.io/v1alpha1': 'StorageVersion',
  'lifecycle.k8s.io/v1alpha1': 'Eviction^37 EvictionRequest^37',
  'networking.k8s.io/v1': 'IPAddress^33 Ingress IngressClass NetworkPolicy ServiceCIDR^33',
  'networking.k8s.io/v1alpha1': 'ClusterCIDR!28 IPAddress^27!30 ServiceCIDR^29!30',
  'networking.k8s.io/v1beta1': 'IPAddress^31!36 ServiceCIDR^31!36',
  'node.k8s.io/v1': 'RuntimeClass',
  'policy/v1': 'Eviction PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'resource.k8s.io/v1': 'DeviceClass^34 DeviceTaintRule^37 ResourceClaim^34 ResourceClaimTemplate^34 ResourceSlice^34',
  'resource.k8s.io/v1alpha1': 'PodScheduling^26!26 ResourceClaim^26!26 ResourceClaimTemplate^26!26 ResourceClass^26!26',
  'resource.k8s.io/v1alpha2':
    'PodSchedulingContext^27!30 ResourceClaim^27!30 ResourceClaimParameters^30!30 ResourceClaimTemplate^27!30 ResourceClass^27!30 ResourceClassParameters^30!30 ResourceSlice^30!30',
  'resource.k8s.io/v1alpha3':
    'DeviceClass^31!33 DeviceTaintRule^33 PodSchedulingContext^31!31 ResourceClaim^31!33 ResourceClaimTemplate^31!33 ResourcePoolStatusRequest^36 ResourceSlice^31!33',
  'resource.k8s.io/v1beta1': 'DeviceClass^32 ResourceClaim^32 ResourceClaimTemplate^32 ResourceSlice^32',
  'resource.k8s.io/v1beta2': 'DeviceClass^33 DeviceTaintRule^36 ResourceClaim^33 ResourceClaimTemplate^33 ResourceSlice^33',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'scheduling.k8s.io/v1alpha1': 'Workload^35!35',
  'scheduling.k8s.io/v1alpha2': 'PodGroup^36!36 Workload^36!36',
  'scheduling.k8s.io/v1alpha3': 'CompositePodGroup^37 PodGroup^37 Workload^37',
  'scheduling.k8s.io/v1beta1': 'PodGroup^37 Workload^37',
  'storage.k8s.io/v1': 'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass^34',
  'storage.k8s.io/v1alpha1': 'VolumeAttributesClass^29!34',
  'storage.k8s.io/v1beta1': 'CSIStorageCapacity!26 VolumeAttributesClass^31!36',
  'storagemigration.k8s.io/v1': 'StorageVersionMigration^37',
  'storagemigration.k8s.io/v1alpha1': 'StorageVersionMigration^30!34',
  'storagemigration.k8s.io/v1beta1': 'StorageVersionMigration^35',
  v1:
    'Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
};
