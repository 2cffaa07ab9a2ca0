/** Whether NetworkPolicies let a caller through to the pods behind a Service. */
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { type ClusterObject, identityOf } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { isOutsider } from '../../cluster/policy.ts';
import { type Direction } from '../../cluster/policy-rules.ts';
import { lazily } from '../../memo.ts';
import { type Caller, callersOf } from '../calls/callers.ts';

export interface CallerVerdict {
  /**
   * - `open`: no policy has a say
   * - `admitted`: some policy has, and lets it through to all pods
   * - `some`: it gets to some of the pods only
   * - `closed`: to none of them
   * - `unknown`: it depends on what is filled in later, on addresses, or on policies of another
   *   kind
   */
  readonly state: 'open' | 'admitted' | 'some' | 'closed' | 'unknown';
  /** Of what is closed: the side that does not let it pass. */
  readonly direction: Direction;
  readonly policies: readonly ClusterObject<NetworkPolicy>[];
  /** Pods behind the Service, and the port that is dialled in them. */
  readonly set: PodSet;
  readonly port: number;
}

/**
 * The egress side of the caller first; undefined where it is not known which pods are behind the
 * Service.
 */
export function callerVerdict(caller: Caller, { policies }: Cluster): CallerVerdict | undefined {
  const { from, service, port: asked } = caller;
  if (service.backends.length === 0 || service.possible.length > 0) return undefined;
  const dialled = service.backends.flatMap(({ members: { set }, resolved }) => {
    const target = resolved.ports.find(
      ({ name, protocol }) => name === (asked.name ?? '') && protocol === (asked.protocol ?? 'TCP'),
    );
    return target === undefined ? [] : [{ set, port: target.port, protocol: target.protocol }];
  });
  const [first] = dialled;
  // Pods that call their own Service are mostly told their own address.
  if (first === undefined || dialled.length < service.backends.length) return undefined;
  if (dialled.some(({ set }) => set === from)) return undefined;
  let admitted: CallerVerdict | undefined;
  for (const direction of ['Egress', 'Ingress'] as const) {
    if (direction === 'Egress' && isOutsider(from)) continue;
    const truths = dialled.map(({ set, port, protocol }) =>
      policies.passes(direction, from, set, port, protocol),
    );
    const isolating = dialled.flatMap(({ set }) =>
      policies.isolating(direction === 'Egress' && !isOutsider(from) ? from : set, direction),
    );
    const found = {
      direction,
      policies: [...new Set(isolating.map(({ policy }) => policy))],
      ...first,
    };
    if (truths.every((truth) => truth === 'no')) {
      const { set, port } = dialled.at(-1) ?? first;
      return { ...found, state: 'closed', set, port };
    }
    if (truths.includes('no')) return { ...found, state: 'some' };
    if (truths.includes('unknown')) return { ...found, state: 'unknown' };
    if (found.policies.length > 0) admitted = { ...found, state: 'admitted' };
  }
  return admitted ?? { ...first, state: 'open', direction: 'Ingress', policies: [] };
}

/** Those that the same policies keep from the same port of a Service. */
export interface BlockedCallers {
  readonly callers: readonly [Caller, ...Caller[]];
  readonly verdict: CallerVerdict;
}

/** All callers that get to none of the pods; pods together, and all others one by one. */
export function blockedCallers(cluster: Cluster): readonly BlockedCallers[] {
  const found = new Map<string, { callers: [Caller, ...Caller[]]; verdict: CallerVerdict }>();
  const told = new Set<string>();
  const verdicts = callersOf(cluster).flatMap((caller) => {
    const verdict = callerVerdict(caller, cluster);
    return verdict === undefined ? [] : [{ caller, verdict }];
  });
  // Of those that share a ConfigMap the policies let the one through that calls.
  const answered = lazily(
    () =>
      new Set(
        verdicts.flatMap(({ caller, verdict }) =>
          verdict.state === 'admitted' || verdict.state === 'open' ? textOf(caller) : [],
        ),
      ),
  );
  const closed = verdicts.filter(({ verdict }) => verdict.state === 'closed');
  // Who is told twice, once in a ConfigMap, calls for certain.
  const certainFirst = [true, false].flatMap((own) =>
    closed.filter(({ caller }) => caller.own === own),
  );
  for (const { caller, verdict } of certainFirst) {
    if (!caller.own && !isOutsider(caller.from) && answered().has(textOf(caller))) continue;
    const where = JSON.stringify([
      verdict.direction,
      identityOf(caller.service.object),
      caller.port.port,
      verdict.policies.map(identityOf),
    ]);
    const key = `${isOutsider(caller.from) ? caller.words : String(caller.own)} ${where}`;
    // Several paths of an Ingress lead to one Service.
    const named = `${caller.words} ${where}`;
    if (told.has(named)) continue;
    told.add(named);
    const group = found.get(key);
    if (group === undefined) found.set(key, { callers: [caller], verdict });
    else group.callers.push(caller);
  }
  return [...found.values()];
}

/** What finds the text by which a caller is told of a Service. */
function textOf({ place, service }: Caller): string {
  return JSON.stringify([identityOf(place.object), place.at, identityOf(service.object)]);
}
