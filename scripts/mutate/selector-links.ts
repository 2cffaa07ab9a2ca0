/**
 * References by labels other than a Service's own: disruption budgets, network policies, Prometheus
 * monitors.
 */
import type { Service } from 'kubernetes-types/core/v1';
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { labelsFrom, matchesSelector } from '../../src/cluster/labels.ts';
import { type ClusterObject } from '../../src/cluster/objects.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { declaredPorts } from '../../src/cluster/ports.ts';
import { groupOf } from '../../src/kubernetes/group-version.ts';
import { asJsonObject, type Json, type Path } from '../../src/kubernetes/json.ts';
import { fieldsAt } from './fields.ts';
import type { Accepted, End, Link } from './link.ts';
import type { MutationId } from './mutations.ts';
import { labelEnds, podPath } from './service-links.ts';

export function selectorLinks(cluster: Cluster, accepted: Accepted): Link[] {
  const links: Link[] = [];
  for (const object of accepted.all) {
    const group = groupOf(object.apiVersion);
    const is = (kind: string, ofGroup: string): boolean =>
      object.kind === kind && group === ofGroup;
    if (is('PodDisruptionBudget', 'policy'))
      links.push(...podSelection(cluster, object, ['spec', 'selector'], 'budget-selector'));
    if (is('NetworkPolicy', 'networking.k8s.io')) {
      links.push(
        ...podSelection(cluster, object, ['spec', 'podSelector'], 'policy-selector'),
        ...policyPorts(cluster, object),
      );
    }
    if (is('ServiceMonitor', 'monitoring.coreos.com'))
      links.push(...serviceMonitor(object, accepted));
    if (is('PodMonitor', 'monitoring.coreos.com')) links.push(...podMonitor(cluster, object));
  }
  return links;
}

function selectorAt(object: ClusterObject, path: Path): LabelSelector | undefined {
  return fieldsAt(object.value, path.join('.'))[0]?.value as LabelSelector | undefined;
}

function pairEnds(
  object: ClusterObject,
  path: Path,
  selector: LabelSelector,
  mutation: MutationId,
): End[] {
  return Object.keys(selector.matchLabels ?? {}).map((key) => ({
    object: object.source,
    path: [...path, 'matchLabels', key],
    aspect: 'selection',
    mutations: [mutation],
  }));
}

function selectedPods(cluster: Cluster, object: ClusterObject, selector: LabelSelector): PodSet[] {
  return cluster.pods
    .inNamespace(object.namespace ?? cluster.options.namespace)
    .filter(({ labels }) => matchesSelector(selector, labels) === 'yes');
}

/** One link: it selects some pod. */
function podSelection(
  cluster: Cluster,
  object: ClusterObject,
  path: Path,
  mutation: MutationId,
): Link[] {
  const selector = selectorAt(object, path);
  const keys = Object.keys(selector?.matchLabels ?? {});
  if (selector === undefined || keys.length === 0) return [];
  const [set] = selectedPods(cluster, object, selector);
  if (set === undefined) return [];
  const ends = [...pairEnds(object, path, selector, mutation), ...labelEnds(set, keys)];
  return [{ kind: 'selected-pods', identity: [object.source], ends }];
}

/** Named ports of a policy's ingress rules that some selected pod has. */
function policyPorts(cluster: Cluster, object: ClusterObject): Link[] {
  const selector = selectorAt(object, ['spec', 'podSelector']);
  if (selector === undefined) return [];
  const sets = selectedPods(cluster, object, selector);
  return fieldsAt(object.value, 'spec.ingress.*.ports.*.port').flatMap(({ path, value }) =>
    podPortLink('policy-port', object, path, value, sets, 'policy-port-name'),
  );
}

function podPortLink(
  kind: string,
  object: ClusterObject,
  path: Path,
  name: Json,
  sets: readonly PodSet[],
  mutation: MutationId,
): Link[] {
  for (const set of typeof name === 'string' ? sets : []) {
    const declared = declaredPorts(set.spec).find(({ port }) => port.name === name);
    if (declared === undefined) continue;
    const ends: End[] = [
      { object: object.source, path, aspect: 'port', mutations: [mutation] },
      {
        object: set.workload.source,
        path: podPath(set, 'spec', ...declared.path, 'name'),
        aspect: 'port',
        mutations: ['container-port-name'],
      },
    ];
    return [{ kind, identity: [object.source, path.join('.')], ends }];
  }
  return [];
}

function serviceMonitor(object: ClusterObject, accepted: Accepted): Link[] {
  const selector = selectorAt(object, ['spec', 'selector']);
  const keys = Object.keys(selector?.matchLabels ?? {});
  if (selector === undefined || keys.length === 0) return [];
  const looksInto = namespacesOf(object);
  const services = (accepted.all as readonly ClusterObject<Service>[]).filter(
    ({ kind, apiVersion, namespace = '', value }) =>
      kind === 'Service' &&
      apiVersion === 'v1' &&
      looksInto(namespace) &&
      matchesSelector(selector, labelsFrom(value.metadata?.labels)) === 'yes',
  );
  const [first] = services;
  if (first === undefined) return [];
  const links: Link[] = [
    {
      kind: 'monitored-services',
      identity: [object.source],
      ends: [
        ...pairEnds(object, ['spec', 'selector'], selector, 'monitor-selector'),
        ...keys.map((key): End => ({
          object: first.source,
          path: ['metadata', 'labels', key],
          aspect: 'selection',
          mutations: ['monitored-label'],
        })),
      ],
    },
  ];
  for (const { path, value } of fieldsAt(object.value, 'spec.endpoints.*.port')) {
    for (const service of services) {
      const index = (service.value.spec?.ports ?? []).findIndex(({ name }) => name === value);
      if (index === -1) continue;
      const ends: End[] = [
        { object: object.source, path, aspect: 'port', mutations: ['monitor-port'] },
        {
          object: service.source,
          path: ['spec', 'ports', index, 'name'],
          aspect: 'port',
          mutations: ['service-port-name'],
        },
      ];
      links.push({ kind: 'monitored-port', identity: [object.source, path.join('.')], ends });
      break;
    }
  }
  return links;
}

function namespacesOf(object: ClusterObject): (namespace: string) => boolean {
  const selector = asJsonObject(fieldsAt(object.value, 'spec.namespaceSelector')[0]?.value);
  if (selector?.['any'] === true) return () => true;
  const names = selector?.['matchNames'];
  return Array.isArray(names)
    ? (namespace) => names.includes(namespace)
    : (namespace) => namespace === object.namespace;
}

function podMonitor(cluster: Cluster, object: ClusterObject): Link[] {
  const selector = selectorAt(object, ['spec', 'selector']);
  if (selector === undefined) return [];
  const looksInto = namespacesOf(object);
  const sets = cluster.pods.all.filter(
    ({ namespace, labels }) => looksInto(namespace) && matchesSelector(selector, labels) === 'yes',
  );
  const [set] = sets;
  if (set === undefined) return [];
  const ends = [
    ...pairEnds(object, ['spec', 'selector'], selector, 'monitor-selector'),
    ...labelEnds(set, Object.keys(selector.matchLabels ?? {})),
  ];
  return [
    { kind: 'monitored-pods', identity: [object.source], ends },
    ...fieldsAt(object.value, 'spec.podMetricsEndpoints.*.port').flatMap(({ path, value }) =>
      podPortLink('monitored-port', object, path, value, sets, 'monitor-port'),
    ),
  ];
}
