/**
 * Defaults of pods and pod templates: pkg/apis/core/v1/defaults.go and zz_generated.defaults.go.
 * All are given in place.
 */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { booleanAt, objectAt, objectsAt, stringAt } from '../fields.ts';
import { changeField, giveDefaults } from './object.ts';

/**
 * `SetDefaults_PodSpec` and what lies below. `hostPorts`: give host-network containers the host
 * ports they will have (`SetDefaults_Pod`).
 */
export function defaultPodSpec(spec: JsonObject, hostPorts: boolean): JsonObject {
  giveDefaults(spec, { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst' });
  spec['terminationGracePeriodSeconds'] ??= 30;
  const onHost = hostPorts && booleanAt(spec, 'hostNetwork') === true;
  for (const field of ['containers', 'initContainers', 'ephemeralContainers'] as const) {
    const own = onHost && field !== 'ephemeralContainers';
    for (const container of objectsAt(spec, field)) defaultContainer(container, own);
  }
  return spec;
}

/** A template's metadata and spec; `hostPorts` as before 1.28. */
export function defaultPodTemplate(template: JsonObject, hostPorts: boolean): JsonObject {
  return changeField(template, 'spec', (spec) => defaultPodSpec(spec, hostPorts));
}

function defaultContainer(container: JsonObject, onHost: boolean): void {
  for (const port of objectsAt(container, 'ports')) defaultContainerPort(port, onHost);
  for (const field of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    const probe = objectAt(container, field);
    if (probe !== undefined) defaultProbe(probe);
  }
  const lifecycle = objectAt(container, 'lifecycle');
  for (const field of ['postStart', 'preStop'] as const) {
    const handler = objectAt(lifecycle, field);
    if (handler !== undefined) defaultHandler(handler);
  }
}

function defaultContainerPort(port: JsonObject, onHost: boolean): void {
  giveDefaults(port, { protocol: 'TCP' });
  const { containerPort, hostPort } = port;
  if (onHost && (hostPort === undefined || hostPort === 0) && containerPort !== undefined)
    port['hostPort'] = containerPort;
}

/** `SetDefaults_Probe`: zero stands for absent. */
function defaultProbe(probe: JsonObject): void {
  defaultHandler(probe);
  giveDefaults(probe, {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  });
}

/** `SetDefaults_HTTPGetAction`. */
function defaultHandler(handler: JsonObject): void {
  const httpGet = objectAt(handler, 'httpGet');
  if (httpGet === undefined) return;
  giveDefaults(httpGet, { scheme: 'HTTP' });
  if (stringAt(httpGet, 'path') === '') httpGet['path'] = '/';
}
