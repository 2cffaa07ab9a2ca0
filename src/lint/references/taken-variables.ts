/** Programs that take a variable that Kubernetes sets for a Service for a setting of their own. */
import type { Container } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { imageName, lastStep } from '../../kubernetes/image-name.ts';
import { givesVariables, serviceVariablesIn, Variables } from './variables.ts';

export interface TakenVariable {
  /** `REDIS_PORT`, which is `tcp://10.0.0.1:6379`. */
  readonly name: string;
  readonly service: ServicePicture;
  /** The program takes any value of it for a mistake: to set it is no help. */
  readonly isRefused: boolean;
}

interface Taker {
  /** Variables, with blanks between them. */
  readonly names: string;
  readonly tag?: RegExp;
  readonly refuses?: true;
}

/**
 * Images → the variables that they read a number from, and do not start with anything else. Those
 * of an image whose tag begins otherwise do not.
 *
 * @source joeferner/redis-commander docker/entrypoint.sh `REDIS_PORT` @0c0ef13f
 * @source moghtech/komodo client/core/rs/src/entities/config/core.rs `Env` @00248273
 * @source netbox-community/netbox-docker configuration/configuration.py `REDIS` @00022e7d
 * @source confluentinc/kafka-images kafka/include/etc/confluent/docker/configure `KAFKA_PORT`
 *   @1cc8525d
 * @source confluentinc/kafka-images server/include/etc/confluent/docker/configure `KAFKA_PORT`
 *   @d6644ce9
 * @source wurstmeister/kafka-docker start-kafka.sh `KAFKA_PORT` @00b69a6d
 * @source librenms/docker rootfs/etc/cont-init.d/03-config.sh `DB_PORT` @aeb070d3
 * @source paperless-ngx/paperless-ngx docker/rootfs/etc/s6-overlay/s6-rc.d/svc-webserver/run
 *   `PAPERLESS_PORT` @09f3cfdb
 * @source immich-app/immich server/src/dtos/env.dto.ts `EnvDto` @06c83fa6
 * @source neo4j/docker-neo4j docker-image-src/2024/coredb/docker-entrypoint.sh `not_configs`
 *   @15d8528d
 */
const takers: ReadonlyMap<string, Taker> = new Map<string, Taker>([
  ['rediscommander/redis-commander', { names: 'REDIS_PORT' }],
  ['joeferner/redis-commander', { names: 'REDIS_PORT' }],
  ['moghtech/komodo-core', { names: 'KOMODO_PORT' }],
  ['netboxcommunity/netbox', { names: 'REDIS_PORT' }],
  ['confluentinc/cp-kafka', { names: 'KAFKA_PORT' }],
  ['confluentinc/cp-server', { names: 'KAFKA_PORT' }],
  ['wurstmeister/kafka', { names: 'KAFKA_PORT' }],
  ['librenms/librenms', { names: 'DB_PORT' }],
  ['paperless-ngx/paperless-ngx', { names: 'PAPERLESS_PORT' }],
  ['immich-app/immich-server', { names: 'IMMICH_PORT DB_PORT REDIS_PORT' }],
  // Those that give it to Granian (issues 6121 and 6437 of searxng/searxng).
  ['searxng/searxng', { names: 'SEARXNG_PORT', tag: /^2026\.(?:3\.(?:29|3\d)|[4-7]\.)/ }],
  // It writes every NEO4J_… into its settings, and refuses unknown ones since 5.
  [
    'neo4j',
    {
      names: 'NEO4J_PORT',
      tag: /^(?:[5-9]|\d{2,}|latest|enterprise|community)/,
      refuses: true,
    },
  ],
]);

/** Undefined where the container is given none, sets it itself, or runs something else. */
export function takenVariable(
  container: Container,
  { namespace, spec }: PodSet,
  cluster: Cluster,
): TakenVariable | undefined {
  const { image = '', command } = container;
  if (spec.enableServiceLinks === false || command !== undefined) return undefined;
  const path = imageName(image).split('/');
  const taker = takers.get(path.slice(-2).join('/')) ?? takers.get(officialName(path));
  if (taker === undefined) return undefined;
  if (taker.tag?.test(tagOf(image) ?? '?') === false) return undefined;
  const services = serviceVariablesIn(cluster, namespace);
  for (const name of taker.names.split(' ')) {
    const service = services?.byPrefix.get(name.replace(/_PORT$/, ''));
    if (service === undefined || !givesVariables(service) || service.ports.length === 0) continue;
    const variables = new Variables(container, namespace, cluster);
    const state = variables.stateOf({ name, at: [], occurrence: 0, before: Infinity });
    if (state === 'missing') return { name, service, isRefused: taker.refuses === true };
  }
  return undefined;
}

/** Undefined where only a digest tells. */
function tagOf(image: string): string | undefined {
  const [tagged = '', digest] = lastStep(image).split('@', 2);
  return tagged.split(':')[1] ?? (digest === undefined ? 'latest' : undefined);
}

/** `neo4j` of Docker Hub, which stands there without an owner or in `library`. */
function officialName(path: readonly string[]): string {
  const [owner, name] = path.length === 1 ? ['library', path[0]] : path.slice(-2);
  return owner === 'library' && name !== undefined ? name : '';
}
