/** Istio's policies for some pods: which pods, which of their ports, and whose requests. */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { selects } from '../../cluster/policy-selectors.ts';
import {
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type Json,
  type Path,
} from '../../kubernetes/json.ts';
import { readSelector } from '../monitors/monitors.ts';
import { namespaceOf } from '../references/reference.ts';

/** Kinds with a `selector` (security/v1, telemetry/v1, extensions/v1alpha1). */
const selecting: readonly (readonly [group: string, kind: string])[] = [
  ['security.istio.io', 'AuthorizationPolicy'],
  ['security.istio.io', 'PeerAuthentication'],
  ['security.istio.io', 'RequestAuthentication'],
  ['telemetry.istio.io', 'Telemetry'],
  ['extensions.istio.io', 'WasmPlugin'],
  ['networking.istio.io', 'ProxyConfig'],
];
/** Those with a `workloadSelector`, whose pairs are its `labels` (networking/v1). */
const sidecars = ['Sidecar', 'EnvoyFilter'];

export const meshPolicyKinds: readonly string[] = [
  ...selecting.map(([, kind]) => kind),
  ...sidecars,
];

export interface MeshPolicy {
  readonly object: ClusterObject;
  readonly at: Path;
  readonly selector: LabelSelector;
  /** Pods of its namespace that it takes, or may take. */
  readonly taken: readonly PodSet[];
}

/** Policies of the root namespace are about the pods of all, and left out. */
export function meshPolicies(cluster: Cluster): MeshPolicy[] {
  const found = selecting.flatMap(([group, kind]) =>
    cluster.objects
      .ofKind(group, kind)
      .map((object) => ({ object, at: ['spec', 'selector'], of: fieldOf(object, 'selector') })),
  );
  for (const kind of sidecars)
    for (const object of cluster.objects.ofKind('networking.istio.io', kind)) {
      const matchLabels = fieldAt(fieldOf(object, 'workloadSelector'), 'labels');
      const of = matchLabels === undefined ? undefined : { matchLabels };
      found.push({ object, at: ['spec', 'workloadSelector', 'labels'], of });
    }
  return found.flatMap(({ object, at, of }) => {
    const selector = readSelector(of);
    const namespace = namespaceOf(object, cluster);
    if (selector?.matchLabels === undefined || namespace === 'istio-system') return [];
    const taken = cluster.pods
      .candidates(selector.matchLabels, namespace)
      .filter((set) => selects(selector, set) !== 'no');
    return [{ object, at, selector, taken }];
  });
}

function fieldOf({ value }: ClusterObject, field: string): Json | undefined {
  return fieldAt(value, 'spec', field);
}

/** The numbers of ports in a policy, which the proxy of the pods sees as they are there. */
export function policyPorts({
  kind,
  value,
}: ClusterObject): { at: Path; part?: 'key'; number: number }[] {
  const spec = fieldAt(value, 'spec');
  if (kind === 'PeerAuthentication')
    return Object.keys(asJsonObject(fieldAt(spec, 'portLevelMtls')) ?? {}).map((port) => ({
      at: ['spec', 'portLevelMtls', port],
      part: 'key',
      number: Number(port),
    }));
  if (kind !== 'AuthorizationPolicy') return [];
  return asList(fieldAt(spec, 'rules')).flatMap((rule, index) =>
    asList(fieldAt(rule, 'to')).flatMap((to, place) =>
      asList(fieldAt(to, 'operation', 'ports')).map((port, number) => ({
        at: ['spec', 'rules', index, 'to', place, 'operation', 'ports', number],
        number: Number(port),
      })),
    ),
  );
}

/** Every port that a policy admits requests to; none where it denies, or one rule is for any. */
export function admittedPorts(object: ClusterObject): number[] {
  const spec = fieldAt(object.value, 'spec');
  const isAllowing = ['ALLOW', undefined].includes(asText(fieldAt(spec, 'action')));
  const isLimited = asList(fieldAt(spec, 'rules')).every((rule) => {
    const to = asList(fieldAt(rule, 'to'));
    return to.length > 0 && to.every((one) => fieldAt(one, 'operation', 'ports') !== undefined);
  });
  return object.kind === 'AuthorizationPolicy' && isAllowing && isLimited
    ? policyPorts(object).map(({ number }) => number)
    : [];
}

/** An account that a policy admits: `cluster.local/ns/shop/sa/web`. */
export interface Principal {
  readonly at: Path;
  readonly text: string;
  readonly namespace: string;
  readonly account: string;
}

export function principalsOf({ value }: ClusterObject): Principal[] {
  const rules = asList(fieldAt(value, 'spec', 'rules'));
  return rules.flatMap((rule, index) =>
    asList(fieldAt(rule, 'from')).flatMap((from, place) =>
      asList(fieldAt(from, 'source', 'principals')).flatMap((one, number): Principal[] => {
        const text = asText(one) ?? '';
        const [, namespace, account] =
          /^[a-z0-9.-]{1,253}\/ns\/([a-z0-9-]{1,63})\/sa\/([a-z0-9.-]{1,253})$/.exec(text) ?? [];
        const at = ['spec', 'rules', index, 'from', place, 'source', 'principals', number];
        return namespace === undefined || account === undefined
          ? []
          : [{ at, text, namespace, account }];
      }),
    ),
  );
}

/** Namespaces whose callers a policy is about; with a star in it a text is no name. */
export function namespacesOf({ value }: ClusterObject): { at: Path; name: string }[] {
  const rules = asList(fieldAt(value, 'spec', 'rules'));
  return rules.flatMap((rule, index) =>
    asList(fieldAt(rule, 'from')).flatMap((from, place) =>
      asList(fieldAt(from, 'source', 'namespaces')).flatMap((one, number) => {
        const name = asText(one) ?? '';
        const at = ['spec', 'rules', index, 'from', place, 'source', 'namespaces', number];
        return /^[a-z0-9-]+$/.test(name) ? [{ at, name }] : [];
      }),
    ),
  );
}
