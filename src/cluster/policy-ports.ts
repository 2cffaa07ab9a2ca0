/** Whether the rule of a NetworkPolicy lets a port through. */
import type { NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import { isPlaceholder } from '../manifest/placeholder.ts';
import { allOf, anyOf, type Truth } from './labels.ts';
import { type PodSet } from './pods.ts';
import { type PolicyRule } from './policy-rules.ts';
import { declaredPorts } from './ports.ts';

/** Whether a rule is about a port of the pods. */
export function allowsPort(
  { ports }: PolicyRule,
  set: PodSet,
  port: number,
  protocol: string,
): Truth {
  return ports.length === 0
    ? 'yes'
    : anyOf(ports.map((item) => portMatches(item, set, port, protocol)));
}

/**
 * A number is the pod's port, after a Service has translated it; it need not be declared. A name is
 * looked up in each pod with its protocol. Without a port all ports of the protocol are meant.
 */
function portMatches(item: NetworkPolicyPort, set: PodSet, port: number, protocol: string): Truth {
  const { protocol: wanted = 'TCP', port: given, endPort } = item;
  const sameProtocol: Truth = isPlaceholder(wanted)
    ? 'unknown'
    : wanted === protocol
      ? 'yes'
      : 'no';
  if (given === undefined || sameProtocol === 'no') return sameProtocol;
  if (typeof given === 'number') {
    const last: unknown = endPort ?? given;
    return allOf([
      sameProtocol,
      typeof last !== 'number' ? 'unknown' : given <= port && port <= last ? 'yes' : 'no',
    ]);
  }
  return allOf([
    sameProtocol,
    isPlaceholder(given) ? 'unknown' : namedPortMatches(given, set, port, protocol),
  ]);
}

/** Not every network plugin looks at native sidecars for names. */
function namedPortMatches(name: string, { spec }: PodSet, port: number, protocol: string): Truth {
  let result: Truth = 'no';
  for (const { port: declared, path } of declaredPorts(spec)) {
    if (isPlaceholder(declared.name) || isPlaceholder(declared.containerPort)) result = 'unknown';
    if (
      declared.name !== name ||
      (declared.protocol ?? 'TCP') !== protocol ||
      declared.containerPort !== port
    )
      continue;
    if (path[0] === 'containers') return 'yes';
    result = 'unknown';
  }
  return result;
}
