/** What is not known about a unit: the reasons why "there is none" may be wrong. */
import { type ClusterObject, groupOf, isDecoded } from '../cluster/objects.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { ManifestDocument } from '../manifest/manifest.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Unit } from '../units/unit.ts';

const workloadKinds = new Set(['Pod', 'Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/** API groups whose objects make neither pods nor Services. */
const inertGroups = new Set([
  '',
  'apps',
  'batch',
  'autoscaling',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'discovery.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'admissionregistration.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'certificates.k8s.io',
  'snapshot.storage.k8s.io',
  'metrics.k8s.io',
  'gateway.networking.k8s.io',
  'networking.istio.io',
  'security.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
  'cert-manager.io',
  'kustomize.config.k8s.io',
  'config.k8s.io',
  'external-secrets.io',
  'bitnami.com',
  'keda.sh',
  'projectcontour.io',
  'traefik.io',
  'traefik.containo.us',
  'cilium.io',
  'crd.projectcalico.org',
  'kyverno.io',
  'constraints.gatekeeper.sh',
  'templates.gatekeeper.sh',
  'networking.gke.io',
  'cloud.google.com',
  'extensions',
  'route.openshift.io',
  'security.openshift.io',
  'operators.coreos.com',
  'vpa',
  'autoscaling.k8s.io',
]);
/** Of `monitoring.coreos.com` only these make pods. */
const prometheusPodKinds = new Set(['Prometheus', 'Alertmanager', 'ThanosRuler', 'PrometheusAgent']);

/**
 * Labels that are set on running pods by whoever leads, not by a manifest: Patroni, Redis, Vault, Rook, CloudNativePG, Longhorn.
 * `role` is one only with the values that replication gives it.
 */
const runtimeLabels = new Set([
  'vault-active',
  'vault-initialized',
  'vault-sealed',
  'vault-perf-standby',
  'spilo-role',
  'redis-role',
  'redisfailovers-role',
  'mgr_role',
  'cnpg.io/instanceRole',
  'cnpg.io/instanceName',
  'kubedb.com/role',
  'postgres-operator.crunchydata.com/role',
  'mysql.oracle.com/cluster-role',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'gateway.networking.k8s.io/gateway-name',
  'pod-template-hash',
  'controller-revision-hash',
  'rollouts-pod-template-hash',
  'longhorn.io/share-manager',
  'longhorn.io/admission-webhook',
  'longhorn.io/conversion-webhook',
  'longhorn.io/recovery-backend',
]);
const replicationRoles = new Set(['master', 'primary', 'leader', 'replica', 'slave', 'standby', 'standby_leader', 'follower']);

export function isRuntimeLabel(key: string, value: string): boolean {
  return runtimeLabels.has(key) || (key === 'role' && replicationRoles.has(value));
}

export class World {
  /** Documents that may hold anything of the kind they name, or of any kind. */
  readonly unread: readonly ManifestDocument[];
  /** Custom resources whose controller may make pods and Services that no manifest shows. */
  readonly operated: readonly ClusterObject[];
  /** Resources of a kustomization that cannot be read offline. */
  readonly #missing: readonly string[];

  constructor(unit: Unit, cluster: Cluster) {
    this.unread = unit.documents.filter(
      ({ state, problem }) => state === 'template' || (state === 'broken' && problem?.code !== 'type-meta'),
    );
    this.#missing = unit.missing;
    this.operated = cluster.objects.all.filter(makesUnseenPods);
  }

  /** Why pods that were not read may exist: a template, a document in need of repair, a remote resource. */
  unreadPods(): string | undefined {
    const document = this.unread.find(({ kind }) => kind === undefined || workloadKinds.has(kind) || kind === 'List');
    return document === undefined ? this.#unseenParts() : unreadReason(document);
  }

  /** Why pods that no manifest shows may exist: a custom resource whose operator makes some. */
  operatedPods(): string | undefined {
    return this.#operator('pods');
  }

  /** Why an object of a kind may exist although it was not found. */
  unseen(kind: string): string | undefined {
    const document = this.unread.find((unread) => unread.kind === undefined || unread.kind === kind || unread.kind === 'List');
    if (document !== undefined) return unreadReason(document);
    return this.#unseenParts() ?? this.#operator(`a ${kind}`);
  }

  #unseenParts(): string | undefined {
    return this.#missing[0] === undefined ? undefined : `the kustomization also takes ${this.#missing[0]}, which was not read`;
  }

  #operator(what: string): string | undefined {
    const [operated] = this.operated;
    return operated === undefined ? undefined : `${describeObject(operated)} may make ${what} of its own`;
  }
}

function unreadReason({ file, state, index }: ManifestDocument): string {
  return `document ${index + 1} of ${file.path} ${state === 'template' ? 'is a template that was not rendered' : 'could not be read'}`;
}

function makesUnseenPods(object: ClusterObject): boolean {
  if (isDecoded(object)) return false;
  const group = groupOf(object.apiVersion);
  if (group === 'monitoring.coreos.com') return prometheusPodKinds.has(object.kind);
  return !inertGroups.has(group) && group.includes('.') && !group.endsWith('.istio.io');
}
