/** What is not known about a unit: the reasons why "there is none" may be wrong. */
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import type { Operators } from '../cluster/operators/operators.ts';
import type { ManifestDocument } from '../manifest/manifest.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Unit } from '../units/unit.ts';

const workloadKinds = new Set(['Pod', 'Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

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
  /** Resources of a kustomization that cannot be read offline. */
  readonly #missing: readonly string[];
  readonly #operators: Operators;

  constructor(unit: Unit, cluster: Cluster) {
    this.unread = unit.documents.filter(
      ({ state, problem }) => state === 'template' || (state === 'broken' && problem?.code !== 'type-meta'),
    );
    this.#missing = unit.missing;
    this.#operators = cluster.operators;
  }

  /** Why pods that were not read may exist: a template, a document in need of repair, a remote resource. */
  unreadPods(): string | undefined {
    const document = this.unread.find(({ kind }) => kind === undefined || workloadKinds.has(kind) || kind === 'List');
    return document === undefined ? this.#unseenParts() : unreadReason(document);
  }

  /** Why pods that no manifest shows may be selected: a custom resource whose operator makes some, or of which nothing is known. */
  operatedPods(selector: Readonly<Record<string, string>>, namespace: string): string | undefined {
    return mayMake(this.#operators.mayBeSelected(selector, namespace), 'pods of its own');
  }

  /** Why an object of a kind may exist although it was not found; of a certain name where one is given. */
  unseen(kind: string, wanted?: { readonly namespace: string; readonly name: string }): string | undefined {
    const document = this.unread.find((unread) => unread.kind === undefined || unread.kind === kind || unread.kind === 'List');
    if (document !== undefined) return unreadReason(document);
    return this.#unseenParts() ?? this.#operator(kind, wanted);
  }

  #unseenParts(): string | undefined {
    return this.#missing[0] === undefined ? undefined : `the kustomization also takes ${this.#missing[0]}, which was not read`;
  }

  #operator(kind: string, wanted: { readonly namespace: string; readonly name: string } | undefined): string | undefined {
    if (wanted === undefined) return mayMake(this.#operators.any, `a ${kind} of its own`);
    const maker = kind === 'Service' ? this.#operators.makerOfService(wanted.namespace, wanted.name) : undefined;
    if (maker !== undefined) return `${describeObject(maker)} makes a Service of that name`;
    return mayMake(this.#operators.mayMake(wanted.namespace, wanted.name), `a ${kind} of its own`);
  }
}

function mayMake(object: ClusterObject | undefined, what: string): string | undefined {
  return object === undefined ? undefined : `${describeObject(object)} may make ${what}`;
}

function unreadReason({ file, state, index }: ManifestDocument): string {
  return `document ${index + 1} of ${file.path} ${state === 'template' ? 'is a template that was not rendered' : 'could not be read'}`;
}
