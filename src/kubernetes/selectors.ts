/** What an object selects by labels: which fields are selectors, and of what. */
import { remembered } from '../memo.ts';
import { getOwn } from '../own.ts';
import { fieldsAt, patternOf } from './fields.ts';
import { groupOf } from './group-version.ts';
import { asJsonObject, fieldAt, type JsonObject, type Path, textPairs } from './json.ts';
import { decodedGroup, findKind } from './kinds.ts';
import type { Referrer } from './references.ts';

interface SelectorRow {
  /** From the object to the selector, see fields.ts. */
  readonly at: string;
  readonly takes: 'Pod' | 'Service';
  /** A LabelSelector, or nothing but pairs. */
  readonly form: 'LabelSelector' | 'pairs';
  /**
   * Where it looks: into the namespace of the object, into those that `spec.namespaceSelector`
   * names (prometheus-operator), into those that a
   * `namespaceSelector` beside it selects, or into all.
   */
  readonly looksInto: 'own' | 'named' | 'selected' | 'all';
}

export interface Selector extends Omit<SelectorRow, 'at'> {
  readonly path: Path;
  /** As written: what is not a text where a text belongs is among it. */
  readonly value: JsonObject;
  /** The pairs that must be there as they stand. */
  readonly pairs: Readonly<Record<string, string>>;
}

const own = { takes: 'Pod', form: 'LabelSelector', looksInto: 'own' } as const;
const monitored = { form: 'LabelSelector', looksInto: 'named', at: 'spec.selector' } as const;
const inMesh = [{ ...own, at: 'spec.selector' }];
const ofWorkloads = [{ ...own, form: 'pairs', at: 'spec.workloadSelector.labels' }] as const;
const peer = { ...own, looksInto: 'selected' } as const;

const ofControllers = {
  LabelSelector: [{ ...own, at: 'spec.selector' }],
  pairs: [{ ...own, form: 'pairs', at: 'spec.selector' }],
} as const;

/** Group and kind → its selectors. Those of workloads stand in the table of kinds. */
const table: Readonly<Record<string, readonly SelectorRow[]>> = {
  '/Service': [{ ...own, form: 'pairs', at: 'spec.selector' }],
  'policy/PodDisruptionBudget': [{ ...own, at: 'spec.selector' }],
  'networking.k8s.io/NetworkPolicy': [
    { ...own, at: 'spec.podSelector' },
    { ...peer, at: 'spec.ingress[].from[].podSelector' },
    { ...peer, at: 'spec.egress[].to[].podSelector' },
  ],
  'monitoring.coreos.com/ServiceMonitor': [{ ...monitored, takes: 'Service' }],
  'monitoring.coreos.com/PodMonitor': [{ ...monitored, takes: 'Pod' }],
  'argoproj.io/Rollout': [{ ...own, at: 'spec.selector' }],
  'security.istio.io/AuthorizationPolicy': inMesh,
  'security.istio.io/PeerAuthentication': inMesh,
  'security.istio.io/RequestAuthentication': inMesh,
  'telemetry.istio.io/Telemetry': inMesh,
  'networking.istio.io/Gateway': [{ ...own, form: 'pairs', looksInto: 'all', at: 'spec.selector' }],
  'networking.istio.io/Sidecar': ofWorkloads,
  'networking.istio.io/EnvoyFilter': ofWorkloads,
  'networking.istio.io/ServiceEntry': ofWorkloads,
};

/**
 * Everything that an object selects by labels, itself included where a workload says which pods are
 * its own.
 */
export function selectorsOf(object: Referrer): Selector[] {
  const written = groupOf(object.apiVersion);
  const group = written === 'extensions' ? (decodedGroup(object.kind) ?? written) : written;
  const form = findKind(group, object.kind)?.selector;
  const rows =
    getOwn(table, `${group}/${object.kind}`) ?? (form === undefined ? [] : ofControllers[form]);
  const selectors: Selector[] = [];
  for (const row of rows)
    for (const { path, value } of fieldsAt(object.value, patternAt(row))) {
      const selector = asJsonObject(value);
      if (selector === undefined) continue;
      const { takes, form, looksInto } = row;
      const pairs = textPairs(form === 'pairs' ? selector : fieldAt(selector, 'matchLabels'));
      selectors.push({ takes, form, looksInto, path, value: selector, pairs });
    }
  return selectors;
}

const patternAt = remembered(({ at }: SelectorRow) => patternOf(at));
