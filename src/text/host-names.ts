/**
 * Host names in free text: URLs, `host:port`, names of the cluster's own domain, and what commands
 * of a shell dial. What cannot be a Service's name is left out.
 */

export interface HostName {
  readonly host: string;
  /** Of a URL, in lower case. */
  readonly scheme?: string;
  /** As written; undefined where there is none. */
  readonly port: number | undefined;
  /** What is dialled where none is written, whatever the program. */
  readonly implied?: number;
  /** Where the host starts. */
  readonly offset: number;
  /** Where the port starts, if there is one. */
  readonly portOffset: number | undefined;
  /**
   * - `url` and `pair` (`host:port`) may be anything else if the host has no more than two labels
   * - `name` ends with `.svc` or `.svc.cluster.local`
   * - `dialled` is the argument of a command that looks a host up or connects to it
   * - `setting` is the whole value of a setting that is named for a host
   */
  readonly form: 'url' | 'pair' | 'name' | 'dialled' | 'setting';
}

/** Schemes of protocols that dial a host; others name files, buckets, images. */
const schemes =
  'https?|wss?|grpcs?|h2c?|tcp|udp|tls|ssl|rediss?|sentinel|postgres(?:ql)?|postgis|ecto|mysql2?|' +
  'mariadb|mssql|sqlserver|mongodb|amqps?|rabbitmq|stomp|nats|kafka|ldaps?|memcached?|mqtts?|' +
  'zookeeper|etcd|dns|otlp|elasticsearch|influxdb|couchbase|milvus|qdrant|' +
  'telnet|thrift|clickhouse|cassandra|smtps?|' +
  // Listeners of Kafka have names of their own.
  'plaintext(?:_[a-z]{1,20})?|sasl_plaintext|sasl_ssl|internal|external|inside|outside|' +
  'statsd|bolt|neo4j|pulsar|stan|tempo|zipkin|fluentd?|syslog';

/** What others call files and secrets by as well: `external://aws/password` has no port. */
const listener = /^(?:internal|external|inside|outside)$/;

/** A label, or labels joined by dots; not at the end of something that is filled in. */
const host = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*';
const url = new RegExp(
  `(?<![\\w+.-])(?:dns:///|(?:${schemes})(?:\\+(?!srv)[a-z0-9]{1,20})?://)(?:[^\\s/@"'<>,]*@)?(${host})` +
    // nginx passes on the path of the request with a variable right behind the port.
    `(?::(\\d{1,5}))?(?=[/\\s"'?#,;)\\]}|&\\\\]|\\$(?:request_)?uri\\b|\\.?$)`,
  'gi',
);
/** What follows a host of a URL that has several: `mongodb://a:1,b,c/db`. */
const further = new RegExp(`,(${host})(?::(\\d{1,5}))?(?=[,/\\s"'?#;)\\]}|&\\\\]|$)`, 'dyi');
/** What stands before members of a quorum, and is no user of a URL: `0@kafka-0.kafka:9093`. */
const member = `(?<=(?:^|[\\s,;="'])\\d{1,5}@)`;
const pair = new RegExp(
  `(?:(?<![\\w.$/:@%*{}()<>-])|${member})(${host}):(\\d{2,5})` +
    `(?=[/\\s"',;)\\]}|&\\\\]|:\\d{2,5}(?!\\d)|$)`,
  'gi',
);
const name = new RegExp(
  `(?:(?<![\\w.$:@%*{}()<>-])|${member})(${host}\\.svc(?:\\.cluster\\.local)?)` +
    `\\.?(?::(\\d{1,5}))?(?=[/\\s"',;)\\]}|&?\\\\]|$)`,
  'gi',
);

/** Commands in front of a host: `nc -z db 5432`, `nslookup db`. */
const dial =
  /(?<![\w./-])(?:nc|ncat|netcat|telnet|nslookup|getent hosts)[ \t]+(?:-[A-Za-z]+[ \t]+(?:\d+[ \t]+)?){0,4}([a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)(?:[ \t]+(\d{2,5}))?(?=[\s;&|)"']|$)/dgi;
/** Clients of data stores: `pg_isready -h db -p 5432`. */
const client =
  /(?<![\w./-])(?:pg_isready|psql|redis-cli|mysqladmin|mysql|mariadb|mariadb-admin|mongosh?)[ \t][^;&|\n]{0,200}?(?:-h[ \t]*|--host[= ])([a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)(?:[^;&|\n]{0,100}?[ \t](?:-p|-P|--port)[= ]?(\d{2,5}))?(?=[\s;&|)"']|$)/dgi;
/** A host, and its port behind a space: replicas of Redis, and strings for libpq. */
const before =
  '(?:(?:--)?(?:replica|slave)of[ \\t]+|sentinel[ \\t]+monitor[ \\t]+\\S{1,60}[ \\t]+|host=)';
const told = new RegExp(
  `(?<![\\w./-])${before}([a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)[ \\t]+(?:port=)?(\\d{2,5})` +
    `(?=[\\s;&|)"']|$)`,
  'dgi',
);
/** An endpoint of Envoy in one line: `{ address: web, port_value: 80 }`. */
const endpoint = new RegExp(
  `\\baddress["']?:[ \\t]{0,20}["']?(${host})["']?,[ \\t]{0,20}` +
    `["']?port_value["']?:[ \\t]{0,20}(\\d{2,5})`,
  'dgi',
);
/** Connection strings of .NET: `Server=db,1433;…`, `Host=db;Port=5432;…`. */
const keyed = new RegExp(
  `(?<![\\w.-])(?:server|data source|host)=(?:tcp:)?(${host})` +
    `(?:,|;(?:[^"'\\n]{0,100};)?[ ]?port=)(\\d{2,5})(?=[;"'\\s]|$)`,
  'dgi',
);
const dialling =
  /\b(?:nc|ncat|netcat|telnet|nslookup|getent|pg_isready|psql|redis-cli|mysql\w*|mariadb|mongosh?) /i;

const wholeHost = new RegExp(`^${host}$`, 'i');

/** Whether a text is nothing but the name of a host. */
export function isHostName(text: string): boolean {
  return text.length <= 253 && /[a-z]/i.test(text) && wholeHost.test(text);
}

/** Whether a text can hold any of them: a first look that costs little. */
export function mayNameHost(text: string): boolean {
  return (
    text.includes('.svc') ||
    text.includes('.cluster.local') ||
    dialling.test(text) ||
    /(?:replicaof|slaveof|sentinel monitor|upstream |\b(?:host|server|source)=|port_value)/i.test(
      text,
    ) ||
    /:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)?(?:[:/,;"'\s]|$)|[a-z0-9]:\d{2,5}(?![\d.]|:\D)/i.test(text)
  );
}

/** With what no match is without: a search for that costs little. */
const patterns = [
  ['url', url, /:\/\//],
  ['pair', pair, /:\d\d/],
  ['dialled', told, /of[ \t]|monitor[ \t]|host=/i],
  ['pair', endpoint, /port_value/],
  ['dialled', keyed, /(?:server|source|host)=/i],
  ['name', name, /\.svc/i],
  ['dialled', dial, /(?:nc|ncat|netcat|telnet|nslookup|hosts)[ \t]/i],
  ['dialled', client, /(?:pg_isready|psql|cli|mysqladmin|mysql|mariadb|admin|mongosh?)[ \t]/i],
] as const;

/** In the order of the text. Hosts in lines that are commented out are not there. */
export function hostNames(written: string): HostName[] {
  const text = withOrdinals(written);
  const found = new Map<number, HostName>();
  const isCommentedOut = commentsOf(text);
  for (const [form, pattern, needed] of patterns) {
    if (!needed.test(text)) continue;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const [, written = '', digits] = match;
      const { offset, portOffset } = placesOf(match, form);
      if (found.has(offset) || !/[a-z]/i.test(written) || isCommentedOut(offset)) continue;
      // `TCP-LISTEN:80` of socat; what stands before a port alone is no Service in capitals.
      if (form === 'pair' && /[A-Z]|-listen$/.test(written)) continue;
      const port = digits === undefined ? undefined : Number(digits);
      const isCluster = /\.svc(\.cluster\.local)?$/i.test(written);
      const end = form === 'url' ? match[0].indexOf('://') : -1;
      const scheme = end > 0 ? schemeOf(match[0].slice(0, end)) : undefined;
      if (port === undefined && listener.test(scheme ?? '')) continue;
      found.set(offset, {
        host: written.toLowerCase(),
        ...(scheme !== undefined && { scheme }),
        port,
        offset,
        portOffset,
        form: isCluster ? 'name' : form,
      });
    }
  }
  for (const first of [...found.values()])
    if (lists.has(first.scheme ?? '')) addFurther(text, first, found);
  return [...found.values()].sort((a, b) => a.offset - b.offset);
}

/** `postgresql` of `postgresql+psycopg2`, which names the driver as well. */
function schemeOf(written: string): string {
  return written.toLowerCase().split('+', 1)[0] ?? '';
}

/** The first of the pods that `minio-{0...3}` stands for, in as many characters. */
function withOrdinals(text: string): string {
  return text.includes('...')
    ? text.replace(/\{\d{1,3}\.\.\.\d{1,3}\}/g, (range) => '0'.repeat(range.length))
    : text;
}

/**
 * Where the host and the port of a match stand. Having the engine tell it (the flag `d`) takes a
 * second search, so only patterns have it whose matches may end with something else.
 */
function placesOf(
  { 0: all, 1: written = '', 2: digits, index, indices }: RegExpExecArray,
  form: HostName['form'],
): Pick<HostName, 'offset' | 'portOffset'> {
  if (indices !== undefined)
    return { offset: indices[1]?.[0] ?? index, portOffset: indices[2]?.[0] };
  const end = index + all.length;
  const behind = digits === undefined ? 0 : digits.length + 1;
  return {
    offset: form === 'url' ? end - behind - written.length : index,
    portOffset: digits === undefined ? undefined : end - digits.length,
  };
}

/** Schemes whose URLs name all members of a cluster. */
const lists: ReadonlySet<string> = new Set(
  'mongodb postgres postgresql mysql mariadb redis amqp amqps nats kafka zookeeper etcd'.split(' '),
);

function addFurther(text: string, first: HostName, found: Map<number, HostName>): void {
  const { host: before, port, portOffset, scheme = '' } = first;
  further.lastIndex =
    portOffset === undefined ? first.offset + before.length : portOffset + String(port).length;
  for (;;) {
    const match = further.exec(text);
    const offset = match?.indices?.[1]?.[0];
    if (match === null || offset === undefined) return;
    const [, written = '', digits] = match;
    found.set(offset, {
      host: written.toLowerCase(),
      scheme,
      port: digits === undefined ? undefined : Number(digits),
      offset,
      portOffset: match.indices?.[2]?.[0],
      form: /\.svc(\.cluster\.local)?$/i.test(written) ? 'name' : 'url',
    });
  }
}

/** Where in the line a comment begins, so that what stands behind is commented out. */
const commentOnly = /^\s*(?:#|;|\/\/|--\s|\*\s|<!--|%)/;
const commentBehind = /\s(?:#|\/\/)\s/;

/**
 * Which places of a text are commented out; each line is looked at once, however many are asked
 * for.
 */
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
