/**
 * What only one object can have: a host name, the pods of a policy, the place of a default. To
 * teach the project another such thing, add a line here.
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
  withSortedKeys,
} from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { entryOf } from '../../multimap.ts';
import type { Unit } from '../../units/unit.ts';
import { namespaceOf } from '../references/reference.ts';
import { fullName } from '../routes/istio.ts';
import type { Place } from '../rule.ts';

export interface Claim {
  /** Equal for what excludes each other. */
  readonly key: readonly unknown[];
  readonly at: Path;
  readonly part?: 'key';
  /** What is claimed, in words. */
  readonly what: string;
  /** Two that want the same of it are no conflict. */
  readonly wanted?: unknown;
}

export interface Claimants {
  readonly group: string;
  readonly kind: string;
  readonly claims: (object: ClusterObject, cluster: Cluster) => readonly Claim[];
  /** What becomes of two. */
  readonly why: string;
}

const at = (object: ClusterObject, ...path: Path): Json | undefined =>
  fieldAt(object.value, ...path);

/** One claim of what a field says, if it is there. */
function ofField(
  object: ClusterObject,
  path: Path,
  what: (text: string) => string,
  ...more: readonly unknown[]
): readonly Claim[] {
  const text = asText(at(object, ...path));
  return text === undefined ? [] : [{ key: [text, ...more], at: path, what: what(text) }];
}

const host = (text: string): string => `host ${text}`;

/** Policies of which a pod has one: `selector` is the field that says which pods. */
const ofPods =
  (selector: string) =>
  (object: ClusterObject, cluster: Cluster): readonly Claim[] => {
    const value = at(object, 'spec', selector);
    if (at(object, 'spec', 'targetRef') ?? at(object, 'spec', 'targetRefs')) return [];
    const isAll = value === undefined || Object.keys(asJsonObject(value) ?? {}).length === 0;
    const namespace = namespaceOf(object, cluster);
    return [
      {
        key: [namespace, isAll ? null : withSortedKeys(value)],
        at: isAll ? ['spec'] : ['spec', selector],
        part: 'key',
        what: isAll ? `all pods of namespace ${namespace}` : 'the pods that it selects',
      },
    ];
  };

/** A class that says by an annotation that it is the one of objects that name none. */
const asDefault =
  (annotation: string, ...more: Path) =>
  (object: ClusterObject): readonly Claim[] =>
    asText(at(object, 'metadata', 'annotations', annotation)) === 'true'
      ? [
          {
            key: more.length === 0 ? [] : [at(object, ...more)],
            at: ['metadata', 'annotations', annotation],
            what: `default ${object.kind}`,
          },
        ]
      : [];

/** Hosts for which the proxies beside containers take the routes of one VirtualService. */
function meshHosts(object: ClusterObject, cluster: Cluster): readonly Claim[] {
  const gateways = asList(at(object, 'spec', 'gateways'));
  if (gateways.length > 0 && !gateways.includes('mesh')) return [];
  const exported = asList(at(object, 'spec', 'exportTo'));
  const namespace = namespaceOf(object, cluster);
  const sees = exported.length === 0 || exported.includes('*') ? '*' : namespace;
  return asList(at(object, 'spec', 'hosts')).flatMap((written, index): Claim[] => {
    const text = asText(written) ?? '';
    if (text.includes('*')) return [];
    const key = [fullName(text, namespace), sees];
    return [{ key, at: ['spec', 'hosts', index], what: host(text) }];
  });
}

/** Hosts of the servers with TLS that the pods of one selector have at one port. */
function tlsServers(object: ClusterObject): readonly Claim[] {
  const selector = withSortedKeys(at(object, 'spec', 'selector') ?? null);
  return asList(at(object, 'spec', 'servers')).flatMap((server, index) =>
    fieldAt(server, 'tls', 'mode') === undefined
      ? []
      : asList(fieldAt(server, 'hosts')).flatMap((written, number): Claim[] => {
          const text = asText(written) ?? '';
          const port = fieldAt(server, 'port', 'number');
          return [
            {
              key: [selector, port, text.replace(/^[^/]*\//, '')],
              at: ['spec', 'servers', index, 'hosts', number],
              what: `${host(text)} at port ${String(port)}`,
            },
          ];
        }),
  );
}

/** What requests the rules of a route take. */
function matches(object: ClusterObject, cluster: Cluster): readonly Claim[] {
  const namespace = namespaceOf(object, cluster);
  const hosts = asList(at(object, 'spec', 'hostnames')).map(withSortedKeys);
  const parents = asList(at(object, 'spec', 'parentRefs')).map(withSortedKeys);
  return asList(at(object, 'spec', 'rules')).flatMap((rule, index) =>
    asList(fieldAt(rule, 'matches')).map((match, number): Claim => {
      const path = asText(fieldAt(match, 'path', 'value'));
      return {
        key: [namespace, parents, hosts, withSortedKeys(match)],
        at: ['spec', 'rules', index, 'matches', number],
        part: 'key',
        what: path === undefined ? 'the same requests' : `requests for ${path}`,
        wanted: [fieldAt(rule, 'backendRefs'), fieldAt(rule, 'filters')],
      };
    }),
  );
}

function policyTargets(object: ClusterObject, cluster: Cluster): readonly Claim[] {
  return asList(at(object, 'spec', 'targetRefs')).map((target, index): Claim => {
    const name = asText(fieldAt(target, 'name')) ?? '';
    const kind = asText(fieldAt(target, 'kind')) ?? '';
    return {
      key: [namespaceOf(object, cluster), kind, name, fieldAt(target, 'sectionName')],
      at: ['spec', 'targetRefs', index, 'name'],
      what: `${kind} ${name}`,
    };
  });
}

const istio = 'networking.istio.io';
const chance = 'nobody says which of them counts: mostly the older one, which a restore may change';

export const claimants: readonly Claimants[] = [
  {
    group: '',
    kind: 'Service',
    claims: (object) =>
      ofField(object, ['spec', 'clusterIP'], (text) => `cluster IP ${text}`).filter(
        ({ key: [text] }) => text !== '' && text !== 'None',
      ),
    why: 'the API server gives an address out once: the Service that comes second is refused',
  },
  {
    group: 'projectcontour.io',
    kind: 'HTTPProxy',
    claims: (object) => ofField(object, ['spec', 'virtualhost', 'fqdn'], host),
    // @source projectcontour/contour internal/dag/httpproxy_processor.go
    //   `validHTTPProxies` @00f84215
    why: 'Contour marks both as invalid (DuplicateVhost), and serves neither',
  },
  {
    group: 'k8s.nginx.org',
    kind: 'VirtualServer',
    claims: (object) =>
      ofField(object, ['spec', 'host'], host, at(object, 'spec', 'ingressClassName')),
    why: 'the NGINX controller serves the older one, and rejects the other: the host is taken',
  },
  {
    group: 'route.openshift.io',
    kind: 'Route',
    claims: (object) => ofField(object, ['spec', 'host'], host, at(object, 'spec', 'path') ?? ''),
    why: 'the router admits the older one, and rejects the other with HostAlreadyClaimed',
  },
  {
    group: istio,
    kind: 'VirtualService',
    claims: meshHosts,
    why:
      'the proxies of the mesh take one VirtualService for a host and pass over the others; ' +
      `only gateways put them together; ${chance}`,
  },
  {
    group: istio,
    kind: 'Gateway',
    claims: tlsServers,
    why: `a proxy has one server for a host with TLS, and passes over others; ${chance}`,
  },
  {
    group: istio,
    kind: 'Sidecar',
    claims: ofPods('workloadSelector'),
    why: `a pod takes one Sidecar, and nobody says which: ${chance}`,
  },
  {
    group: 'telemetry.istio.io',
    kind: 'Telemetry',
    claims: ofPods('selector'),
    why: `of two for the same pods only the older one counts; ${chance}`,
  },
  {
    group: 'security.istio.io',
    kind: 'PeerAuthentication',
    claims: ofPods('selector'),
    why: `of two for the same pods only the older one counts; ${chance}`,
  },
  {
    group: 'policy.linkerd.io',
    kind: 'Server',
    claims: (object, cluster) => [
      {
        key: [
          namespaceOf(object, cluster),
          withSortedKeys(at(object, 'spec', 'podSelector') ?? null),
          at(object, 'spec', 'port'),
        ],
        at: ['spec', 'port'],
        what: `port ${String(at(object, 'spec', 'port'))} of the same pods`,
      },
    ],
    why: 'the policy controller of Linkerd refuses a Server for a port that another one has',
  },
  {
    group: 'gateway.networking.k8s.io',
    kind: 'BackendTLSPolicy',
    claims: policyTargets,
    why: 'the gateway goes by the older policy, and sets the other to Conflicted',
  },
  ...['HTTPRoute', 'GRPCRoute'].map((kind) => ({
    group: 'gateway.networking.k8s.io',
    kind,
    claims: matches,
    why: 'of equal rules the gateway takes that of the older route, or the first one of a route',
  })),
  {
    group: 'external-secrets.io',
    kind: 'ExternalSecret',
    claims: (object, cluster) =>
      (asText(at(object, 'spec', 'target', 'creationPolicy')) ?? 'Owner') === 'Owner'
        ? ofField(
            object,
            ['spec', 'target', 'name'],
            (name) => `Secret ${name}`,
            namespaceOf(object, cluster),
          )
        : [],
    why: 'a Secret is owned by one ExternalSecret: the other one fails with SecretSyncedError',
  },
  {
    group: 'kafka.strimzi.io',
    kind: 'KafkaTopic',
    claims: (object) =>
      ofField(
        object,
        ['spec', 'topicName'],
        (name) => `topic ${name}`,
        at(object, 'metadata', 'labels', 'strimzi.io/cluster'),
      ),
    why: 'the topic operator goes by the older one, and sets the other to ResourceConflict',
  },
  {
    group: 'networking.k8s.io',
    kind: 'IngressClass',
    claims: asDefault('ingressclass.kubernetes.io/is-default-class'),
    why: 'with two defaults the API server refuses every Ingress that names no class',
  },
  {
    group: 'storage.k8s.io',
    kind: 'StorageClass',
    claims: asDefault('storageclass.kubernetes.io/is-default-class'),
    why: 'a claim that names no class gets the default that was made last',
  },
  {
    group: 'snapshot.storage.k8s.io',
    kind: 'VolumeSnapshotClass',
    claims: asDefault('snapshot.storage.kubernetes.io/is-default-class', 'driver'),
    why: 'a snapshot that names no class fails where its driver has two defaults',
  },
];

/** Two objects that want what only one can have. */
export interface Conflict {
  readonly place: Place;
  /** What was there before. */
  readonly other: Place;
  readonly what: string;
  readonly why: string;
}

/** Of claims that are written yet; two that lead to the same are no conflict. */
export function* conflicts(cluster: Cluster, { fragments }: Unit): Iterable<Conflict> {
  for (const { group, kind, claims, why } of claimants) {
    const first = new Map<string, { readonly place: Place; readonly claim: Claim }>();
    for (const object of cluster.objects.ofKind(group, kind)) {
      if (fragments.has(object.source.document.file)) continue;
      for (const claim of claims(object, cluster)) {
        const key = JSON.stringify(claim.key);
        if (isPlaceholder(key)) continue;
        const { at, part, what } = claim;
        const place: Place = { object, at, ...(part !== undefined && { part }) };
        const before = entryOf(first, key, () => ({ place, claim }));
        if (before.claim !== claim && !leadToSame(before.claim, claim))
          yield { place, other: before.place, what, why };
      }
    }
  }
}

function leadToSame(a: Claim, b: Claim): boolean {
  return a.wanted !== undefined && JSON.stringify(a.wanted) === JSON.stringify(b.wanted);
}
