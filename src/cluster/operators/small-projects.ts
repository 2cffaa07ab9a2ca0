/** Projects with a kind or two. */
import { fieldAt } from '../../kubernetes/json.ts';
import { makingNothing, type Operator, type OperatorTable } from './operator.ts';
import { labelsOf, partly } from './read.ts';

/**
 * The console and the pools; labels of the resource are passed on.
 *
 * @source minio/operator pkg/apis/minio.min.io/v2/labels.go `MinIOPodLabels` @099810ea
 * @source minio/operator pkg/apis/minio.min.io/v2/names.go
 *   `MinIOCIServiceName`, `MinIOHLServiceName`, `ConsoleCIServiceName` @04b1f18a
 */
const minioTenant: Operator = (resource) => ({
  pods: [partly(resource, { 'v1.min.io/tenant': resource.name }, ['min.io'])],
  services: ['minio', `${resource.name}-hl`, `${resource.name}-console`],
});

/**
 * @source keycloak/keycloak operator/src/main/java/org/keycloak/operator/Utils.java
 *   `allInstanceLabels` @18be0e6d
 */
const keycloak: Operator = (resource) => ({
  pods: [
    partly(
      resource,
      {
        app: 'keycloak',
        'app.kubernetes.io/instance': resource.name,
        'app.kubernetes.io/managed-by': 'keycloak-operator',
      },
      ['keycloak.org'],
      { 'app.kubernetes.io/component': null },
    ),
  ],
  services: [`${resource.name}-service`, `${resource.name}-discovery`],
});

/**
 * `app` is the resource's name.
 *
 * @source grafana/grafana-operator controllers/reconcilers/grafana/service_reconciler.go
 *   `Reconcile` @b092a770 (5.x)
 * @source grafana/grafana-operator controllers/reconcilers/grafana/deployment_reconciler.go
 *   `getDeploymentSpec` @15e2a59f (5.x)
 */
const grafana: Operator = (resource) => {
  // It only configures an instance that runs elsewhere.
  if (fieldAt(resource.value, 'spec', 'external') !== undefined) return {};
  return {
    pods: [
      partly(resource, { app: resource.name }, [], {
        'app.kubernetes.io/managed-by': 'grafana-operator',
      }),
    ],
    services: [`${resource.name}-service`, `${resource.name}-alerting`],
    allServices: true,
  };
};

/**
 * The launcher's pod has the labels of the virtual machine's template, or of the instance.
 *
 * @source kubevirt/kubevirt pkg/virt-controller/services/template.go `podLabels` @008b6e6b
 * @source kubevirt/kubevirt pkg/virt-controller/watch/replicaset/replicaset.go `scale` @8bbde04b
 */
const virtualMachine: Operator = (resource) => {
  const path =
    resource.kind === 'VirtualMachineInstance'
      ? ['metadata', 'labels']
      : ['spec', 'template', 'metadata', 'labels'];
  return {
    pods: [
      partly(
        resource,
        { ...labelsOf(fieldAt(resource.value, ...path)), 'kubevirt.io': 'virt-launcher' },
        ['kubevirt.io'],
      ),
    ],
  };
};

/**
 * @source bank-vaults/vault-operator pkg/apis/vault/v1alpha1/vault_types.go
 *   `LabelsForVault` @b74a46d1
 */
const vault: Operator = (resource) => ({
  pods: [
    partly(resource, { 'app.kubernetes.io/name': /^vault/, vault_cr: resource.name }, [
      'banzaicloud.com',
    ]),
  ],
});

export const smallProjects: OperatorTable = {
  'vault.banzaicloud.com': { Vault: vault },
  'minio.min.io': { Tenant: minioTenant },
  'sts.min.io': makingNothing('PolicyBinding'),
  'k8s.keycloak.org': { Keycloak: keycloak, KeycloakRealmImport: keycloak },
  'grafana.integreatly.org': {
    Grafana: grafana,
    ...makingNothing(
      'GrafanaDashboard GrafanaDatasource GrafanaFolder GrafanaAlertRuleGroup ' +
        'GrafanaContactPoint GrafanaNotificationPolicy GrafanaLibraryPanel GrafanaMuteTiming ' +
        'GrafanaNotificationTemplate GrafanaServiceAccount GrafanaManifest ' +
        'GrafanaNotificationPolicyRoute',
    ),
  },
  'kubevirt.io': {
    VirtualMachine: virtualMachine,
    VirtualMachineInstance: virtualMachine,
    // Instances of it have the labels of its template and no others.
    VirtualMachineInstanceReplicaSet: virtualMachine,
  },
};
