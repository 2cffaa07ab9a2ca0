/** Redis: by Spotahome (master and replicas behind sentinels) and by Opstree. */
import { fieldAt } from '../../kubernetes/json.ts';
import { containing, type Operator, type OperatorTable } from './operator.ts';
import { partly } from './read.ts';

/**
 * The resource's labels are passed on as its `labelWhitelist` says; the role is set on whichever
 * pod leads. The Service of the Redis pods is that of their exporter. Those of the master and of
 * its replicas came with spotahome/redis-operator#627, merged on 2023-08-09: 1.2 has none, and
 * 1.3.0-rc0 (#643) is the first release after it.
 *
 * @source spotahome/redis-operator operator/redisfailover/ensurer.go
 *   `Ensure` @88c30255 (up to 1.2)
 * @source spotahome/redis-operator operator/redisfailover/service/names.go `generateName` @8cf8d8c5
 * @source spotahome/redis-operator operator/redisfailover/handler.go `getLabels` @05731713
 */
const redisFailover: Operator = (resource) => {
  const spec = fieldAt(resource.value, 'spec');
  const bootstrap = fieldAt(spec, 'bootstrapNode');
  const sentinels = bootstrap === undefined || fieldAt(bootstrap, 'allowSentinels') === true;
  const exporter = fieldAt(spec, 'redis', 'exporter', 'enabled') === true;
  return {
    pods: [
      partly(
        resource,
        {
          'redisfailovers.databases.spotahome.com/name': resource.name,
          'app.kubernetes.io/name': resource.name,
          'app.kubernetes.io/component': null,
          'app.kubernetes.io/part-of': 'redis-failover',
          'app.kubernetes.io/managed-by': 'redis-operator',
        },
        ['spotahome.com'],
        { 'redisfailovers-role': null },
      ),
    ],
    services: [...(sentinels ? ['rfs'] : []), ...(exporter ? ['rfr'] : []), 'rfrm', 'rfrs'].map(
      (prefix) => `${prefix}-${resource.name}`,
    ),
    // A fork of the operator puts HAProxy in front, behind Services of its own.
    ...(fieldAt(spec, 'haproxy') === undefined && { allServices: true as const }),
  };
};

/**
 * `app` is the name of the StatefulSet, with the role for clusters.
 *
 * @source OT-CONTAINER-KIT/redis-operator internal/controller/common/labels.go
 *   `GetRedisLabels` @4cccf2ef
 */
const opstree: Operator = (resource) => ({
  pods: [
    partly(
      resource,
      { app: containing(resource.name), redis_setup_type: null, role: null },
      ['opstreelabs.in'],
      { 'redis-role': null },
    ),
  ],
  services: [resource.name, `${resource.name}-headless`, `${resource.name}-additional`],
});

const opstreeKinds = {
  Redis: opstree,
  RedisCluster: opstree,
  RedisReplication: opstree,
  RedisSentinel: opstree,
};

export const redis: OperatorTable = {
  'databases.spotahome.com': { RedisFailover: redisFailover },
  'redis.redis.opstreelabs.in': opstreeKinds,
};
