/**
 * Where a container is told to listen, as far as its arguments and variables say so in the usual
 * words.
 */
import type { Container } from 'kubernetes-types/core/v1';
import type { Path } from '../../manifest/node.ts';

export interface ToldAddress {
  /** From the container to the text that says it. */
  readonly at: Path;
  /** An address that only the pod itself can reach, if it names one. */
  readonly host?: string;
  readonly port?: number;
}

/**
 * `--port=8080`, `--listen-address :8080`, `--bind 127.0.0.1:8080`: the flag, then what it is
 * given.
 */
const flag =
  /^--?(?:port|http-port|server-port|listen|listen-address|listen-addr|addr|address|bind|bind-address|host)$/;
const variable =
  /^(?:PORT|HTTP_PORT|SERVER_PORT|LISTEN|LISTEN_ADDR|LISTEN_ADDRESS|BIND|BIND_ADDRESS|BIND_ADDR|HOST)$/;
const loopback = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|\[::1\])$/;
/** A host that may be left out, and a port that may be left out with its colon. */
const address = /^(?:https?:\/\/|tcp:\/\/)?([\w.-]*|\[[\da-f:]*\])(?::(\d{1,5}))?$/i;

/** In the order written. */
export function toldAddresses({ command = [], args = [], env = [] }: Container): ToldAddress[] {
  const found: ToldAddress[] = [];
  for (const [field, words] of [
    ['command', command],
    ['args', args],
  ] as const) {
    for (const [index, word] of words.entries()) {
      if (typeof word !== 'string') continue;
      const [, name = '', value] = /^([^=\s]{1,40})=(\S{1,100})$/.exec(word) ?? [];
      if (flag.test(name) && value !== undefined) add(value, [field, index]);
      const next = words[index + 1];
      if (flag.test(word) && typeof next === 'string') add(next, [field, index + 1]);
    }
  }
  for (const [index, { name, value }] of env.entries())
    if (variable.test(name) && typeof value === 'string') add(value, ['env', index, 'value']);
  return found;

  function add(text: string, at: Path): void {
    const told = readAddress(text);
    if (told !== undefined) found.push({ at, ...told });
  }
}

function readAddress(text: string): Omit<ToldAddress, 'at'> | undefined {
  const [, host = '', behind] = (text.length <= 100 ? address.exec(text) : null) ?? [];
  // A bare number is a port.
  const port = /^\d{1,5}$/.test(host) && behind === undefined ? host : behind;
  const local = loopback.test(host) ? { host } : {};
  if (port === undefined && local.host === undefined) return undefined;
  return { ...local, ...(port !== undefined && { port: Number(port) }) };
}
