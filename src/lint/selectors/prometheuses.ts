/**
 * Which monitors and rules a Prometheus reads: those whose labels its selector takes, in the
 * namespaces that another one takes.
 * A selector that is not written takes nothing, an empty one everything; without a selector for
 * namespaces only its own is looked into.
 *
 * @source prometheus-operator/prometheus-operator pkg/prometheus/resource_selector.go
 *   `SelectServiceMonitors` @v0.92.0
 */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { LabelIndex } from '../../cluster/label-index.ts';
import { allOf, type Labels, matchesSelector, type Truth } from '../../cluster/labels.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { matchesNamespace } from '../../cluster/policy-selectors.ts';
import { monitoringGroup } from '../../kubernetes/groups.ts';
import { asJsonObject, fieldAt } from '../../kubernetes/json.ts';
import { readSelector } from '../monitors/monitors.ts';

/** Kind → the fields of a Prometheus that select it, without their last word. */
export const selectedKinds = {
  ServiceMonitor: 'serviceMonitor',
  PodMonitor: 'podMonitor',
  Probe: 'probe',
  ScrapeConfig: 'scrapeConfig',
  PrometheusRule: 'rule',
} as const;

/** Those that select; a ThanosRuler selects rules alone, in the same words. */
const readerKinds = ['Prometheus', 'PrometheusAgent', 'ThanosRuler'];

/** Others that read monitors, each in its own way. */
const otherReaders = [
  ['opentelemetry.io', 'OpenTelemetryCollector'],
  ['opentelemetry.io', 'TargetAllocator'],
  ['operator.victoriametrics.com', 'VMAgent'],
  ['operator.victoriametrics.com', 'VMAlert'],
  ['monitoring.grafana.com', 'GrafanaAgent'],
] as const;

/** An object and the first of those that ask for others of its kind, and not for it. */
export interface Unselected {
  readonly object: ClusterObject;
  readonly by: ClusterObject;
  readonly selector: LabelSelector;
  /** Its labels are right, and it is in a namespace that is not looked into. */
  readonly elsewhere: boolean;
}

/** What certainly nobody reads, of all kinds. */
export function unselected(cluster: Cluster): Unselected[] {
  const { objects, work } = cluster;
  const readers = readerKinds.flatMap((kind) => objects.ofKind(monitoringGroup, kind));
  if (readers.length === 0 || otherReaders.some(([g, kind]) => objects.ofKind(g, kind).length > 0))
    return [];
  return Object.entries(selectedKinds).flatMap(([kind, field]) => {
    const asking = readers.flatMap((by) => {
      const selector = readSelector(fieldAt(by.value, 'spec', `${field}Selector`));
      return selector === undefined ? [] : [{ by, selector }];
    });
    const [first] = asking;
    if (first === undefined) return [];
    const monitors = objects.ofKind(monitoringGroup, kind);
    const index = new LabelIndex(monitors, labelsOf);
    const taken = new Set<ClusterObject>();
    /** By which their labels are right, the first of them. */
    const near = new Map<ClusterObject, (typeof asking)[number]>();
    for (const reader of asking) {
      const candidates = index.candidates(reader.selector.matchLabels ?? {});
      work.spend(candidates.length);
      for (const object of candidates) {
        if (taken.has(object)) continue;
        const labels = matchesSelector(reader.selector, labelsOf(object));
        const namespace = looksInto(reader.by, `${field}NamespaceSelector`, object, cluster);
        if (allOf([labels, namespace]) !== 'no') taken.add(object);
        else if (labels === 'yes' && !near.has(object)) near.set(object, reader);
      }
    }
    return monitors
      .filter((object) => !taken.has(object))
      .map((object) => ({ object, ...(near.get(object) ?? first), elsewhere: near.has(object) }));
  });
}

function labelsOf({ value }: ClusterObject): Labels {
  const labels = asJsonObject(fieldAt(value, 'metadata', 'labels')) ?? {};
  const texts = Object.entries(labels).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return new Map(texts);
}

function looksInto(
  by: ClusterObject,
  field: string,
  object: ClusterObject,
  { objects, options }: Cluster,
): Truth {
  const namespace = object.namespace ?? options.namespace;
  const written = fieldAt(by.value, 'spec', field);
  if (written === undefined || written === null)
    return namespace === (by.namespace ?? options.namespace) ? 'yes' : 'no';
  const selector = readSelector(written);
  if (selector === undefined) return 'unknown';
  return matchesNamespace(objects, selector, namespace);
}
