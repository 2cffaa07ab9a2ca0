/** `SetDefaults_Service` (pkg/apis/core/v1/defaults.go). */
import type { JsonObject } from '../../../kubernetes/json.ts';
import type { MinorVersion } from '../../options.ts';
import { isSet, objectAt, objectsAt, stringAt, stringsAt } from '../fields.ts';
import { changeField, giveDefaults } from './object.ts';

/** Gives them in place. */
export function defaultService(service: JsonObject, minor: MinorVersion): JsonObject {
  return changeField(service, 'spec', (spec) => defaultServiceSpec(spec, minor));
}

function defaultServiceSpec(spec: JsonObject, minor: MinorVersion): JsonObject {
  giveDefaults(spec, { type: 'ClusterIP', sessionAffinity: 'None' });
  if (spec['sessionAffinity'] === 'None') delete spec['sessionAffinityConfig'];
  else if (
    spec['sessionAffinity'] === 'ClientIP' &&
    !isSet(objectAt(objectAt(spec, 'sessionAffinityConfig'), 'clientIP'), 'timeoutSeconds')
  ) {
    spec['sessionAffinityConfig'] = { clientIP: { timeoutSeconds: 10800 } };
  }
  for (const port of objectsAt(spec, 'ports')) defaultServicePort(port);
  if (isExternallyAccessible(spec, minor) && stringAt(spec, 'externalTrafficPolicy') === '')
    spec['externalTrafficPolicy'] = 'Cluster';
  const type = spec['type'];
  if (type === 'ClusterIP' || type === 'NodePort' || type === 'LoadBalancer')
    spec['internalTrafficPolicy'] ??= 'Cluster';
  if (type === 'LoadBalancer') spec['allocateLoadBalancerNodePorts'] ??= true;
  return spec;
}

/** A target port that is absent, 0 or "" is the port. */
function defaultServicePort(port: JsonObject): void {
  const { targetPort } = port;
  giveDefaults(port, { protocol: 'TCP' });
  if (
    (targetPort === undefined || targetPort === 0 || targetPort === '') &&
    port['port'] !== undefined
  )
    port['targetPort'] = port['port'];
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
