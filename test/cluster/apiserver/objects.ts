/** Small valid objects to spoil, and what the API server says to them. */
import { type Admission, admit } from '../../../src/cluster/apiserver/admit.ts';
import { type ClusterOptions, defaultClusterOptions } from '../../../src/cluster/options.ts';
import type { JsonObject } from '../../../src/kubernetes/json.ts';

export function service(spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
  };
}

export function deployment(
  container: JsonObject = {},
  podSpec: JsonObject = {},
  spec: JsonObject = {},
): JsonObject {
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'web', image: 'web:1', ...container }], ...podSpec },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } }, template, ...spec },
  };
}

export function endpoints(subset: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'db' }, subsets: [subset] };
}

export function slice(fields: JsonObject): JsonObject {
  const endpoints = [{ addresses: ['192.0.2.1'] }];
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'db-1' },
    addressType: 'IPv4',
    endpoints,
    ...fields,
  };
}

export function admitted(value: JsonObject, options: Partial<ClusterOptions> = {}): Admission {
  return admit(
    { apiVersion: String(value['apiVersion']), kind: String(value['kind']), value },
    { ...defaultClusterOptions, ...options },
  );
}

export function messages(value: JsonObject, options: Partial<ClusterOptions> = {}): string[] {
  return admitted(value, options).refusals.map((refusal) => refusal.message);
}
