/**
 * ServiceMonitors and PodMonitors as the operator reads them.
 *
 * @source prometheus-operator/prometheus-operator pkg/prometheus/promcfg.go
 *   `generateServiceMonitorConfig`, `generatePodMonitorConfig` @v0.92.0
 */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { monitoringGroup } from '../../kubernetes/groups.ts';
import {
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type Json,
  type JsonObject,
} from '../../kubernetes/json.ts';
import { anchoredRegex, isPattern } from '../../text/regex.ts';
import { namespaceOf } from '../references/reference.ts';

export interface Monitor {
  readonly object: ClusterObject;
  readonly selector: LabelSelector;
  /** Label pairs that must be there as they stand: `matchLabels`, and `In` with one value. */
  readonly pairs: Readonly<Record<string, string>>;
  /** Where it looks; undefined for every namespace. */
  readonly namespaces: readonly string[] | undefined;
  /** `spec.namespaceSelector` says nothing, so that it looks into its own namespace only. */
  readonly ownNamespaceOnly: boolean;
}

/** All monitors of a kind whose selector can be read. */
export function monitors(cluster: Cluster, kind: 'ServiceMonitor' | 'PodMonitor'): Monitor[] {
  return cluster.objects.ofKind(monitoringGroup, kind).flatMap((object) => {
    const spec = fieldAt(object.value, 'spec');
    const selector = readSelector(fieldAt(spec, 'selector'));
    if (selector === undefined) return [];
    const named = asList(fieldAt(spec, 'namespaceSelector', 'matchNames')).flatMap(
      (name) => asText(name) ?? [],
    );
    const any = fieldAt(spec, 'namespaceSelector', 'any') === true;
    const ownNamespaceOnly = !any && named.length === 0;
    const namespaces = any ? undefined : ownNamespaceOnly ? [namespaceOf(object, cluster)] : named;
    return [{ object, selector, pairs: pairsOf(selector), namespaces, ownNamespaceOnly }];
  });
}

/** A LabelSelector as written; undefined for anything else. */
export function readSelector(value: Json | undefined): LabelSelector | undefined {
  const selector = asJsonObject(value);
  return selector !== undefined && isSelector(selector) ? selector : undefined;
}

function isSelector(value: JsonObject): value is JsonObject & LabelSelector {
  const { matchLabels = {}, matchExpressions = [] } = value;
  const labels = asJsonObject(matchLabels);
  return (
    labels !== undefined &&
    Object.values(labels).every((label) => typeof label === 'string') &&
    Array.isArray(matchExpressions) &&
    matchExpressions.every(
      (item) =>
        asText(fieldAt(item, 'key')) !== undefined &&
        asText(fieldAt(item, 'operator')) !== undefined,
    )
  );
}

function pairsOf({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): Record<string, string> {
  const single = matchExpressions.flatMap(({ key, operator, values = [] }) =>
    operator === 'In' && values.length === 1 ? [[key, values[0]!] as const] : [],
  );
  return { ...Object.fromEntries(single), ...matchLabels };
}

/** `namespace shop`, `namespaces shop, web`, `any namespace`. */
export function formatNamespaces(namespaces: readonly string[] | undefined): string {
  if (namespaces === undefined) return 'any namespace';
  return `namespace${namespaces.length > 1 ? 's' : ''} ${namespaces.join(', ')}`;
}

/**
 * Whether a port name is the one that a monitor asks for: prometheus-operator makes an anchored
 * regular expression of it.
 */
export function matchesPortName(pattern: string, name: string | undefined): boolean {
  if (name === undefined || name === '' || pattern === name) return pattern === name;
  return isPattern(pattern) && anchoredRegex(pattern)?.(name) === true;
}

/** Ports of containers that meshes inject into pods: no manifest declares them. */
export const injectedPorts: ReadonlySet<string> = new Set([
  'http-envoy-prom',
  'linkerd-admin',
  'linkerd-proxy',
  'envoy-metrics',
  'kuma-metrics',
]);
