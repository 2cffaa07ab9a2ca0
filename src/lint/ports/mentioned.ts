/** Ports that an application is told of: it listens there although no container declares them. */
import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import { runningContainers } from '../../cluster/containers.ts';

/**
 * The application is told the number, as an argument or a variable: then it listens there although
 * nothing declares it. Behind the name of another host (`http://web:80`) it is that one's port.
 * `container` is one of the pod.
 */
export function isMentioned(port: number, container: Container, spec: PodSpec): boolean {
  const { containers = [] } = spec;
  const number = String(port);
  // What one container is told those beside it may be told as well.
  return (
    numbersOf(spec, containers).has(number) ||
    (!containers.includes(container) && numbersOf(container, [container]).has(number))
  );
}

/** The same of any container that goes on running in the pod. */
export function isMentionedInPod(port: number, spec: PodSpec): boolean {
  return runningContainers(spec).some(({ container }) => isMentioned(port, container, spec));
}

const known = new WeakMap<object, ReadonlySet<string>>();

function numbersOf(owner: object, containers: readonly Container[]): ReadonlySet<string> {
  let numbers = known.get(owner);
  if (numbers === undefined) {
    const told = containers.map(({ command, args, env, lifecycle }) => [
      command,
      args,
      env,
      lifecycle?.postStart?.exec,
    ]);
    numbers = mentionedNumbers(JSON.stringify(told));
    known.set(owner, numbers);
  }
  return numbers;
}

/** Every number of a text but the ports of other hosts; the text is gone through once. */
export function mentionedNumbers(text: string): ReadonlySet<string> {
  const numbers = new Set<string>();
  for (const { 0: number, index } of text.matchAll(/\d+/g)) {
    const host = hostBefore(text, index);
    if (host === '' ? !isInHostOf(text, index, number) : ownHost.test(host)) numbers.add(number);
  }
  return numbers;
}

/**
 * Every address, or the pod's own; and what stands before a colon without being a host, as in
 * `port:80`, `8080:80` and socat's `TCP-LISTEN:80`.
 */
const ownHost = /^(localhost|127[\d.]+|0\.0\.0\.0|\[::1?\]|.*(?:port|-listen)|\d+)$/i;

/** No name of a host is longer. */
const longestHost = 253;

/** The host that stands before `:80`; empty where there is none. */
function hostBefore(text: string, index: number): string {
  if (text[index - 1] !== ':') return '';
  const before = text.slice(Math.max(0, index - 1 - longestHost), index - 1);
  return /\[[\da-f:.]{1,50}\]$/.exec(before)?.[0] ?? before.slice(startOfWord(before));
}

function startOfWord(text: string): number {
  let start = text.length;
  while (start > 0 && /[\w.-]/.test(text[start - 1] ?? '')) start -= 1;
  return start;
}

/** `80` of `web80:80`: what stands behind the colon says whose port it is. */
function isInHostOf(text: string, index: number, number: string): boolean {
  const end = index + number.length;
  const [, port] = /^[\w.-]{0,253}:(\d{1,5})(?!\d)/.exec(text.slice(end, end + 260)) ?? [];
  return port === number;
}
