/**
 * Policies of network plugins, as far as they are written like NetworkPolicies: the labels that
 * they ask for, and the ports of the pods that they are about.
 * From cilium pkg/policy/api (`EndpointSelector`, `PortProtocol`) and calico
 * libcalico-go/lib/selector.
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
import { namespaceOf } from '../references/reference.ts';

/** A selector of pods in one namespace, where it stands. */
export interface PluginSelector {
  readonly object: ClusterObject;
  readonly at: Path;
  readonly namespace: string;
  readonly pairs: Readonly<Record<string, string>>;
  /** It says whom the policy is for, rather than whom it lets through. */
  readonly subject: boolean;
}

/** A port of pods: of those that the policy is for, or of the peers that they may reach. */
export interface PluginPort {
  readonly at: Path;
  readonly number: number;
  readonly of: readonly PluginSelector[];
  /** Every port that is let through to them; none where any is. */
  readonly admitted: readonly number[];
}

export interface PluginPolicy {
  readonly subject: PluginSelector | undefined;
  readonly peers: readonly PluginSelector[];
  readonly ports: readonly PluginPort[];
}

export const pluginPolicyKinds: readonly string[] = ['CiliumNetworkPolicy', 'NetworkPolicy'];

export function pluginPolicies(cluster: Cluster): PluginPolicy[] {
  const { objects } = cluster;
  return [
    ...objects.ofKind('cilium.io', 'CiliumNetworkPolicy').map((one) => readCilium(one, cluster)),
    ...['projectcalico.org', 'crd.projectcalico.org'].flatMap((group) =>
      objects.ofKind(group, 'NetworkPolicy').map((one) => readCalico(one, cluster)),
    ),
  ];
}

const podNamespace = 'io.kubernetes.pod.namespace';

function readCilium(object: ClusterObject, cluster: Cluster): PluginPolicy {
  const own = namespaceOf(object, cluster);
  const spec = fieldAt(object.value, 'spec');
  const select = (of: Json | undefined, at: Path, subject: boolean): PluginSelector[] => {
    const pairs = pairsOf(fieldAt(of, 'matchLabels'));
    if (pairs === undefined || asList(fieldAt(of, 'matchExpressions')).length > 0) return [];
    const { [podNamespace]: namespace = own, ...rest } = pairs;
    return Object.keys(rest).length === 0
      ? []
      : [{ object, at: [...at, 'matchLabels'], namespace, pairs: rest, subject }];
  };
  const [subject] = select(fieldAt(spec, 'endpointSelector'), ['spec', 'endpointSelector'], true);
  const rules = rulesOf(spec);
  const read = rules.map(({ rule, list, at }) => {
    const field = list === 'ingress' ? 'fromEndpoints' : 'toEndpoints';
    const written = asList(fieldAt(rule, field));
    const peers = written.flatMap((peer, index) => select(peer, [...at, field, index], false));
    const reached = peers.length === written.length ? peers : [];
    const of = list === 'egress' ? reached : subject === undefined ? [] : [subject];
    const ports = asList(fieldAt(rule, 'toPorts')).flatMap((item, place) =>
      asList(fieldAt(item, 'ports')).map((port, index) => ({
        at: [...at, 'toPorts', place, 'ports', index, 'port'],
        number: Number(fieldAt(port, 'port')),
        of,
      })),
    );
    return { peers, list, ports };
  });
  const peers = read.flatMap((one) => one.peers);
  const admitted = numbersOf(read.flatMap((one) => (one.list === 'ingress' ? [one.ports] : [])));
  const ports = read.flatMap((one) =>
    one.ports.map((port) => ({
      ...port,
      admitted: one.list === 'ingress' ? admitted : numbersOf([one.ports]),
    })),
  );
  return { subject, peers, ports };
}

/** All numbers of some rules; a rule without ports lets all of them through. */
function numbersOf(rules: readonly (readonly { readonly number: number }[])[]): number[] {
  return rules.some((ports) => ports.length === 0)
    ? []
    : rules.flatMap((ports) => ports.map(({ number }) => number));
}

/** Keys may begin with where a label comes from: `k8s:app`, `any:app`. */
function pairsOf(labels: Json | undefined): Record<string, string> | undefined {
  const entries = Object.entries(asJsonObject(labels) ?? {});
  const isOpen = entries.some(([key, value]) => isPlaceholder(key) || isPlaceholder(value));
  const isOther = entries.some(([key]) =>
    /^(?!k8s:|any:)[a-z0-9-]+:|^(k8s:|any:)?io\.cilium\./.test(key),
  );
  if (entries.length === 0 || isOpen || isOther) return undefined;
  return Object.fromEntries(
    entries.map(([key, value]) => [key.replace(/^(k8s|any):/, ''), String(value)]),
  );
}

function readCalico(object: ClusterObject, cluster: Cluster): PluginPolicy {
  const namespace = namespaceOf(object, cluster);
  const spec = fieldAt(object.value, 'spec');
  const select = (of: Json | undefined, at: Path, subject: boolean): PluginSelector[] => {
    const pairs = comparedIn(asText(of) ?? '');
    return pairs === undefined ? [] : [{ object, at, namespace, pairs, subject }];
  };
  const [subject] = select(fieldAt(spec, 'selector'), ['spec', 'selector'], true);
  const rules = rulesOf(spec);
  const peers = rules.flatMap(({ rule, list, at }) => {
    const field = list === 'ingress' ? 'source' : 'destination';
    const isElsewhere = fieldAt(rule, field, 'namespaceSelector') !== undefined;
    return isElsewhere
      ? []
      : select(fieldAt(rule, field, 'selector'), [...at, field, 'selector'], false);
  });
  const ports = rules.flatMap(({ rule, list, at }) =>
    list === 'egress' || fieldAt(rule, 'action') !== 'Allow'
      ? []
      : asList(fieldAt(rule, 'destination', 'ports')).map((port, index) => ({
          at: [...at, 'destination', 'ports', index],
          number: Number(port),
          of: subject === undefined ? [] : [subject],
          admitted: [],
        })),
  );
  return { subject, peers, ports };
}

/** `app == 'web' && tier == 'front'`; undefined for anything else. */
function comparedIn(text: string): Record<string, string> | undefined {
  if (text === '' || text.length > 1000) return undefined;
  const pairs = text.split('&&').map((part) => {
    const [, key, value] =
      /^([\w./-]{1,317})==["']([\w.-]{1,63})["']$/.exec(part.replace(/\s/g, '')) ?? [];
    return [key, value] as const;
  });
  const isPlain = pairs.every(([key, value]) => key !== undefined && value !== undefined);
  return isPlain ? Object.fromEntries(pairs as (readonly [string, string])[]) : undefined;
}

function rulesOf(spec: Json | undefined) {
  return (['ingress', 'egress'] as const).flatMap((list) =>
    asList(fieldAt(spec, list)).map((rule, index) => ({ rule, list, at: ['spec', list, index] })),
  );
}
