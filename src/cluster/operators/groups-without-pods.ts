/** API groups whose objects make neither pods nor Services that no manifest shows. */

const groups = new Set([
  // Kubernetes itself; what its workloads make is in the picture.
  'apps',
  'batch',
  'autoscaling',
  'policy',
  'extensions',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apiserver.k8s.io',
  'app.k8s.io',
  'audit.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling.k8s.io',
  'certificates.k8s.io',
  'client.authentication.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'externaldns.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'inference.networking.k8s.io',
  'kubeadm.k8s.io',
  'metrics.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy.networking.k8s.io',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'snapshot.storage.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
  // Settings, secrets, certificates, autoscaling.
  'acme.cert-manager.io',
  'backstage.io',
  'bitnami.com',
  'cert-manager.io',
  'certmanager.k8s.io',
  'chaos-mesh.org',
  'dex.coreos.com',
  'eksctl.io',
  'keda.sh',
  'karpenter.sh',
  'operators.coreos.com',
  'trust.cert-manager.io',
  'velero.io',
  'groupsnapshot.storage.k8s.io',
  'isindir.github.com',
  'kubernetes-client.io',
  'onepassword.com',
  'ricoberger.de',
  'secrets.doppler.com',
  'secrets.hashicorp.com',
  'secrets.infisical.com',
  'spv.no',
  // Rules of Prometheus, streams of NATS, what sidecars of Dapr read.
  'sloth.slok.dev',
  'pyrra.dev',
  'jetstream.nats.io',
  'dapr.io',
  // Networks, gateways, meshes.
  'cilium.io',
  'crd.projectcalico.org',
  'projectcalico.org',
  'configuration.konghq.com',
  'gateway.envoyproxy.io',
  'getambassador.io',
  'k8s.cni.cncf.io',
  'whereabouts.cni.cncf.io',
  'apisix.apache.org',
  'appmesh.k8s.aws',
  'cis.f5.com',
  'consul.hashicorp.com',
  'gateway.kgateway.dev',
  'gateway.solo.io',
  'gloo.solo.io',
  'k8s.nginx.org',
  'metallb.io',
  'linkerd.io',
  'policy.linkerd.io',
  'projectcontour.io',
  'traefik.containo.us',
  'traefik.io',
  // Policies.
  'kyverno.io',
  'policies.kyverno.io',
  'policy.sigstore.dev',
  'aquasecurity.github.io',
  'wgpolicyk8s.io',
  // Clouds and clusters.
  'cloud.google.com',
  'networking.gke.io',
  'monitoring.googleapis.com',
  'crd.k8s.amazonaws.com',
  'elbv2.k8s.aws',
  'karpenter.k8s.aws',
  'vpcresources.k8s.aws',
  'apiextensions.crossplane.io',
  // Argo beside Argo CD, OpenShift's own settings.
  'promoter.argoproj.io',
  'machineconfiguration.openshift.io',
]);

/** Domains of which every group is inert, unless the table of operators lists it. */
const domains = [
  // Settings of tools and components: kustomize, kubelet, kube-proxy, kube-scheduler, kind, …
  'config.k8s.io',
  'kind.x-k8s.io',
  'cluster.x-k8s.io',
  'kueue.x-k8s.io',
  'scheduling.x-k8s.io',
  'networking.x-k8s.io',
  'secrets-store.csi.x-k8s.io',
  // What Knative asks of its own controllers: certificates, ingresses, images.
  'internal.knative.dev',
  'external-secrets.io',
  'gatekeeper.sh',
  'istio.io',
  'smi-spec.io',
  // Resources of clouds: ACK, Config Connector, Azure Service Operator, Crossplane's providers.
  'services.k8s.aws',
  'cnrm.cloud.google.com',
  'azure.com',
  'aws.crossplane.io',
  'gcp.crossplane.io',
  'azure.crossplane.io',
  'upbound.io',
];

/**
 * OpenShift serves its settings in groups of one word; of them only workloads and Templates make
 * anything.
 */
const openshift =
  /^(authorization|build|config|console|image|network|oauth|project|quota|route|security|user)\.openshift\.io$/;

/**
 * Whether nothing comes of objects of the group: also of settings files that only look like objects
 * (`skaffold/v4beta7`), which have no domain.
 */
export function isGroupWithoutPods(group: string): boolean {
  return (
    groups.has(group) ||
    !group.includes('.') ||
    openshift.test(group) ||
    domains.some((domain) => group === domain || group.endsWith(`.${domain}`))
  );
}
