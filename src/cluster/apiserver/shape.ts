/**
 * What every accepted object has, put into one in which it may be missing because a placeholder
 * stands for the whole, or because it would not be accepted: whoever reads objects counts on it.
 */
import type { JsonObject } from '../../manifest/node.ts';
import { getOwn } from '../../own.ts';
import { mapItems, withAbsent, withField } from './defaults/object.ts';
import { objectAt } from './fields.ts';

/**
 * `value` is decoded, so that lists are lists; `unknown` stands for what is required and missing.
 */
export function inShape(kind: string, value: JsonObject, unknown: string): JsonObject {
  const spec = objectAt(value, 'spec') ?? {};
  const withSpec = (changed: JsonObject): JsonObject => withField(value, 'spec', changed);
  switch (kind) {
    case 'Service':
      return withSpec(
        mapped(spec, 'ports', (port) => withAbsent(port, { port: unknown, protocol: 'TCP' })),
      );
    case 'Pod':
      return withSpec(podSpec(spec, unknown));
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicationController':
    case 'Job':
      return withSpec(withTemplate(spec, unknown));
    case 'CronJob': {
      const jobTemplate = objectAt(spec, 'jobTemplate') ?? {};
      const jobSpec = withTemplate(objectAt(jobTemplate, 'spec') ?? {}, unknown);
      return withSpec(withField(spec, 'jobTemplate', withField(jobTemplate, 'spec', jobSpec)));
    }
    case 'Ingress':
      return withSpec(
        mapped(spec, 'rules', (rule) => {
          const http = objectAt(rule, 'http');
          return http === undefined
            ? rule
            : withField(
                rule,
                'http',
                mapped(http, 'paths', (path) => withAbsent(path, { backend: {} })),
              );
        }),
      );
    case 'HorizontalPodAutoscaler':
      return withSpec(
        withField(
          spec,
          'scaleTargetRef',
          withAbsent(objectAt(spec, 'scaleTargetRef') ?? {}, { kind: unknown, name: unknown }),
        ),
      );
    case 'NetworkPolicy':
      return withSpec(withRequirements(withAbsent(spec, { podSelector: {} }), 'podSelector'));
    case 'PodDisruptionBudget':
      return withSpec(withRequirements(spec, 'selector'));
    case 'Endpoints':
      return mapped(value, 'subsets', (subset) => {
        let result = subset;
        for (const list of ['addresses', 'notReadyAddresses'])
          result = mapped(result, list, (address) => withAbsent(address, { ip: unknown }));
        return mapped(result, 'ports', (port) => withAbsent(port, { port: unknown }));
      });
    case 'EndpointSlice':
      return mapped(
        mapped(value, 'endpoints', (endpoint) => withAbsent(endpoint, { addresses: [] })),
        'ports',
        (port) => withAbsent(port, { port: unknown }),
      );
    default:
      return value;
  }
}

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

function mapped(
  value: JsonObject,
  field: string,
  change: (item: JsonObject) => JsonObject,
): JsonObject {
  return Array.isArray(getOwn(value, field))
    ? withField(value, field, mapItems(value, field, change))
    : value;
}
