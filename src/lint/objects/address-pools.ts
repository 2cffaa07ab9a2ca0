/** Pools of addresses that load balancers and pods are given, and that overlap. */
import { type CIDR, parseCIDR, parseIP } from '../../cluster/apiserver/ip-address.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { type Field, fieldsAt, patternOf } from '../../kubernetes/fields.ts';
import { asText } from '../../kubernetes/json.ts';
import type { Place } from '../rule.ts';
import type { Conflict } from './claims.ts';

/** Where each kind writes its ranges: `192.0.2.0/24`, or `192.0.2.1-192.0.2.9`. */
export const poolKinds = [
  {
    group: 'metallb.io',
    kind: 'IPAddressPool',
    ranges: 'spec.addresses[]',
    why: 'the webhook of MetalLB refuses a pool that overlaps another one',
  },
  {
    group: 'cilium.io',
    kind: 'CiliumLoadBalancerIPPool',
    ranges: 'spec.blocks[].cidr',
    why: 'Cilium marks the newer pool as conflicting and gives nothing of it away',
  },
  {
    group: 'projectcalico.org',
    kind: 'IPPool',
    ranges: 'spec.cidr',
    why: 'Calico refuses a pool that overlaps another one',
  },
] as const;

interface Range {
  readonly place: Place;
  readonly text: string;
  /** The first and the last address, as 32 hexadecimal digits. */
  readonly first: string;
  readonly last: string;
}

/** Each range that reaches into one of another pool that begins before it. */
export function* overlaps({ objects }: Cluster): Iterable<Conflict> {
  for (const { group, kind, ranges, why } of poolKinds) {
    const all = objects
      .ofKind(group, kind)
      .flatMap((object) =>
        fieldsAt(object.value, patternOf(ranges)).flatMap((field) => rangeOf(object, field) ?? []),
      )
      .sort((a, b) => (a.first < b.first ? -1 : 1));
    // The one that reaches furthest so far.
    let widest: Range | undefined;
    for (const range of all) {
      if (
        widest !== undefined &&
        range.first <= widest.last &&
        widest.place.object !== range.place.object
      )
        yield { place: range.place, other: widest.place, what: `addresses of ${range.text}`, why };
      if (widest === undefined || range.last > widest.last) widest = range;
    }
  }
}

function rangeOf(object: ClusterObject, { path, value }: Field): Range | undefined {
  const text = asText(value) ?? '';
  const cidr = parseCIDR(text);
  const [from = '', to = from] = text.split('-', 2);
  const first = cidr?.network ?? parseIP(from.trim())?.bytes;
  const last = cidr === undefined ? parseIP(to.trim())?.bytes : lastOf(cidr);
  if (first === undefined || last === undefined) return undefined;
  return { place: { object, at: path }, text, first: digits(first), last: digits(last) };
}

function lastOf({ network, prefix, isIPv4 }: CIDR): readonly number[] {
  const bits = isIPv4 ? prefix + 96 : prefix;
  return network.map((byte, index) => byte | (0xff >> Math.min(8, Math.max(0, bits - index * 8))));
}

const digits = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
