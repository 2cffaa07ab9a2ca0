/**
 * Objects that are there without a manifest: Kubernetes, OpenShift and Istio put them into every
 * namespace, or into the cluster.
 */
const given = new Set([
  'ConfigMap/kube-root-ca.crt',
  'ConfigMap/openshift-service-ca.crt',
  'ConfigMap/istio-ca-root-cert',
  'ServiceAccount/default',
  'PriorityClass/system-cluster-critical',
  'PriorityClass/system-node-critical',
]);

export function isGivenToPods(kind: string, name: string): boolean {
  return given.has(`${kind}/${name}`);
}
