/**
 * Which fields name other objects. A line says where the name stands and what it names; what stands
 * beside the name (namespace, kind, port) is said by the properties. To teach the project a
 * reference, add its line here: units, rules, `describe` and the mutation tests read this table.
 *
 * From the API types of each project: k8s.io/api, sigs.k8s.io/gateway-api/apis, istio.io/api,
 * argo-rollouts pkg/apis, openshift/api, prometheus-operator pkg/apis/monitoring, keda apis,
 * traefik pkg/provider/kubernetes/crd/traefikio, contour apis/projectcontour/v1, cert-manager
 * pkg/apis, fluxcd/*\/api.
 */
import { gatewayGroup } from './groups.ts';
import { nginxPrefix, serviceNameLabel } from './labels.ts';
import { loadBalancerRows } from './operator-references.ts';
import {
  annotated,
  below,
  called,
  each,
  reaches,
  type ReferenceRow,
  to,
  typed,
} from './reference-row.ts';
import {
  backend,
  kongRows,
  nginxUpstreams,
  rollout,
  route,
  virtualService,
} from './traffic-references.ts';

/** What a pod names, from its spec (core/v1 `PodSpec`). */
export const podReferences: readonly ReferenceRow[] = [
  to('ServiceAccount', 'serviceAccountName'),
  // Its older name; the API server fills in either from the other.
  to('ServiceAccount', 'serviceAccount', { unless: 'serviceAccountName' }),
  to('scheduling.k8s.io/PriorityClass', 'priorityClassName'),
  to('node.k8s.io/RuntimeClass', 'runtimeClassName'),
  to('Secret', 'imagePullSecrets[].name'),
  ...below(
    ['containers[]', 'initContainers[]', 'ephemeralContainers[]'],
    [
      to('ConfigMap', 'env[].valueFrom.configMapKeyRef.name', { key: 'key' }),
      to('Secret', 'env[].valueFrom.secretKeyRef.name', { key: 'key' }),
      to('ConfigMap', 'envFrom[].configMapRef.name'),
      to('Secret', 'envFrom[].secretRef.name'),
    ],
  ),
  to('ConfigMap', 'volumes[].configMap.name'),
  to('ConfigMap', 'volumes[].projected.sources[].configMap.name'),
  to('Secret', 'volumes[].secret.secretName'),
  to('Secret', 'volumes[].projected.sources[].secret.name'),
  to('Secret', 'volumes[].csi.nodePublishSecretRef.name'),
  to('Secret', 'volumes[].azureFile.secretName'),
  to(
    'secrets-store.csi.x-k8s.io/SecretProviderClass',
    'volumes[].csi.volumeAttributes.secretProviderClass',
  ),
  ...['cephfs', 'cinder', 'flexVolume', 'iscsi', 'rbd', 'scaleIO', 'storageos'].map((source) =>
    to('Secret', `volumes[].${source}.secretRef.name`),
  ),
  to('PersistentVolumeClaim', 'volumes[].persistentVolumeClaim.claimName'),
  to(
    'storage.k8s.io/StorageClass',
    'volumes[].ephemeral.volumeClaimTemplate.spec.storageClassName',
  ),
  to('Endpoints', 'volumes[].glusterfs.endpoints'),
  to('resource.k8s.io/ResourceClaim', 'resourceClaims[].resourceClaimName'),
  to('resource.k8s.io/ResourceClaimTemplate', 'resourceClaims[].resourceClaimTemplateName'),
];

/**
 * Secrets and ConfigMaps that prometheus-operator reads for one connection (monitoring/v1
 * `HTTPConfig`, `SafeTLSConfig`).
 */
const connection: readonly ReferenceRow[] = [
  ...each(
    'Secret',
    [
      'authorization.credentials.name',
      'basicAuth.password.name',
      'basicAuth.username.name',
      'bearerTokenSecret.name',
      'oauth2.clientId.secret.name',
      'oauth2.clientSecret.name',
      'tlsConfig.ca.secret.name',
      'tlsConfig.cert.secret.name',
      'tlsConfig.keySecret.name',
    ],
    { key: 'key' },
  ),
  ...each(
    'ConfigMap',
    [
      'oauth2.clientId.configMap.name',
      'tlsConfig.ca.configMap.name',
      'tlsConfig.cert.configMap.name',
    ],
    { key: 'key' },
  ),
];

/** Whose certificate cert-manager writes into `caBundle`. */
const injected = annotated('cert-manager.io/Certificate', 'cert-manager.io/inject-ca-from', {
  form: 'qualified',
});
/** Who is asked for the certificates that an object names. */
const issuers = [
  annotated('cert-manager.io/Issuer', 'cert-manager.io/issuer', {
    unless: 'cert-manager.io/issuer-group',
  }),
  annotated('cert-manager.io/ClusterIssuer', 'cert-manager.io/cluster-issuer'),
];
/** What a workload is restarted for when it changes (stakater/Reloader). */
const reloaded = [
  annotated('ConfigMap', 'configmap.reloader.stakater.com/reload', { form: 'list' }),
  annotated('Secret', 'secret.reloader.stakater.com/reload', { form: 'list' }),
];
/** Whose proxies see it; `.` is its own namespace. */
const exported = to('Namespace', 'spec.exportTo[]', { except: ['*', '.', '~'] });
const linkerd = 'policy.linkerd.io';

const webhooks = [to('Service', 'webhooks[].clientConfig.service.name', called), injected];

const proxyService = { ports: ['port'] } as const;
const sourceOfFlux = { typed: true, reaches: true } as const;
const filledIn = { typed: true, kinds: ['Secret', 'ConfigMap'] } as const;
const pvc = 'snapshot.storage.k8s.io';

/**
 * Group and kind of the object that names → what it names. Kinds with a pod template have
 * `podReferences` besides.
 */
export const referenceTable: Readonly<Record<string, readonly ReferenceRow[]>> = {
  // Traffic into the cluster.
  'networking.k8s.io/Ingress': [
    ...each(
      'Service',
      ['spec.defaultBackend.service.name', 'spec.rules[].http.paths[].backend.service.name'],
      { ports: ['port.name', 'port.number'] },
    ),
    // extensions/v1beta1 and networking.k8s.io/v1beta1.
    ...each(
      'Service',
      ['spec.backend.serviceName', 'spec.rules[].http.paths[].backend.serviceName'],
      {
        ports: ['servicePort'],
      },
    ),
    ...each(
      '',
      ['spec.defaultBackend.resource.name', 'spec.rules[].http.paths[].backend.resource.name'],
      typed,
    ),
    to('Secret', 'spec.tls[].secretName'),
    to('networking.k8s.io/IngressClass', 'spec.ingressClassName'),
    ...['auth-secret', 'auth-tls-secret', 'proxy-ssl-secret'].map((name) =>
      annotated('Secret', `${nginxPrefix}${name}`, { form: 'qualified' }),
    ),
    ...['haproxy-ingress.github.io/auth-secret', 'nginx.org/basic-auth-secret'].map((name) =>
      annotated('Secret', name, { form: 'qualified' }),
    ),
    annotated('ConfigMap', `${nginxPrefix}custom-headers`, { form: 'qualified' }),
    annotated('Service', `${nginxPrefix}default-backend`),
    ...kongRows,
    ...issuers,
    ...loadBalancerRows,
  ],
  'networking.k8s.io/IngressClass': [
    to('', 'spec.parameters.name', { typed: true, reaches: true }),
  ],
  [`${gatewayGroup}/HTTPRoute`]: [...route, ...kongRows],
  [`${gatewayGroup}/GRPCRoute`]: route,
  [`${gatewayGroup}/TCPRoute`]: route,
  [`${gatewayGroup}/TLSRoute`]: route,
  [`${gatewayGroup}/UDPRoute`]: route,
  [`${gatewayGroup}/Gateway`]: [
    to(`${gatewayGroup}/GatewayClass`, 'spec.gatewayClassName'),
    to('Secret', 'spec.listeners[].tls.certificateRefs[].name', { ...typed, ...reaches }),
    to('ConfigMap', 'spec.listeners[].tls.frontendValidation.caCertificateRefs[].name', {
      ...typed,
      ...reaches,
    }),
    to('ConfigMap', 'spec.infrastructure.parametersRef.name', typed),
    ...issuers,
  ],
  [`${gatewayGroup}/GatewayClass`]: [to('', 'spec.parametersRef.name', { ...typed, ...reaches })],
  [`${gatewayGroup}/BackendTLSPolicy`]: [
    to('Service', 'spec.targetRefs[].name', typed),
    to('ConfigMap', 'spec.validation.caCertificateRefs[].name', typed),
  ],
  'route.openshift.io/Route': [
    to('Service', 'spec.to.name', typed),
    to('Service', 'spec.alternateBackends[].name', typed),
    to('Secret', 'spec.tls.externalCertificate.name'),
  ],
  'projectcontour.io/HTTPProxy': [
    ...each(
      'Service',
      ['spec.routes[].services[].name', 'spec.tcpproxy.services[].name'],
      proxyService,
    ),
    ...each(
      'projectcontour.io/HTTPProxy',
      ['spec.includes[].name', 'spec.tcpproxy.include.name'],
      reaches,
    ),
    ...each(
      'Secret',
      ['spec.virtualhost.tls.secretName', 'spec.virtualhost.tls.clientValidation.caSecret'],
      { form: 'qualified' },
    ),
    ...each('Secret', ['spec.routes[].services[].validation.caSecret'], { form: 'qualified' }),
    to(
      'projectcontour.io/ExtensionService',
      'spec.virtualhost.authorization.extensionRef.name',
      reaches,
    ),
  ],
  'projectcontour.io/ExtensionService': [to('Service', 'spec.services[].name', proxyService)],
  'configuration.konghq.com/TCPIngress': [
    to('Service', 'spec.rules[].backend.serviceName', { ports: ['servicePort'] }),
    to('Secret', 'spec.tls[].secretName'),
  ],
  'configuration.konghq.com/UDPIngress': [
    to('Service', 'spec.rules[].backend.serviceName', { ports: ['servicePort'] }),
  ],
  'k8s.nginx.org/VirtualServer': [
    ...nginxUpstreams,
    to('Secret', 'spec.tls.secret'),
    to('k8s.nginx.org/VirtualServerRoute', 'spec.routes[].route', { form: 'qualified' }),
  ],
  'k8s.nginx.org/VirtualServerRoute': nginxUpstreams,
  'k8s.nginx.org/TransportServer': [
    to('Service', 'spec.upstreams[].service', { ports: ['port'] }),
    to('Secret', 'spec.tls.secret'),
  ],
  'getambassador.io/Host': [to('Secret', 'spec.tlsSecret.name')],
  'configuration.konghq.com/KongConsumer': [to('Secret', 'credentials[]')],

  // Istio.
  'networking.istio.io/VirtualService': [...virtualService, exported],
  'networking.istio.io/DestinationRule': [
    to('Service', 'spec.host', { form: 'host' }),
    exported,
    ...each('Secret', [
      'spec.trafficPolicy.tls.credentialName',
      'spec.trafficPolicy.portLevelSettings[].tls.credentialName',
    ]),
  ],

  // Linkerd.
  [`${linkerd}/ServerAuthorization`]: [to(`${linkerd}/Server`, 'spec.server.name')],
  [`${linkerd}/AuthorizationPolicy`]: [
    to(`${linkerd}/Server`, 'spec.targetRef.name', typed),
    to(`${linkerd}/MeshTLSAuthentication`, 'spec.requiredAuthenticationRefs[].name', {
      ...typed,
      ...reaches,
    }),
  ],
  [`${linkerd}/MeshTLSAuthentication`]: [
    to('ServiceAccount', 'spec.identityRefs[].name', {
      ...typed,
      ...reaches,
      kinds: ['ServiceAccount'],
    }),
  ],
  [`${linkerd}/HTTPRoute`]: [
    to(`${linkerd}/Server`, 'spec.parentRefs[].name', { ...typed, ...reaches }),
    to('Service', 'spec.rules[].backendRefs[].name', backend),
  ],

  'discovery.k8s.io/EndpointSlice': [to('Service', 'metadata.labels', { entry: serviceNameLabel })],

  // What the API server calls.
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhooks,
  'apiextensions.k8s.io/CustomResourceDefinition': [
    ...each(
      'Service',
      [
        'spec.conversion.webhook.clientConfig.service.name',
        'spec.conversion.webhookClientConfig.service.name',
      ],
      called,
    ),
    injected,
  ],
  'apiregistration.k8s.io/APIService': [to('Service', 'spec.service.name', called), injected],

  // Workloads and what scales them.
  '/Service': [
    ...kongRows,
    annotated('cloud.google.com/BackendConfig', 'cloud.google.com/backend-config', {
      form: 'values',
    }),
  ],
  'apps/Deployment': reloaded,
  'apps/DaemonSet': reloaded,
  'apps/StatefulSet': [
    ...reloaded,
    to('Service', 'spec.serviceName'),
    to('storage.k8s.io/StorageClass', 'spec.volumeClaimTemplates[].spec.storageClassName'),
  ],
  'argoproj.io/Rollout': rollout,
  'flagger.app/Canary': [
    to('apps/Deployment', 'spec.targetRef.name', typed),
    to('', 'spec.autoscalerRef.name', typed),
    to('networking.k8s.io/Ingress', 'spec.ingressRef.name', typed),
    to('flagger.app/MetricTemplate', 'spec.analysis.metrics[].templateRef.name', reaches),
  ],
  'autoscaling/HorizontalPodAutoscaler': [
    to('', 'spec.scaleTargetRef.name', typed),
    // autoscaling/v2 and v2beta2, then v2beta1.
    to('', 'spec.metrics[].object.describedObject.name', typed),
    to('', 'spec.metrics[].object.target.name', typed),
  ],
  'autoscaling.k8s.io/VerticalPodAutoscaler': [to('', 'spec.targetRef.name', typed)],
  'keda.sh/ScaledObject': [
    to('apps/Deployment', 'spec.scaleTargetRef.name', typed),
    to('keda.sh/TriggerAuthentication', 'spec.triggers[].authenticationRef.name', typed),
  ],
  'keda.sh/ScaledJob': [
    to('keda.sh/TriggerAuthentication', 'spec.triggers[].authenticationRef.name', typed),
  ],
  'http.keda.sh/HTTPScaledObject': [
    to('apps/Deployment', 'spec.scaleTargetRef.name', typed),
    to('Service', 'spec.scaleTargetRef.service', { ports: ['port'] }),
  ],
  'keda.sh/TriggerAuthentication': [
    to('Secret', 'spec.secretTargetRef[].name', { key: 'key' }),
    to('ConfigMap', 'spec.configMapTargetRef[].name', { key: 'key' }),
  ],

  // Monitoring.
  'monitoring.coreos.com/ServiceMonitor': below(['spec.endpoints[]'], connection),
  'monitoring.coreos.com/PodMonitor': below(['spec.podMetricsEndpoints[]'], connection),
  'monitoring.coreos.com/Probe': below(['spec'], connection),
  'monitoring.coreos.com/Prometheus': [
    to('ServiceAccount', 'spec.serviceAccountName'),
    to('Secret', 'spec.additionalScrapeConfigs.name', { key: 'key' }),
    to('Secret', 'spec.secrets[]'),
    to('ConfigMap', 'spec.configMaps[]'),
    to('Service', 'spec.alerting.alertmanagers[].name', called),
  ],
  'monitoring.coreos.com/Alertmanager': [
    to('ServiceAccount', 'spec.serviceAccountName'),
    to('Secret', 'spec.configSecret'),
    to('Secret', 'spec.secrets[]'),
    to('ConfigMap', 'spec.configMaps[]'),
  ],

  // Accounts and rights.
  '/ServiceAccount': each('Secret', ['secrets[].name', 'imagePullSecrets[].name']),
  'rbac.authorization.k8s.io/RoleBinding': [
    to('rbac.authorization.k8s.io/Role', 'roleRef.name', typed),
    to('ServiceAccount', 'subjects[].name', { ...typed, ...reaches, kinds: ['ServiceAccount'] }),
  ],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [
    to('rbac.authorization.k8s.io/ClusterRole', 'roleRef.name', typed),
    to('ServiceAccount', 'subjects[].name', { ...typed, ...reaches, kinds: ['ServiceAccount'] }),
  ],

  // Storage.
  '/PersistentVolumeClaim': [
    to('storage.k8s.io/StorageClass', 'spec.storageClassName'),
    to('PersistentVolume', 'spec.volumeName'),
    to('PersistentVolumeClaim', 'spec.dataSource.name', typed),
    to('PersistentVolumeClaim', 'spec.dataSourceRef.name', { ...typed, ...reaches }),
  ],
  '/PersistentVolume': [
    to('storage.k8s.io/StorageClass', 'spec.storageClassName'),
    to('PersistentVolumeClaim', 'spec.claimRef.name', reaches),
  ],
  [`${pvc}/VolumeSnapshot`]: [
    to('PersistentVolumeClaim', 'spec.source.persistentVolumeClaimName'),
    to(`${pvc}/VolumeSnapshotClass`, 'spec.volumeSnapshotClassName'),
  ],

  // Certificates, secrets, delivery.
  'cert-manager.io/Certificate': [to('cert-manager.io/Issuer', 'spec.issuerRef.name', typed)],
  'external-secrets.io/ExternalSecret': [
    to('external-secrets.io/SecretStore', 'spec.secretStoreRef.name', typed),
  ],
  'helm.toolkit.fluxcd.io/HelmRelease': [
    to('source.toolkit.fluxcd.io/HelmRepository', 'spec.chart.spec.sourceRef.name', sourceOfFlux),
    to('helm.toolkit.fluxcd.io/HelmRelease', 'spec.dependsOn[].name', reaches),
    to('Secret', 'spec.valuesFrom[].name', filledIn),
  ],
  'kustomize.toolkit.fluxcd.io/Kustomization': [
    to('source.toolkit.fluxcd.io/GitRepository', 'spec.sourceRef.name', sourceOfFlux),
    to('kustomize.toolkit.fluxcd.io/Kustomization', 'spec.dependsOn[].name', reaches),
    to('Secret', 'spec.postBuild.substituteFrom[].name', filledIn),
  ],
};
