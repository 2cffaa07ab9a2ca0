/**
 * Destinations of Istio's VirtualServices and DestinationRules.
 *
 * @source istio/istio pilot/pkg/model/config.go `ResolveShortnameToFQDN` @eed52ebb66ad
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import {
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type Json,
  type Path,
} from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { lazily } from '../../memo.ts';
import { addTo, entryOf } from '../../multimap.ts';
import { namespaceOf } from '../references/reference.ts';
import { itemsAt } from './route-backends.ts';

const group = 'networking.istio.io';

/**
 * All objects of one of Istio's kinds, also of one name: the files of a directory are often
 * variants of one VirtualService, to be applied in turn beside the same DestinationRules.
 */
export function istioObjects(
  { objects }: Cluster,
  kind:
    | 'VirtualService'
    | 'DestinationRule'
    | 'ServiceEntry'
    | 'Sidecar'
    | 'WorkloadEntry'
    | 'WorkloadGroup',
): readonly ClusterObject[] {
  return objects.everyOfKind(group, kind);
}

/** Where a VirtualService sends requests. */
export interface Destination {
  readonly object: ClusterObject;
  /** From the object to the destination. */
  readonly path: Path;
  readonly host: string;
  readonly subset: string | undefined;
  /** As written, of whatever type. */
  readonly port: Json | undefined;
}

/** A host in the cluster. */
export interface ClusterHost {
  readonly name: string;
  readonly namespace: string;
  /** `reviews.prod`: Istio takes what has a dot as it stands, so no Service has this host. */
  readonly partial: boolean;
}

/** Destinations of routes and mirrors, of HTTP, TLS and TCP. */
export function destinations(object: ClusterObject): Destination[] {
  const value = object.value;
  const found: Destination[] = [];
  const add = (path: Path): void => {
    const destination = fieldAt(value, ...path);
    const host = asText(fieldAt(destination, 'host'));
    if (host === undefined || isPlaceholder(host)) return;
    const subset = asText(fieldAt(destination, 'subset'));
    found.push({ object, path, host, subset, port: fieldAt(destination, 'port', 'number') });
  };
  for (const protocol of ['http', 'tls', 'tcp']) {
    for (const rule of itemsAt(value, ['spec', protocol])) {
      for (const { path } of itemsAt(value, [...rule.path, 'route'])) add([...path, 'destination']);
      for (const { path } of itemsAt(value, [...rule.path, 'mirrors']))
        add([...path, 'destination']);
      if (protocol === 'http') add([...rule.path, 'mirror']);
    }
  }
  return found;
}

/**
 * The Gateways that a VirtualService names; undefined where one was not read, or it is for the mesh
 * as well.
 */
export function gatewaysOf(object: ClusterObject, cluster: Cluster): ClusterObject[] | undefined {
  const names = asList(fieldAt(object.value, 'spec', 'gateways')).map(String);
  const found = names.map((name) => {
    const [namespace, own] = name.includes('/')
      ? name.split('/')
      : [namespaceOf(object, cluster), name];
    return cluster.objects.findOfKind(group, 'Gateway', namespace, own ?? '');
  });
  const gateways = found.flatMap((gateway) => gateway ?? []);
  return gateways.length < found.length ? undefined : gateways;
}

const suffix = '.svc.cluster.local';

/** The hosts of a cluster that are not Services of Kubernetes. */
export class IstioHosts {
  readonly #cluster: Cluster;
  readonly #entries: ReadonlySet<string>;
  readonly #patterns: readonly string[];

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    const hosts = istioObjects(cluster, 'ServiceEntry').flatMap(({ value }) =>
      asList(fieldAt(value, 'spec', 'hosts')).flatMap((host) => asText(host) ?? []),
    );
    this.#entries = new Set(hosts);
    this.#patterns = hosts.filter((host) => host.startsWith('*')).map((host) => host.slice(1));
  }

  /**
   * Which Service a host of an object's spec means; undefined for hosts outside, wildcards, and
   * those of ServiceEntries.
   */
  resolve(host: string, object: ClusterObject): ClusterHost | undefined {
    if (
      host.includes('*') ||
      this.#entries.has(host) ||
      this.#patterns.some((end) => host.endsWith(end))
    )
      return undefined;
    const labels = host.split('.');
    if (labels.some((label) => !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/i.test(label))) return undefined;
    if (labels.length === 1)
      return { name: host, namespace: namespaceOf(object, this.#cluster), partial: false };
    if (host.endsWith(suffix)) {
      const [name, namespace, ...rest] = host.slice(0, -suffix.length).split('.');
      return name === undefined || namespace === undefined || rest.length > 0
        ? undefined
        : { name, namespace, partial: false };
    }
    const [name, namespace, svc] = labels;
    if (
      name === undefined ||
      namespace === undefined ||
      labels.length > 3 ||
      (labels.length === 3 && svc !== 'svc')
    )
      return undefined;
    // Only where there is such a Service: anything else with a dot may be a host outside.
    return this.#cluster.objects.find('Service', namespace, name) === undefined
      ? undefined
      : { name, namespace, partial: true };
  }
}

/** One subset of a DestinationRule. */
export interface Subset {
  readonly rule: ClusterObject;
  readonly path: Path;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The subsets of a host. */
export interface KnownSubsets {
  readonly rules: readonly ClusterObject[];
  readonly names: readonly string[];
  sorted(): readonly string[];
  has(name: string): boolean;
  /** The name of one is filled in later. */
  readonly open: boolean;
}

/** The subsets that DestinationRules define, by the host they are for. */
export class Subsets {
  readonly #byHost = new Map<string, { rule: ClusterObject; subsets: readonly Subset[] }[]>();
  readonly #known = new Map<string, KnownSubsets>();
  readonly #wildcards: { end: string; rule: ClusterObject; subsets: readonly Subset[] }[] = [];

  constructor(cluster: Cluster) {
    for (const rule of istioObjects(cluster, 'DestinationRule')) {
      const host = asText(fieldAt(rule.value, 'spec', 'host'));
      if (host === undefined) continue;
      const entry = { rule, subsets: subsetsOf(rule) };
      if (host.startsWith('*')) this.#wildcards.push({ ...entry, end: host.slice(1) });
      else {
        const key = fullName(host, namespaceOf(rule, cluster));
        addTo(this.#byHost, key, entry);
      }
    }
  }

  /** What every DestinationRule for a host that a namespace can see defines. */
  forHost(host: string, namespace: string): KnownSubsets {
    const key = fullName(host, namespace);
    return entryOf(this.#known, `${namespace}/${key}`, () => {
      const all = [
        ...(this.#byHost.get(key) ?? []),
        ...this.#wildcards.filter(({ end }) => key.endsWith(end)),
      ].filter(({ rule }) => isExported(rule, namespace));
      const names = all.flatMap(({ subsets }) => subsets).map(({ name }) => name);
      const set = new Set(names);
      return {
        rules: all.map(({ rule }) => rule),
        names,
        sorted: lazily(() => [...names].sort()),
        has: (name) => set.has(name),
        open: names.some(isPlaceholder),
      };
    });
  }

  get isEmpty(): boolean {
    return this.#byHost.size === 0 && this.#wildcards.length === 0;
  }
}

export function subsetsOf(rule: ClusterObject): Subset[] {
  return itemsAt(rule.value, ['spec', 'subsets']).flatMap(({ path, value }) => {
    const name = asText(fieldAt(value, 'name'));
    const pairs = Object.entries(asJsonObject(fieldAt(value, 'labels')) ?? {});
    if (name === undefined) return [];
    return [
      {
        rule,
        path,
        name,
        labels: Object.fromEntries(pairs.map(([key, label]) => [key, String(label)])),
      },
    ];
  });
}

/** A host as Istio completes it: a bare name is a Service beside the object. */
export function fullName(host: string, namespace: string): string {
  return host.includes('.') ? host : `${host}.${namespace}${suffix}`;
}

function isExported(rule: ClusterObject, namespace: string): boolean {
  const to = asList(fieldAt(rule.value, 'spec', 'exportTo'));
  return (
    to.length === 0 || to.includes('*') || to.includes(namespace) || rule.namespace === namespace
  );
}
