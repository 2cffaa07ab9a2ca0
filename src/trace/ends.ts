/** The two ends of a request, as they are typed. */
import { namesKind } from '../kubernetes/resource-names.ts';
import type { WrittenPort } from '../lint/references/service-port.ts';

/** A request from outside of the cluster, or to a name that a container is told. */
export interface Address {
  readonly type: 'url';
  /** `tcp` and `tls` for connections that carry something else than HTTP. */
  readonly scheme: 'http' | 'https' | 'tcp' | 'tls';
  /** In lower case. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** `api:8080`: it may be the name of a Service as well. */
  readonly isBare?: true;
}

/** `deployment/web`, `svc/api.shop:http`. */
export interface Named {
  readonly type: 'object';
  /** `service`, `workload` for one of any kind, or as it is typed: `deploy`. */
  readonly kind: string;
  /** With a namespace behind it, perhaps: names of Services have no dots. */
  readonly name: string;
  readonly port: WrittenPort | undefined;
}

export type End = Address | Named;

/** `shop.example.com:443/cart`, `api:8080`: an address without its scheme. */
const bare = /^[a-z0-9][a-z0-9.-]{0,252}:(\d{1,5})(?:\/\S*)?$/i;

/** Undefined where it is neither an address nor `KIND/NAME`, with a port behind it or without. */
export function parseEnd(text: string): End | undefined {
  if (/^(https?|tcp|tls):\/\//i.test(text)) return parseAddress(text);
  const [, port] = bare.exec(text) ?? [];
  if (port === undefined) return parseNamed(text);
  const address = parseAddress(`${port === '443' ? 'https' : 'http'}://${text}`);
  return address && { ...address, isBare: true };
}

/**
 * What stands there without scheme or kind, as curl and kubectl take it: `shop.example.com/cart`,
 * the Service `web`.
 */
export function parseShortEnd(text: string): End | undefined {
  if (/\.(?:ya?ml|json)$/.test(text)) return undefined;
  if (/^[\w-]+(?:\.[\w-]+)+(?:\/\S*)?$/.test(text)) return parseAddress(`http://${text}`);
  return /^[a-z\d][\w-]*(?::[\w-]+)?$/.test(text) ? parseNamed(`service/${text}`) : undefined;
}

/** As it would be typed. */
export function addressText({ scheme, host, port, path }: Address): string {
  const isUsual = port === (scheme === 'http' ? 80 : 443);
  return `${scheme}://${host}${isUsual ? '' : `:${port}`}${path}`;
}

function parseAddress(text: string): Address | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, port, pathname } = new URL(text);
  const scheme = (['https', 'tcp', 'tls'] as const).find((one) => `${one}:` === protocol) ?? 'http';
  // A connection that is no more than one has no usual port.
  if (hostname === '' || (scheme === 'tcp' && port === '')) return undefined;
  const usual = scheme === 'http' ? 80 : 443;
  return {
    type: 'url',
    scheme,
    host: hostname.toLowerCase().replace(/\.$/, ''),
    port: port === '' ? usual : Number(port),
    path: scheme === 'http' || scheme === 'https' ? pathname : '',
  };
}

function parseNamed(text: string): Named | undefined {
  const [, written, name, port] = /^([a-z]+)\/([^/:]+)(?::([^/:]+))?$/i.exec(text) ?? [];
  if (written === undefined || name === undefined) return undefined;
  return {
    type: 'object',
    kind: namesKind(written, { apiVersion: 'v1', kind: 'Service' }) ? 'service' : written,
    name,
    port: port === undefined ? undefined : writtenPort(port),
  };
}

function writtenPort(text: string): WrittenPort {
  return /^\d+$/.test(text) ? { number: Number(text) } : { name: text };
}
