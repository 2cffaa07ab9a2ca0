/** Hosts that NGINX dials, as its configuration files name them. */
import { type HostName, isHostName } from './host-names.ts';

/** `upstream api { server api-svc:8080; }` */
const upstream = /\bupstream[ \t]{1,20}([\w.-]{1,100})[ \t]{0,20}\{([^}]{0,2000})/g;
/** A server of it without a port. */
const server = /(?<![\w.-])server[ \t]{1,20}([a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)(?=[ \t;])/dgi;

/**
 * The hosts of a text, without what NGINX calls by a name of its own: `http://api` may be such an
 * upstream. A server of one that has no port is dialled on 80.
 *
 * @source nginx/nginx src/http/ngx_http_upstream.c `ngx_http_upstream_server` @b66c18d2
 */
export function nginxHosts(text: string, names: readonly HostName[]): readonly HostName[] {
  const blocks = text.includes('upstream') ? [...text.matchAll(upstream)] : [];
  if (blocks.length === 0) return names;
  const upstreams = new Set(blocks.map(([, name = '']) => name));
  const found = new Map(
    names
      .filter(
        ({ host, port, form }) => form !== 'url' || port !== undefined || !upstreams.has(host),
      )
      .map((name) => [name.offset, name]),
  );
  for (const { 0: all, 2: body = '', index } of blocks)
    for (const { 1: host = '', indices } of withoutComments(body).matchAll(server)) {
      if (!isHostName(host)) continue;
      const offset = index + all.length - body.length + (indices?.[1]?.[0] ?? 0);
      const form = /\.svc(\.cluster\.local)?$/i.test(host) ? 'name' : 'dialled';
      const none = { port: undefined, portOffset: undefined };
      found.set(offset, { host: host.toLowerCase(), ...none, implied: 80, offset, form });
    }
  return [...found.values()];
}

function withoutComments(text: string): string {
  return text.replace(/#[^\n]*/g, (comment) => ' '.repeat(comment.length));
}
