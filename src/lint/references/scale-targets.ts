/** What autoscalers name as their target, and why it cannot be scaled. */
import { type ClusterObject } from '../../cluster/objects.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { findWorkload } from '../../kubernetes/kinds.ts';
import { type ScaleTarget, scaleTarget } from '../../kubernetes/scalers.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { RuleContext } from '../rule.ts';
import type { Candidate, Wanted } from './nearest-object.ts';
import { describeWanted, isNowhere, lookUp, namespaceOf, wantedObject } from './reference.ts';
import { formerGroups, otherKind, type Scaler, scalers } from './scalers.ts';

type Context = Pick<RuleContext<never>, 'cluster' | 'unseen' | 'unit'>;

/** A target as it is written; the defaults of the autoscaler stand for what is left out. */
interface Target extends ScaleTarget {
  readonly scaler: Scaler;
  readonly object: ClusterObject;
}

export type ScaleFault = Target &
  (
    | { readonly type: 'unknown'; readonly reason: string }
    /** The kind is in another group. */
    | { readonly type: 'version'; readonly served: string }
    | { readonly type: 'notScalable' }
    /** A workload of another kind has the name. */
    | { readonly type: 'otherKind'; readonly wanted: Wanted; readonly other: ClusterObject }
    | { readonly type: 'missing'; readonly wanted: Wanted; readonly nearest: Candidate | undefined }
  );

export function* scaleFaults(context: Context): Iterable<ScaleFault> {
  for (const scaler of scalers)
    for (const object of context.cluster.objects.ofKind(scaler.group, scaler.kind)) {
      const written = scaleTarget(scaler, object.value);
      if (written === undefined) continue;
      const target = { ...written, scaler, object };
      const fault = kindFault(target) ?? lookUpTarget(target, context);
      if (fault !== undefined) yield fault;
    }
}

/** What can be said of a target by its kind alone. */
function kindFault(target: Target): ScaleFault | undefined {
  const { kind, apiVersion, scaler } = target;
  if (isPlaceholder(kind) || isPlaceholder(apiVersion))
    return { ...target, type: 'unknown', reason: 'what it scales is filled in later' };
  const workload = findWorkload(kind);
  if (workload === undefined || !scaler.scales) return undefined;
  if (isLost(target)) return { ...target, type: 'version', served: workload.apiVersion };
  return workload.group === groupOf(apiVersion) && workload.scalable !== true
    ? { ...target, type: 'notScalable' }
    : undefined;
}

/** A kind of workload in a group that it is not in. */
function isLost({ kind, apiVersion }: ScaleTarget): boolean {
  const workload = findWorkload(kind);
  const group = groupOf(apiVersion);
  return workload !== undefined && workload.group !== group && formerGroups.has(group);
}

function lookUpTarget(target: Target, context: Context): ScaleFault | undefined {
  const { scaler, object, kind, apiVersion, name } = target;
  const { cluster } = context;
  const home = findWorkload(kind)?.group;
  const wanted = {
    ...wantedObject(apiVersion, kind, namespaceOf(object, cluster), name),
    // The vertical autoscaler goes by the kind alone.
    ...(home !== undefined && isLost(target) && { group: home }),
  };
  const lookup = lookUp(context, object, wanted);
  if (lookup.state !== 'unknown' && lookup.state !== 'missing') return undefined;
  const other = isNowhere(lookup) ? otherKind(wanted, scaler, cluster) : undefined;
  if (other !== undefined) return { ...target, type: 'otherKind', wanted, other };
  const unknown = (reason: string): ScaleFault => ({
    ...target,
    type: 'unknown',
    reason: `${describeWanted(wanted)} was not found, but ${reason}`,
  });
  if (lookup.state === 'unknown') return unknown(lookup.reason);
  // Of a custom resource nobody knows who makes it.
  if (home === undefined && lookup.nearest?.certain !== true)
    return unknown(`what makes a ${kind} is not known`);
  return { ...target, type: 'missing', wanted, nearest: lookup.nearest };
}
