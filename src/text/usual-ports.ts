/** The ports that protocols are spoken at where nobody says otherwise. */

const portsByProtocol: ReadonlyMap<string, number> = new Map(
  Object.entries({
    5432: 'postgres postgresql pg',
    3306: 'mysql mariadb',
    6379: 'redis valkey',
    27017: 'mongo mongodb',
    5672: 'amqp rabbitmq',
    9092: 'kafka',
    4222: 'nats',
    11211: 'memcache memcached',
    9200: 'elasticsearch elastic',
    2181: 'zookeeper',
    2379: 'etcd',
    9042: 'cassandra',
  }).flatMap(([port, names]) => names.split(' ').map((name) => [name, Number(port)] as const)),
);

/**
 * The port of the protocol that a setting is named for (`POSTGRES_HOST`), or that of a scheme.
 * Undefined where the words say nothing, or speak of two.
 */
export function usualPort(words: readonly string[]): number | undefined {
  const [port, ...others] = new Set(words.flatMap((word) => portsByProtocol.get(word) ?? []));
  return others.length === 0 ? port : undefined;
}

const usual: ReadonlySet<number | undefined> = new Set(portsByProtocol.values());

/** Whether a port is that of a database, a cache or a broker. */
export function isDataPort(port: number | undefined): boolean {
  return usual.has(port);
}

/** What the programs of a protocol do at other ports, where nobody says otherwise. */
const besides: ReadonlyMap<number, Readonly<Record<number, string>>> = new Map([
  [5672, { 15672: 'management over HTTP', 15692: 'metrics', 25672: 'other brokers' }],
  [4222, { 8222: 'monitoring over HTTP', 6222: 'other servers' }],
  [6379, { 9121: 'an exporter of metrics' }],
  [5432, { 9187: 'an exporter of metrics' }],
  [27017, { 9216: 'an exporter of metrics' }],
  [2181, { 2888: 'other servers', 3888: 'elections' }],
  [11211, { 9150: 'an exporter of metrics' }],
]);

/** What a port is for that is not the protocol's own; undefined where it may be anything. */
export function usedBeside(usual: number, port: number): string | undefined {
  return besides.get(usual)?.[port];
}
