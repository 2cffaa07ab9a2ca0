/** `SetDefaults_Service` (pkg/apis/core/v1/defaults.go). */
import type { JsonObject } from '../../../manifest/node.ts';
import type { MinorVersion } from '../../options.ts';
import { isSet, objectAt, stringAt, stringsAt } from '../fields.ts';
import { mapItems, withDefaults, withField } from './object.ts';

export function defaultService(service: JsonObject, minor: MinorVersion): JsonObject {
  const given = objectAt(service, 'spec') ?? {};
  const spec = withDefaults(given, { type: 'ClusterIP', sessionAffinity: 'None' });
  if (spec['sessionAffinity'] === 'None') delete spec['sessionAffinityConfig'];
  else if (
    spec['sessionAffinity'] === 'ClientIP' &&
    !isSet(objectAt(objectAt(given, 'sessionAffinityConfig'), 'clientIP'), 'timeoutSeconds')
  ) {
    spec['sessionAffinityConfig'] = { clientIP: { timeoutSeconds: 10800 } };
  }
  if (isSet(given, 'ports')) spec['ports'] = mapItems(given, 'ports', defaultServicePort);
  if (isExternallyAccessible(spec, minor) && stringAt(spec, 'externalTrafficPolicy') === '')
    spec['externalTrafficPolicy'] = 'Cluster';
  const type = spec['type'];
  if (type === 'ClusterIP' || type === 'NodePort' || type === 'LoadBalancer')
    spec['internalTrafficPolicy'] ??= 'Cluster';
  if (type === 'LoadBalancer') spec['allocateLoadBalancerNodePorts'] ??= true;
  return withField(service, 'spec', spec);
}

/** A target port that is absent, 0 or "" is the port. */
function defaultServicePort(port: JsonObject): JsonObject {
  const { targetPort } = port;
  const defaulted = withDefaults(port, { protocol: 'TCP' });
  if (
    (targetPort === undefined || targetPort === 0 || targetPort === '') &&
    port['port'] !== undefined
  )
    defaulted['targetPort'] = port['port'];
  return defaulted;
}

/** `ExternallyAccessible` (pkg/api/service/util.go); externalIPs count since 1.29. */
export function isExternallyAccessible(spec: JsonObject | undefined, minor: MinorVersion): boolean {
  const type = stringAt(spec, 'type');
  return (
    type === 'LoadBalancer' ||
    type === 'NodePort' ||
    (type === 'ClusterIP' && minor >= 29 && stringsAt(spec, 'externalIPs').length > 0)
  );
}
