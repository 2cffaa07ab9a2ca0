/** Variables that pods are given for the Services of their namespace. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { nearestIn } from '../../text/name-index.ts';
import type { Unseen } from '../unseen/unseen.ts';
import { givesVariables, serviceOfVariable, serviceVariablesIn } from './variables.ts';

/** What becomes of a variable that is called as those of a Service are. */
export type ServiceVariable =
  | { readonly state: 'given' }
  | { readonly state: 'silent'; readonly service: ClusterObject; readonly reason: string }
  | { readonly state: 'unknown'; readonly reason: string }
  /** `near`: the variable that a Service gives and that was meant. */
  | { readonly state: 'missing'; readonly near: string | undefined };

/** Undefined for what is called otherwise, and for what the API server's own Service gives. */
export function serviceVariable(
  name: string,
  { namespace, spec }: PodSet,
  { cluster, unseen }: { readonly cluster: Cluster; readonly unseen: Unseen },
): ServiceVariable | undefined {
  const prefix = serviceOfVariable(name);
  if (prefix === undefined || prefix === 'KUBERNETES') return undefined;
  const services = serviceVariablesIn(cluster, namespace);
  const service = services?.byPrefix.get(prefix);
  if (service !== undefined) {
    const areOff = spec.enableServiceLinks === false;
    if (!areOff && givesVariables(service)) return { state: 'given' };
    const reason = areOff ? 'enableServiceLinks is false' : 'it has no cluster IP';
    return { state: 'silent', service: service.object, reason };
  }
  const near = services && nearestIn(prefix, services.prefixes);
  if (near !== undefined) return { state: 'missing', near: name.replace(prefix, near) };
  const why = unseen.whyServicesUnseen([namespace]);
  return why === undefined && services !== undefined && !unseen.isGuess
    ? { state: 'missing', near: undefined }
    : { state: 'unknown', reason: why ?? 'the Service may be elsewhere' };
}
