/**
 * What brings in manifests that were not read: releases of charts, kustomizations of other
 * repositories, installations described by one resource.
 */
import { groupOf } from '../../kubernetes/group-version.ts';
import { asList, asText, fieldAt, type Json } from '../../kubernetes/json.ts';
import { isGroupWithoutPods } from './groups-without-pods.ts';
import { type Creation, makingNothing, type Operator, type OperatorTable } from './operator.ts';

/** Everything of it goes to the namespace that a field names, else to the resource's own. */
const intoNamespace =
  (...path: readonly string[]): Operator =>
  ({ namespace, value }) => ({
    anything: { namespace: asText(fieldAt(value, ...path)) ?? namespace },
  });

/** Manifests say themselves where they go unless a field does. */
const anywhereUnless =
  (...path: readonly string[]): Operator =>
  ({ value }) => {
    const namespace = asText(fieldAt(value, ...path));
    return { anything: namespace === undefined ? {} : { namespace } };
  };

/**
 * Workloads and Services, as far as a controller of another's making makes any: their resource
 * names.
 */
const working =
  /^(pods|services|deployments|replicasets|statefulsets|daemonsets|jobs|cronjobs|replicationcontrollers)$/;

/**
 * Metacontroller asks a webhook what to make for each object of a kind, of the kinds that are
 * listed. Those of another operator's kinds make pods in their turn.
 *
 * @source metacontroller/metacontroller pkg/apis/metacontroller/v1alpha1/types.go
 *   `CompositeControllerSpec`, `DecoratorControllerSpec`, `ResourceRule` @1e3ba8cf
 */
const metacontroller =
  (listed: string): Operator =>
  ({ value }) =>
    asList(fieldAt(value, 'spec', listed)).some(mayWork) ? { anything: {} } : {};

function mayWork(child: Json): boolean {
  const group = groupOf(asText(fieldAt(child, 'apiVersion')) ?? '');
  return !isGroupWithoutPods(group) || working.test(asText(fieldAt(child, 'resource')) ?? '');
}

const crossplaneObjects = {
  Object: (): Creation => ({ anything: {} }),
  ...makingNothing(
    'ClusterProviderConfig ObservedObjectCollection ProviderConfig ProviderConfigUsage',
  ),
};

const crossplaneReleases = {
  Release: anywhereUnless('spec', 'forProvider', 'namespace'),
  ...makingNothing('ClusterProviderConfig ProviderConfig ProviderConfigUsage'),
};

/**
 * @source fluxcd/helm-controller api/v2/helmrelease_types.go `GetReleaseNamespace` @d909c31b
 * @source fluxcd/kustomize-controller api/v1/kustomization_types.go `TargetNamespace` @ae00400d
 * @source k3s-io/helm-controller pkg/apis/helm.cattle.io/v1/types.go `TargetNamespace` @01d37b05
 * @source istio/istio operator/pkg/apis/types.go `Namespace` @eed52ebb66ad
 * @source crossplane-contrib/provider-kubernetes apis/namespaced/object/v1alpha1/register.go
 *   `Group` @19364cba (without `m.` for resources that have no namespace)
 */
export const delivery: OperatorTable = {
  'helm.toolkit.fluxcd.io': { HelmRelease: intoNamespace('spec', 'targetNamespace') },
  'kustomize.toolkit.fluxcd.io': { Kustomization: anywhereUnless('spec', 'targetNamespace') },
  'source.toolkit.fluxcd.io': makingNothing(
    'Bucket ExternalArtifact GitRepository HelmChart HelmRepository OCIRepository',
  ),
  'notification.toolkit.fluxcd.io': makingNothing('Alert Provider Receiver'),
  'image.toolkit.fluxcd.io': makingNothing('ImagePolicy ImageRepository ImageUpdateAutomation'),
  'helm.cattle.io': {
    HelmChart: intoNamespace('spec', 'targetNamespace'),
    ...makingNothing('HelmChartConfig'),
  },
  'metacontroller.k8s.io': {
    CompositeController: metacontroller('childResources'),
    DecoratorController: metacontroller('attachments'),
    ...makingNothing('ControllerRevision'),
  },
  'install.istio.io': {
    IstioOperator: ({ value }) => ({
      anything: { namespace: asText(fieldAt(value, 'spec', 'namespace')) ?? 'istio-system' },
    }),
  },
  // Crossplane's providers for Kubernetes and Helm: any object, or any release.
  'kubernetes.crossplane.io': crossplaneObjects,
  'kubernetes.m.crossplane.io': crossplaneObjects,
  'helm.crossplane.io': crossplaneReleases,
  'helm.m.crossplane.io': crossplaneReleases,
};
