/** Kinds of objects that scale another one, and which one they name. */
import { type AnyJson, asText, fieldAt, type Path } from './json.ts';
import { allWorkloads } from './kinds.ts';

export interface ScalerKind {
  readonly group: string;
  readonly kind: string;
  /** Of the reference in it. */
  readonly at: Path;
  /** What a reference means that leaves them out. */
  readonly defaults?: { readonly apiVersion: string; readonly kind: string };
}

export const horizontal: ScalerKind = {
  group: 'autoscaling',
  kind: 'HorizontalPodAutoscaler',
  at: ['spec', 'scaleTargetRef'],
};

export const keda: ScalerKind = {
  group: 'keda.sh',
  kind: 'ScaledObject',
  at: ['spec', 'scaleTargetRef'],
  defaults: { apiVersion: 'apps/v1', kind: 'Deployment' },
};

export const vertical: ScalerKind = {
  group: 'autoscaling.k8s.io',
  kind: 'VerticalPodAutoscaler',
  at: ['spec', 'targetRef'],
};

export interface ScaleTarget {
  /** Empty where none is written: that of core kinds. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/**
 * What an object of such a kind scales. The API server finds it by group, kind and name, in the
 * namespace of the object; the version may be any.
 */
export function scaleTarget({ at, defaults }: ScalerKind, value: AnyJson): ScaleTarget | undefined {
  const reference = fieldAt(value, ...at);
  const name = asText(fieldAt(reference, 'name'));
  const kind = asText(fieldAt(reference, 'kind')) ?? defaults?.kind;
  const apiVersion = asText(fieldAt(reference, 'apiVersion')) ?? defaults?.apiVersion ?? '';
  return name === undefined || kind === undefined
    ? undefined
    : { apiVersion, kind: kindOf(kind), name };
}

/**
 * Clients of the API server find a kind in lower case as well: `deployment`.
 *
 * @source kubernetes/client-go restmapper/discovery.go `NewDiscoveryRESTMapper` @v0.33.3
 */
function kindOf(written: string): string {
  return allWorkloads.find(({ kind }) => kind.toLowerCase() === written)?.kind ?? written;
}
