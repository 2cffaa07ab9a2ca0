/**
 * Defaults of pods and pod templates: pkg/apis/core/v1/defaults.go and zz_generated.defaults.go.
 */
import type { JsonObject } from '../../../manifest/node.ts';
import { booleanAt, isSet, objectAt, objectsAt, stringAt } from '../fields.ts';
import { mapItems, withDefaults, withField } from './object.ts';

/**
 * `SetDefaults_PodSpec` and what lies below. `hostPorts`: give host-network containers the host
 * ports they will have (`SetDefaults_Pod`).
 */
export function defaultPodSpec(spec: JsonObject, hostPorts: boolean): JsonObject {
  const defaulted = withDefaults(spec, { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst' });
  defaulted['terminationGracePeriodSeconds'] ??= 30;
  const onHost = hostPorts && booleanAt(spec, 'hostNetwork') === true;
  for (const field of ['containers', 'initContainers', 'ephemeralContainers'] as const) {
    if (!isSet(spec, field)) continue;
    const own = onHost && field !== 'ephemeralContainers';
    defaulted[field] = objectsAt(spec, field).map((container) => defaultContainer(container, own));
  }
  return defaulted;
}

/** A template's metadata and spec; `hostPorts` as before 1.28. */
export function defaultPodTemplate(template: JsonObject, hostPorts: boolean): JsonObject {
  return withField(template, 'spec', defaultPodSpec(objectAt(template, 'spec') ?? {}, hostPorts));
}

function defaultContainer(container: JsonObject, onHost: boolean): JsonObject {
  const changes: JsonObject = {};
  if (isSet(container, 'ports'))
    changes['ports'] = mapItems(container, 'ports', (port) => defaultContainerPort(port, onHost));
  for (const field of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    const probe = objectAt(container, field);
    if (probe !== undefined) changes[field] = defaultProbe(probe);
  }
  const lifecycle = objectAt(container, 'lifecycle');
  if (lifecycle !== undefined) {
    const defaulted = { ...lifecycle };
    for (const field of ['postStart', 'preStop'] as const) {
      const handler = objectAt(lifecycle, field);
      if (handler !== undefined) defaulted[field] = defaultHandler(handler);
    }
    changes['lifecycle'] = defaulted;
  }
  return { ...container, ...changes };
}

function defaultContainerPort(port: JsonObject, onHost: boolean): JsonObject {
  const defaulted = withDefaults(port, { protocol: 'TCP' });
  const { containerPort, hostPort } = port;
  if (onHost && (hostPort === undefined || hostPort === 0) && containerPort !== undefined)
    defaulted['hostPort'] = containerPort;
  return defaulted;
}

/** `SetDefaults_Probe`: zero stands for absent. */
function defaultProbe(probe: JsonObject): JsonObject {
  return withDefaults(defaultHandler(probe), {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  });
}

/** `SetDefaults_HTTPGetAction`. */
function defaultHandler(handler: JsonObject): JsonObject {
  const httpGet = objectAt(handler, 'httpGet');
  if (httpGet === undefined) return handler;
  const defaulted = withDefaults(httpGet, { scheme: 'HTTP' });
  if (stringAt(httpGet, 'path') === '') defaulted['path'] = '/';
  return withField(handler, 'httpGet', defaulted);
}
