/** Pods by workload, the way text output names them: never by stand-ins. */
import type { PodMembers, PodSet } from '../cluster/pods.ts';
import type { EndpointPort } from '../cluster/ports.ts';
import { podName } from '../cluster/stand-ins.ts';
import { counted } from './text.ts';

/**
 * `web×3`, `agent×node` of a DaemonSet, `web×?` where a placeholder decides, `db-0` of a
 * StatefulSet whose pods are selected one by one.
 */
export function membersText({ set, count, ordinals }: PodMembers): string {
  const { kind, name } = set.workload;
  if (ordinals !== undefined)
    return ordinals.map((ordinal) => podName(set, ordinal - (set.ordinals?.start ?? 0))).join(',');
  if (kind === 'Pod') return name;
  return `${name}×${countText(set, count)}`;
}

export function countText(set: PodSet, count: number): string {
  if (set.countKnown) return String(count);
  return set.workload.kind === 'DaemonSet' ? 'node' : '?';
}

/** `3 pods`, `one pod on each node`. */
export function podsText(set: PodSet, count: number): string {
  if (set.countKnown) return counted(count, 'pod');
  return set.workload.kind === 'DaemonSet' ? 'one pod on each node' : 'pods of unknown number';
}

/**
 * One text for each; workloads that share their name are told apart by kind: `Deployment/web×3`.
 */
export function membersTexts(members: readonly PodMembers[]): string[] {
  const texts = members.map(membersText);
  const names = members.map(({ set }) => set.workload.name);
  const shared = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return members.map(
    ({ set }, index) =>
      `${shared.has(set.workload.name) ? `${set.workload.kind}/` : ''}${texts[index]}`,
  );
}

/** `web×3:8080,web×3:9090`; without ports `web×3`. */
export function withPorts(
  members: readonly PodMembers[],
  ports: readonly EndpointPort[],
): string[] {
  const texts = membersTexts(members);
  return ports.length === 0
    ? texts
    : ports.flatMap(({ port }) => texts.map((text) => `${text}:${port}`));
}

/** An IPv6 address needs brackets in front of a port. */
export function addressText(ip: string, port: number | undefined): string {
  if (port === undefined) return ip;
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
