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
