/** Where servers listen, as their configuration files say it. */

/** A number in a text, and where it stands there. */
export interface WrittenPort {
  readonly port: number;
  readonly offset: number;
  readonly length: number;
}

/**
 * The ports of all `server` blocks of an nginx configuration, without those at localhost only and
 * sockets; undefined where one is filled in later. A server that names none has 80.
 *
 * Upstream: http://nginx.org/en/docs/http/ngx_http_core_module.html#listen
 */
export function nginxPorts(text: string): WrittenPort[] | undefined {
  const bare = text.replace(/#[^\n]*/g, (comment) => ' '.repeat(comment.length));
  const starts = [...bare.matchAll(/\bserver(?=[ \t\r\n]{0,20}\{)/g)].map(({ index }) => index);
  const ports: WrittenPort[] = [];
  for (const [number, start] of starts.entries()) {
    const block = bare.slice(start, starts[number + 1]);
    const listens = [...block.matchAll(/\blisten[ \t]+([^\s;{}]{1,100})/g)];
    if (listens.length === 0) ports.push({ port: 80, offset: start, length: 'server'.length });
    for (const {
      0: { length },
      1: address = '',
      index,
    } of listens) {
      if (/[$%<]/.test(address)) return undefined;
      const port = nginxPort(address);
      if (port !== undefined) ports.push({ port, offset: start + index, length });
    }
  }
  return ports;
}

/** Of `80`, `*:80`, `[::]:80`, `10.0.0.1`; undefined for what nobody outside of the pod reaches. */
function nginxPort(address: string): number | undefined {
  if (/^(?:unix:|127\.|localhost\b|\[::1\])/.test(address)) return undefined;
  if (/^\d{1,5}$/.test(address)) return Number(address);
  const [, port] = /[^:]:(\d{1,5})$/.exec(address) ?? [];
  return port === undefined ? 80 : Number(port);
}

/**
 * The values of `server.port` in an `application.yaml` or `application.properties` of Spring Boot;
 * undefined where one is filled in later.
 */
export function springPorts(file: string, text: string): WrittenPort[] | undefined {
  const ports: WrittenPort[] = [];
  let offset = 0;
  let inServer = false;
  /** How far the first field of `server` stands from the left, as all of its own do. */
  let indent: number | undefined;
  for (const line of text.split('\n')) {
    if (/^[^\s#]/.test(line)) {
      inServer = line.trimEnd() === 'server:';
      indent = undefined;
    }
    if (inServer && /^ +[^\s#]/.test(line)) indent ??= line.search(/\S/);
    const [written, value = ''] =
      (isProperties(file) ? /^server\.port\s{0,9}[=:]\s{0,9}(\S{1,100})/ : topPort).exec(line) ??
      (line.search(/\S/) === indent ? nestedPort.exec(line) : null) ??
      [];
    if (written !== undefined) {
      const port = Number(value.replaceAll(/["']/g, ''));
      if (!(port > 0)) return undefined;
      const start = offset + line.indexOf(written.trimStart());
      ports.push({ port, offset: start, length: written.trim().length });
    }
    offset += line.length + 1;
  }
  return ports;
}

const topPort = /^server\.port:\s{1,9}(\S{1,100})/;
const nestedPort = /^ {1,8}port:\s{1,9}(\S{1,100})/;

function isProperties(file: string): boolean {
  return file.endsWith('.properties');
}
