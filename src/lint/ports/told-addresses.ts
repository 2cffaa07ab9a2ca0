/**
 * Where a container is told to listen, as far as its arguments and variables say so in the usual
 * words.
 */
import type { Container } from 'kubernetes-types/core/v1';
import { imageName, lastStep } from '../../kubernetes/image-name.ts';
import type { Path } from '../../kubernetes/json.ts';
import { servedLocally } from '../../text/local-servers.ts';

export interface ToldAddress {
  /** From the container to the text that says it. */
  readonly at: Path;
  /** An address that only the pod itself can reach, if it names one. */
  readonly host?: string;
  readonly port?: number;
  /** The command that does so unless it is told otherwise. */
  readonly server?: string;
}

/**
 * `--port=8080`, `--listen-address :8080`, `--bind 127.0.0.1:8080`: the flag, then what it is
 * given.
 */
const flag =
  /^--?(?:b|(?:http[.-]|server[.-]|web[.-]|listen-)?port|(?:web\.)?listen(?:-addr(?:ess)?)?|addr(?:ess)?|bind(?:-addr(?:ess)?|[-_]ip)?|urls|host)$/;
const variable =
  /^(?:(?:(?:HTTP|SERVER|APP|LISTEN|FLASK_RUN|UVICORN|QUARKUS_HTTP|MICRONAUT_SERVER|KC_HTTP|GF_SERVER_HTTP)_)?PORT|ASPNETCORE_(?:URLS|HTTP_PORTS)|WHOAMI_PORT_NUMBER|LISTEN|LISTEN_ADDR(?:ESS)?|BIND|BIND_ADDR(?:ESS)?|HOST)$/;
/** What is set for the program itself, by its own name: `VOUCH_PORT` in a container `vouch`. */
const ownVariable = /^(.{1,60}?)_(?:(?:HTTP|SERVER|LISTEN)_)?PORT$/;
/** Of one of several servers, such as `--http.addr`: only localhost says something. */
const serverFlag =
  /^--?(?!metrics|health|pprof|debug|admin|listen|bind|web\.)[a-z]{2,12}[.-](?:listen(?:-addr(?:ess)?)?|addr(?:ess)?|bind(?:-addr(?:ess)?)?)$/;
/** Where a program answers the kubelet, which is often a server of its own. */
const healthFlag =
  /^--?(?:health-probe-bind-address|health(?:z|-probe)?-(?:addr(?:ess)?|bind-address|port)|probe-addr)$/;
const loopback = /^(?:127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost|\[::1\])$/;
/** A host that may be left out, and a port that may be left out with its colon. */
const address = /^(?:https?:\/\/|tcp:\/\/)?([\w.-]*|[+*]|\[[\da-f:]*\])(?::(\d{1,5}))?$/i;

/** A variable of a container, and where it is given from the container on. */
export interface GivenVariable {
  readonly name: string;
  readonly value: unknown;
  readonly at: Path;
}

/** In the order written; `others` are variables whose values stand in ConfigMaps. */
export function toldAddresses(
  container: Container,
  others: readonly GivenVariable[] = [],
): ToldAddress[] {
  const written = (container.env ?? []).map(({ name, value }, index) => ({
    name,
    value,
    at: ['env', index, 'value'],
  }));
  const variables = [...written, ...others].flatMap(({ name, value, at }) =>
    (variable.test(name) || isOwnPort(name, container)) && typeof value === 'string'
      ? { name, text: value, at }
      : [],
  );
  const addresses = (texts: readonly Flagged[]): ToldAddress[] =>
    texts.flatMap(({ text, at }) => {
      const told = readAddress(text);
      return told === undefined ? [] : [{ at, ...told }];
    });
  const local = addresses(flagged(container, serverFlag)).filter(
    ({ host, port }) => host !== undefined && port !== undefined,
  );
  const given = new Set(variables.map(({ name }) => name));
  const told = addresses([...flagged(container, flag), ...variables]);
  return [...told, ...local, ...byDefault(container, given)];
}

/** Where a server listens that is told nothing of it. */
function byDefault(container: Container, given: ReadonlySet<string>): ToldAddress[] {
  const { env = [], envFrom = [] } = container;
  const words = wordsOf(container);
  const variables = new Set([...env.map(({ name }) => name), ...given]);
  if (words.length === 0 || envFrom.some(({ secretRef }) => secretRef !== undefined)) return [];
  const found = servedLocally(
    words.map(({ text }) => text),
    variables,
  );
  const at = found === undefined ? undefined : words[found.word]?.at;
  return found === undefined || at === undefined
    ? []
    : [{ at, host: '127.0.0.1', server: found.server }];
}

function isOwnPort(variableName: string, { name, image = '' }: Container): boolean {
  const owner = ownVariable.exec(variableName)?.[1];
  if (owner === undefined) return false;
  const program = lastStep(imageName(image));
  return [name, program].some((one) => one.toUpperCase().replaceAll('-', '_') === owner);
}

/** The ports at which it is told to answer the kubelet. */
export function toldHealthPorts(container: Container): number[] {
  return flagged(container, healthFlag).flatMap(({ text }) => readAddress(text)?.port ?? []);
}

interface Flagged {
  readonly text: string;
  readonly at: Path;
}

/** What the flags of a container are given, those in a line for a shell too. */
function flagged(container: Container, wanted: RegExp): Flagged[] {
  const found: Flagged[] = [];
  const words = wordsOf(container);
  for (const [index, { text, at }] of words.entries()) {
    const [, name = '', value] = /^([^=\s]{1,40})=(\S{1,100})$/.exec(text) ?? [];
    if (wanted.test(name) && value !== undefined) found.push({ text: value, at });
    const next = words[index + 1];
    if (wanted.test(text) && next !== undefined) found.push(next);
  }
  return found;
}

/** Of the command and its arguments, as they are run one behind the other. */
function wordsOf({ command = [], args = [] }: Container): Flagged[] {
  if (command.length === 0 && args.length === 0) return [];
  return Object.entries({ command, args }).flatMap(([field, list]) =>
    list.flatMap((word, index) =>
      typeof word !== 'string' || word.length > longestLine
        ? []
        : word
            .split(/\s+/)
            .filter((part) => part !== '')
            .map((text) => ({ text, at: [field, index] })),
    ),
  );
}

/** A longer text is a script that does other things as well. */
const longestLine = 1000;

function readAddress(text: string): Omit<ToldAddress, 'at'> | undefined {
  const [, host = '', behind] = (text.length <= 100 ? address.exec(text) : null) ?? [];
  // A bare number is a port.
  const port = /^\d{1,5}$/.test(host) && behind === undefined ? host : behind;
  // `-addr=gateway.logs.svc:80` is whom a client asks.
  if (port !== host && /[a-z]/i.test(host) && !loopback.test(host) && !host.startsWith('['))
    return undefined;
  const local = loopback.test(host) ? { host } : {};
  if (port === undefined && local.host === undefined) return undefined;
  return { ...local, ...(port !== undefined && { port: Number(port) }) };
}
