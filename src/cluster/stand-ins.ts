/**
 * Names and addresses that only a running cluster gives out: stand-ins that are the same on every
 * run, from ranges set aside for tests and documentation.
 */
import type { IPFamily } from './options.ts';
import type { PodMembers, PodSet } from './pods.ts';

/**
 * The name of a set's pod by its number (0, 1, …): a StatefulSet's true name, `web-predicted-1` of
 * a Deployment.
 */
export function podName({ workload, ordinals, before = 0 }: PodSet, number: number): string {
  if (ordinals !== undefined) return `${workload.name}-${ordinals.start + number}`;
  return workload.kind === 'Pod'
    ? workload.name
    : `${workload.name}-predicted-${before + number + 1}`;
}

/**
 * The pods' hostname as the kubelet sets it, and as slices carry it; undefined where the spec has
 * none.
 */
export function podHostname(set: PodSet, number: number): string | undefined {
  if (set.ordinals !== undefined) return podName(set, number);
  if (set.indexed !== undefined) return `${set.workload.name}-${(set.before ?? 0) + number}`;
  return set.spec.hostname;
}

/** The numbers (0, 1, …) of the pods that are meant. */
export function memberNumbers({ set, count, ordinals }: PodMembers): number[] {
  const start = set.ordinals?.start ?? 0;
  return ordinals === undefined
    ? Array.from({ length: count }, (_, number) => number)
    : ordinals.map((ordinal) => ordinal - start);
}

/** The n-th address (from 0) of 198.18.0.0/15 (RFC 2544) or 2001:db8::/32 (RFC 3849). */
function podAddress(family: IPFamily, n: number): string {
  const host = n + 1;
  if (family === 'IPv6') {
    const hex = host.toString(16);
    return `2001:db8::${hex.length > 4 ? `${hex.slice(0, -4)}:` : ''}${hex.slice(-4)}`;
  }
  return `198.${18 + ((host >> 16) & 1)}.${(host >> 8) & 255}.${host & 255}`;
}

/**
 * Gives each pod of a cluster its place in the address range: the sets one after the other, in
 * their order.
 */
export class PodAddresses {
  readonly #offsets = new Map<PodSet, number>();

  constructor(sets: readonly PodSet[]) {
    let next = 0;
    for (const set of sets) {
      this.#offsets.set(set, next);
      next += set.count;
    }
  }

  of(set: PodSet, number: number, family: IPFamily): string {
    return podAddress(family, (this.#offsets.get(set) ?? 0) + number);
  }
}
