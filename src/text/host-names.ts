/** Host names in free text: URLs, `host:port`, and names of the cluster's own domain. What cannot be a Service's name is left out. */

export interface HostName {
  readonly host: string;
  /** As written; undefined where there is none. */
  readonly port: number | undefined;
  /** Where the host starts. */
  readonly offset: number;
  /** Where the port starts, if there is one. */
  readonly portOffset: number | undefined;
  /** `url` and `pair` (`host:port`) may be anything else if the host has no more than two labels; `name` ends with `.svc` or `.svc.cluster.local`. */
  readonly form: 'url' | 'pair' | 'name';
}

/** Schemes of protocols that dial a host; others name files, buckets, images. */
const schemes =
  'https?|wss?|grpcs?|h2c?|tcp|udp|tls|ssl|rediss?|sentinel|postgres(?:ql)?|mysql|mariadb|mongodb|amqps?|nats|kafka|ldaps?|memcached?|mqtts?|zookeeper|etcd|dns|otlp|thrift|clickhouse|cassandra|smtps?|statsd|bolt|neo4j|pulsar|stan|tempo|zipkin|fluentd?|syslog';

/** A label, or labels joined by dots; not at the end of something that is filled in. */
const host = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*';
const url = new RegExp(
  `(?<![\\w+.-])(?:${schemes})://(?:[^\\s/@"'<>,]*@)?(${host})(?::(\\d{1,5}))?(?=[/\\s"'?#,;)\\]}|&\\\\]|\\.?$)`,
  'gi',
);
const pair = new RegExp(
  `(?<![\\w.$/:@%*{}()<>-])(${host}):(\\d{2,5})(?=[/\\s"',;)\\]}|&\\\\]|$)`,
  'gi',
);
const name = new RegExp(
  `(?<![\\w.$:@%*{}()<>-])(${host}\\.svc(?:\\.cluster\\.local)?)\\.?(?::(\\d{1,5}))?(?=[/\\s"',;)\\]}|&?\\\\]|$)`,
  'gi',
);

/** Whether a text can hold any of them: a first look that costs little. */
export function mayNameHost(text: string): boolean {
  return (
    text.includes('.svc') ||
    /:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)?(?:[:/"'\s]|$)|[a-z0-9]:\d{2,5}(?![\d:.])/i.test(text)
  );
}

/** In the order of the text. Hosts in lines that are commented out are not there. */
export function hostNames(text: string): HostName[] {
  const found = new Map<number, HostName>();
  const isCommentedOut = commentsOf(text);
  for (const [form, pattern] of [
    ['url', url],
    ['pair', pair],
    ['name', name],
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      const [whole, written = '', digits] = match;
      const within =
        form === 'url'
          ? whole.lastIndexOf(written + (digits === undefined ? '' : `:${digits}`))
          : 0;
      const offset = match.index + within;
      if (found.has(offset) || !/[a-z]/i.test(written) || isCommentedOut(offset)) continue;
      const port = digits === undefined ? undefined : Number(digits);
      const isCluster = /\.svc(\.cluster\.local)?$/i.test(written);
      found.set(offset, {
        host: written.toLowerCase(),
        port,
        offset,
        portOffset: digits === undefined ? undefined : match.index + whole.length - digits.length,
        form: isCluster ? 'name' : form,
      });
    }
  }
  return [...found.values()].sort((a, b) => a.offset - b.offset);
}

/** Where in the line a comment begins, so that what stands behind is commented out. */
const commentOnly = /^\s*(?:#|;|\/\/|--\s|\*\s|<!--|%)/;
const commentBehind = /\s(?:#|\/\/)\s/;

/** Which places of a text are commented out; each line is looked at once, however many are asked for. */
function commentsOf(text: string): (offset: number) => boolean {
  let start = 0;
  let end = -1;
  let from = Infinity;
  return (offset) => {
    if (offset < start || offset > end) {
      start = text.lastIndexOf('\n', offset - 1) + 1;
      const lineEnd = text.indexOf('\n', offset);
      end = lineEnd === -1 ? text.length : lineEnd;
      const line = text.slice(start, end);
      from = start + Math.min(endOfMatch(commentOnly, line), endOfMatch(commentBehind, line));
    }
    return offset >= from;
  };
}

function endOfMatch(pattern: RegExp, text: string): number {
  const match = pattern.exec(text);
  return match === null ? Infinity : match.index + match[0].length;
}
