/** What kinds are called where resources are named: `deployments`, `deploy`, `deployments.apps`. */
import { getOwn } from '../own.ts';
import { groupOf } from './group-version.ts';

/** As `kubectl api-resources` lists them; of kinds that are read here. */
const shortNames: Readonly<Record<string, string>> = {
  cm: 'ConfigMap',
  cj: 'CronJob',
  crd: 'CustomResourceDefinition',
  crds: 'CustomResourceDefinition',
  csr: 'CertificateSigningRequest',
  deploy: 'Deployment',
  ds: 'DaemonSet',
  ep: 'Endpoints',
  eps: 'EndpointSlice',
  gc: 'GatewayClass',
  gtw: 'Gateway',
  hpa: 'HorizontalPodAutoscaler',
  ing: 'Ingress',
  limits: 'LimitRange',
  netpol: 'NetworkPolicy',
  no: 'Node',
  ns: 'Namespace',
  pc: 'PriorityClass',
  pdb: 'PodDisruptionBudget',
  po: 'Pod',
  pv: 'PersistentVolume',
  pvc: 'PersistentVolumeClaim',
  quota: 'ResourceQuota',
  rc: 'ReplicationController',
  refgrant: 'ReferenceGrant',
  ro: 'Rollout',
  rs: 'ReplicaSet',
  sa: 'ServiceAccount',
  sc: 'StorageClass',
  smon: 'ServiceMonitor',
  pmon: 'PodMonitor',
  sts: 'StatefulSet',
  svc: 'Service',
  vs: 'VirtualService',
  dr: 'DestinationRule',
};

export function kindOfShortName(name: string): string | undefined {
  return getOwn(shortNames, name);
}

/** `svc` for `svcs`. */
export function singularShortName(name: string): string | undefined {
  const singular = name.toLowerCase().replace(/s$/, '');
  return kindOfShortName(singular) === undefined ? undefined : singular;
}

/** `kubectl get all`: the resources of the category, in the order that kubectl prints them. */
export const categoryAll: readonly string[] = [
  'Pod',
  'ReplicationController',
  'Service',
  'DaemonSet',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'HorizontalPodAutoscaler',
  'CronJob',
  'Job',
];

/**
 * `ingresses`; a kind of which no definition was read has the plural that Kubernetes guesses
 * (apimachinery pkg/api/meta `UnsafeGuessKindToResource`).
 */
export function resourceName(kind: string): string {
  const singular = kind.toLowerCase();
  if (singular.endsWith('endpoints')) return singular;
  if (/(?:s|x|ch)$/.test(singular)) return `${singular}es`;
  if (singular.endsWith('y')) return `${singular.slice(0, -1)}ies`;
  return `${singular}s`;
}

/** `deployment.apps/web`, what `-o name` prints before the slash. */
export function qualifiedName({ apiVersion, kind }: Type): string {
  const group = groupOf(apiVersion);
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;
}

/** What a CustomResourceDefinition says of how its kind is called. */
export interface ResourceNames {
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  /** `all` and others, which stand for several kinds. */
  readonly categories: readonly string[];
}

interface Type {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent where no definition was read. */
  readonly names?: ResourceNames | undefined;
}

/**
 * Whether a word names a kind: its short name, singular or plural, and these with the group, or the
 * version and the group, behind them.
 */
export function namesKind(word: string, { apiVersion, kind, names }: Type): boolean {
  const written = word.toLowerCase();
  const dot = written.indexOf('.');
  const name = dot === -1 ? written : written.slice(0, dot);
  const isName =
    name === kind.toLowerCase() ||
    name === resourceName(kind) ||
    (kind === 'Endpoints' && name === 'endpoint') ||
    kindOfShortName(name) === kind ||
    (names !== undefined &&
      [names.plural, names.singular, ...names.shortNames].some((own) => own === name));
  if (!isName || dot === -1) return isName;
  const rest = written.slice(dot + 1);
  const group = groupOf(apiVersion);
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  return rest === group || rest === `${version}.${group}`;
}
