/**
 * What every accepted object has, put into one in which it may be missing because a placeholder
 * stands for the whole, or because it would not be accepted: whoever reads objects counts on it.
 */
import type { JsonObject } from '../../kubernetes/json.ts';
import { getOwn } from '../../own.ts';
import { mapItems, withAbsent, withField } from './defaults/object.ts';
import { objectAt } from './fields.ts';

/**
 * `value` is decoded, so that lists are lists; `unknown` stands for what is required and missing.
 */
export function inShape(kind: string, value: JsonObject, unknown: string): JsonObject {
  const shape = shapes.get(kind);
  if (shape !== undefined) return shape(value, unknown);
  const ofSpec = specShapes.get(kind);
  return ofSpec === undefined
    ? value
    : withField(value, 'spec', ofSpec(objectAt(value, 'spec') ?? {}, unknown));
}

type Shape = (value: JsonObject, unknown: string) => JsonObject;

const specShapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  [
    'Service',
    (spec, unknown) =>
      mapped(spec, 'ports', (port) => withAbsent(port, { port: unknown, protocol: 'TCP' })),
  ],
  ['Pod', podSpec],
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController', 'Job'].map(
    (kind): [string, Shape] => [kind, withTemplate],
  ),
  [
    'CronJob',
    (spec, unknown) => {
      const jobTemplate = objectAt(spec, 'jobTemplate') ?? {};
      const jobSpec = withTemplate(objectAt(jobTemplate, 'spec') ?? {}, unknown);
      return withField(spec, 'jobTemplate', withField(jobTemplate, 'spec', jobSpec));
    },
  ],
  [
    'Ingress',
    (spec) =>
      mapped(spec, 'rules', (rule) => {
        const http = objectAt(rule, 'http');
        if (http === undefined) return rule;
        const paths = mapped(http, 'paths', (path) => withAbsent(path, { backend: {} }));
        return withField(rule, 'http', paths);
      }),
  ],
  [
    'HorizontalPodAutoscaler',
    (spec, unknown) => {
      const target = objectAt(spec, 'scaleTargetRef') ?? {};
      return withField(
        spec,
        'scaleTargetRef',
        withAbsent(target, { kind: unknown, name: unknown }),
      );
    },
  ],
  [
    'NetworkPolicy',
    (spec, unknown) =>
      withRanges(withRequirements(withAbsent(spec, { podSelector: {} }), 'podSelector'), unknown),
  ],
  ['PodDisruptionBudget', (spec) => withRequirements(spec, 'selector')],
]);

/** Of kinds that have no spec. */
const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  [
    'Endpoints',
    (value, unknown) =>
      mapped(value, 'subsets', (subset) => {
        let result = subset;
        for (const list of ['addresses', 'notReadyAddresses'])
          result = mapped(result, list, (address) => withAbsent(address, { ip: unknown }));
        return mapped(result, 'ports', (port) => withAbsent(port, { port: unknown }));
      }),
  ],
  [
    'EndpointSlice',
    (value, unknown) =>
      mapped(
        mapped(value, 'endpoints', (endpoint) => withAbsent(endpoint, { addresses: [] })),
        'ports',
        (port) => withAbsent(port, { port: unknown }),
      ),
  ],
]);

function withTemplate(spec: JsonObject, unknown: string): JsonObject {
  const template = objectAt(spec, 'template') ?? {};
  return withField(
    withRequirements(spec, 'selector'),
    'template',
    withField(template, 'spec', podSpec(objectAt(template, 'spec') ?? {}, unknown)),
  );
}

/** The key and the operator of each expression of a label selector. */
function withRequirements(spec: JsonObject, field: string): JsonObject {
  const selector = objectAt(spec, field);
  const requirement = (given: JsonObject): JsonObject =>
    withAbsent(given, { key: '', operator: '' });
  return selector === undefined
    ? spec
    : withField(spec, field, mapped(selector, 'matchExpressions', requirement));
}

function podSpec(spec: JsonObject, unknown: string): JsonObject {
  const container = (given: JsonObject): JsonObject => {
    let result = withAbsent(given, { name: '' });
    result = mapped(result, 'ports', (port) => withAbsent(port, { containerPort: unknown }));
    result = mapped(result, 'env', (variable) => withAbsent(variable, { name: '' }));
    result = mapped(result, 'volumeMounts', (mount) =>
      withAbsent(mount, { name: '', mountPath: '' }),
    );
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'])
      result = withHandler(result, probe, unknown);
    return result;
  };
  const withContainers = mapped(
    mapped(withAbsent(spec, { containers: [] }), 'containers', container),
    'initContainers',
    container,
  );
  return withAffinityTerms(withContainers);
}

/** The topology key of each term, and the term of each preference. */
function withAffinityTerms(spec: JsonObject): JsonObject {
  const term = (given: JsonObject): JsonObject => withAbsent(given, { topologyKey: '' });
  const preference = (given: JsonObject): JsonObject =>
    withField(given, 'podAffinityTerm', term(objectAt(given, 'podAffinityTerm') ?? {}));
  let affinity = objectAt(spec, 'affinity');
  if (affinity === undefined) return spec;
  for (const field of ['podAffinity', 'podAntiAffinity']) {
    let terms = objectAt(affinity, field);
    if (terms === undefined) continue;
    terms = mapped(terms, 'requiredDuringSchedulingIgnoredDuringExecution', term);
    terms = mapped(terms, 'preferredDuringSchedulingIgnoredDuringExecution', preference);
    affinity = withField(affinity, field, terms);
  }
  return withField(spec, 'affinity', affinity);
}

/** A probe's port is required in each of its handlers. */
function withHandler(container: JsonObject, field: string, unknown: string): JsonObject {
  const probe = objectAt(container, field);
  if (probe === undefined) return container;
  let result = probe;
  for (const handler of ['httpGet', 'tcpSocket', 'grpc']) {
    const given = objectAt(probe, handler);
    if (given !== undefined)
      result = withField(result, handler, withAbsent(given, { port: unknown }));
  }
  return withField(container, field, result);
}

/** The range of each block of addresses. */
function withRanges(spec: JsonObject, unknown: string): JsonObject {
  const peer = (given: JsonObject): JsonObject => {
    const block = objectAt(given, 'ipBlock');
    return block === undefined
      ? given
      : withField(given, 'ipBlock', withAbsent(block, { cidr: unknown }));
  };
  return mapped(
    mapped(spec, 'ingress', (rule) => mapped(rule, 'from', peer)),
    'egress',
    (rule) => mapped(rule, 'to', peer),
  );
}

function mapped(
  value: JsonObject,
  field: string,
  change: (item: JsonObject) => JsonObject,
): JsonObject {
  return Array.isArray(getOwn(value, field))
    ? withField(value, field, mapItems(value, field, change))
    : value;
}
