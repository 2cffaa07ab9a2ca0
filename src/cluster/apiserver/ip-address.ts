/**
 * IP addresses and CIDRs as Go reads them: k8s.io/utils/net ParseIPSloppy and ParseCIDRSloppy,
 * net/netip for the strict reading.
 */
import { pushAll } from '../../lists.ts';
import type { IPFamily } from '../options.ts';

export interface IPAddress {
  /** 16 bytes; an IPv4 address is kept as IPv4-mapped, as Go's net.IP does. */
  readonly bytes: readonly number[];
  /** IPv4-mapped IPv6 counts as IPv4 (net.IP.To4). */
  readonly family: IPFamily;
  /** As net.IP.String prints it (RFC 5952). */
  readonly canonical: string;
  /** Octets with leading zeros: read here, refused by strict readers. */
  readonly leadingZeros: boolean;
  /** Written as `::ffff:1.2.3.4`. */
  readonly mapped: boolean;
}

export interface CIDR {
  readonly address: IPAddress;
  readonly prefix: number;
  /** The network address, as 16 bytes. */
  readonly network: readonly number[];
  /** Whether the prefix is counted in 32 bits. */
  readonly isIPv4: boolean;
  /** As net.IPNet.String prints it. */
  readonly canonical: string;
  readonly leadingZeros: boolean;
}

const v4Prefix: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];

export function parseIP(text: string): IPAddress | undefined {
  const v4 = parseIPv4(text);
  if (v4 !== undefined) {
    const leadingZeros = /(?:^|\.)0\d/.test(text);
    return {
      bytes: [...v4Prefix, ...v4],
      family: 'IPv4',
      canonical: v4.join('.'),
      leadingZeros,
      mapped: false,
    };
  }
  if (!text.includes(':')) return undefined;
  const bytes = parseIPv6(text);
  if (bytes === undefined) return undefined;
  const mapped = v4Prefix.every((byte, index) => bytes[index] === byte);
  const canonical = mapped ? bytes.slice(12).join('.') : printIPv6(bytes);
  return {
    bytes,
    family: mapped ? 'IPv4' : 'IPv6',
    canonical,
    leadingZeros: /[:.]0\d+(?:\.|$)/.test(text) && text.includes('.'),
    mapped,
  };
}

export function parseCIDR(text: string): CIDR | undefined {
  const slash = text.indexOf('/');
  const address = slash === -1 ? undefined : parseIP(text.slice(0, slash));
  const mask = text.slice(slash + 1);
  if (address === undefined || !/^\d{1,8}$/.test(mask)) return undefined;
  const isIPv4 = address.family === 'IPv4' && !address.mapped;
  const prefix = Number(mask);
  if (prefix > (isIPv4 ? 32 : 128)) return undefined;
  const network = masked(address.bytes, isIPv4 ? prefix + 96 : prefix);
  const shown = isIPv4 ? network.slice(12).join('.') : printIPv6(network);
  const leadingZeros = address.leadingZeros || /^0\d/.test(mask);
  return { address, prefix, network, isIPv4, canonical: `${shown}/${prefix}`, leadingZeros };
}

/** net.IPNet.Contains: never across families. */
export function contains(cidr: CIDR, bytes: readonly number[], isIPv4: boolean): boolean {
  if (cidr.isIPv4 !== isIPv4) return false;
  const bits = cidr.isIPv4 ? cidr.prefix + 96 : cidr.prefix;
  const network = masked(bytes, bits);
  return network.every((byte, index) => byte === cidr.network[index]);
}

/** netutils.IsIPv6String. */
export function isIPv6(text: string): boolean {
  return parseIP(text)?.family === 'IPv6';
}

function masked(bytes: readonly number[], bits: number): number[] {
  return bytes.map((byte, index) => byte & ~(0xff >> Math.min(8, Math.max(0, bits - index * 8))));
}

function parseIPv4(text: string): number[] | undefined {
  const match = /^(\d{1,8})\.(\d{1,8})\.(\d{1,8})\.(\d{1,8})$/.exec(text);
  if (match === null) return undefined;
  const octets = match.slice(1).map(Number);
  return octets.every((octet) => octet <= 255) ? octets : undefined;
}

function parseIPv6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(parseGroups);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (halves.length === 1) return head.length === 16 ? head : undefined;
  const missing = 16 - head.length - (tail?.length ?? 0);
  // An ellipsis must stand for at least one group.
  return missing < 2
    ? undefined
    : [...head, ...Array.from({ length: missing }, () => 0), ...(tail ?? [])];
}

function parseGroups(text: string): number[] | undefined {
  const bytes: number[] = [];
  if (text === '') return bytes;
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (index === groups.length - 1 && group.includes('.')) {
      const v4 = parseIPv4(group);
      if (v4 === undefined) return undefined;
      pushAll(bytes, v4);
    } else {
      if (!/^0*[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}

function printIPv6(bytes: readonly number[]): string {
  const groups = Array.from(
    { length: 8 },
    (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0),
  );
  let [start, length] = [-1, 1];
  for (let at = 0; at < 8; at++) {
    let end = at;
    while (end < 8 && groups[end] === 0) end++;
    if (end - at > length) [start, length] = [at, end - at];
    at = Math.max(at, end - 1);
  }
  const hex = groups.map((group) => group.toString(16));
  return start === -1
    ? hex.join(':')
    : `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}
