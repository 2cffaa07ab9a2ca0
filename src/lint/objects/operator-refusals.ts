/**
 * What webhooks and controllers of operators refuse of an object for its own text.
 *
 * @source cert-manager/cert-manager internal/apis/certmanager/validation/certificate.go
 *   `ValidateCertificateSpec`, `ValidateDuration` @5d046ee2
 * @source external-secrets/external-secrets apis/externalsecrets/v1/externalsecret_validator.go
 *   `validateExternalSecret` @v1.3.2
 * @source strimzi/strimzi-kafka-operator
 *   cluster-operator/src/main/java/io/strimzi/operator/cluster/model/ListenersValidator.java
 *   @579b6435
 * @source knative/serving pkg/apis/serving/v1/route_validation.go `validateTrafficList` @v0.51.0
 * @source prometheus/prometheus model/rulefmt/rulefmt.go `Validate` @v0.316.0
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { type Field, fieldsAt, patternOf } from '../../kubernetes/fields.ts';
import { asJsonObject, asList, asText, fieldAt, type Json } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import type { Problem } from '../routes/refused-values.ts';

type Check = (value: Json) => Iterable<Problem>;

const issuer = [oneOf('spec', ['acme', 'ca', 'vault', 'selfSigned', 'venafi'])];

const checks: Readonly<Record<string, readonly Check[]>> = {
  'cert-manager.io/Certificate': [certificateNames, certificateLife],
  'cert-manager.io/Issuer': issuer,
  'cert-manager.io/ClusterIssuer': issuer,
  'argoproj.io/Rollout': [oneOf('spec.strategy', ['canary', 'blueGreen'])],
  'external-secrets.io/ExternalSecret': [secretData],
  'kafka.strimzi.io/Kafka': ['port', 'name'].map((field) => each('spec.kafka.listeners[]', field)),
  'monitoring.coreos.com/PrometheusRule': [
    each('spec.groups[]', 'name'),
    ruleNames,
    durations('spec.groups[].interval', 'spec.groups[].rules[].for'),
  ],
  'monitoring.coreos.com/ServiceMonitor': [
    durations('spec.endpoints[].interval', 'spec.endpoints[].scrapeTimeout'),
  ],
  'monitoring.coreos.com/PodMonitor': [
    durations('spec.podMetricsEndpoints[].interval', 'spec.podMetricsEndpoints[].scrapeTimeout'),
  ],
  'serving.knative.dev/Service': [shares],
  'serving.knative.dev/Route': [shares],
};

export const refusingKinds: readonly string[] = [
  ...new Set(Object.keys(checks).map((type) => type.slice(type.indexOf('/') + 1))),
].sort();

export function* operatorRefusals({
  objects,
}: Cluster): Iterable<Problem & { readonly object: ClusterObject }> {
  for (const [type, all] of Object.entries(checks)) {
    const [group = '', kind = ''] = type.split('/');
    for (const object of objects.ofKind(group, kind))
      for (const check of all)
        for (const problem of check(object.value as Json)) yield { object, ...problem };
  }
}

const at = (value: Json, pattern: string): readonly Field[] => fieldsAt(value, patternOf(pattern));

/** No two items have the same value in a field. */
function each(items: string, field: string): Check {
  return function* (value) {
    const seen = new Set<Json>();
    for (const { path, value: found } of at(value, `${items}.${field}`)) {
      if (seen.has(found) && !isPlaceholder(asText(found)))
        yield {
          at: path,
          problem: `another one before it has the ${field} ${String(found)}`,
          help: `give each a ${field} of its own`,
        };
      seen.add(found);
    }
  };
}

/** Of several types no more than one is written. */
function oneOf(place: string, types: readonly string[]): Check {
  return function* (value) {
    const [field] = at(value, place);
    const holder = asJsonObject(field?.value);
    const [first, second] = types.filter((type) => (fieldAt(holder, type) ?? null) !== null);
    if (field !== undefined && second !== undefined)
      yield {
        at: [...field.path, second],
        part: 'key',
        problem: `it has ${first} as well, and may have one of the two`,
        help: `take ${first} or ${second} out`,
      };
  };
}

function* certificateNames(value: Json): Iterable<Problem> {
  const spec = asJsonObject(fieldAt(value, 'spec'));
  if (spec === undefined || fieldAt(spec, 'secretName') === undefined) return;
  const fields =
    'commonName literalSubject dnsNames uris uriSANs emailAddresses emailSANs ipAddresses ' +
    'otherNames';
  if (fields.split(' ').some((field) => fieldAt(spec, field) !== undefined)) return;
  yield {
    at: ['spec'],
    problem: 'the certificate is for no name: it has neither dnsNames nor a commonName',
    help: 'add dnsNames',
  };
}

/** 90 days (`DefaultCertificateDuration`). */
const usualLife = 90 * 24 * 3600;

function* certificateLife(value: Json): Iterable<Problem> {
  const [duration, renewBefore] = ['duration', 'renewBefore'].map((field) =>
    asText(fieldAt(value, 'spec', field)),
  );
  const life = duration === undefined ? usualLife : secondsOf(duration);
  const left = secondsOf(renewBefore ?? '');
  if (life === undefined || left === undefined || left < life) return;
  yield {
    at: ['spec', 'renewBefore'],
    problem: `it is to be renewed ${renewBefore} before its end, and lives ${duration ?? '2160h'}`,
    help: 'write less than its duration',
  };
}

function secondsOf(text: string): number | undefined {
  const parts = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/.exec(text);
  if (parts === null || text === '') return undefined;
  const [, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}

function* secretData(value: Json): Iterable<Problem> {
  const spec = fieldAt(value, 'spec');
  if (fieldAt(spec, 'secretStoreRef') === undefined) return;
  if (['data', 'dataFrom'].some((field) => fieldAt(spec, field) !== undefined)) return;
  yield {
    at: ['spec'],
    problem: 'it says neither in data nor in dataFrom what to fetch',
    help: 'add one of them',
  };
}

function* ruleNames(value: Json): Iterable<Problem> {
  for (const { path, value: rule } of at(value, 'spec.groups[].rules[]')) {
    const [record, alert] = [fieldAt(rule, 'record'), fieldAt(rule, 'alert')];
    if (record !== undefined && alert !== undefined)
      yield {
        at: [...path, 'record'],
        problem: 'a rule with an alert has no record',
        help: 'make two rules of it',
      };
    if (record === undefined || alert !== undefined) continue;
    for (const field of ['for', 'annotations'])
      if (fieldAt(rule, field) !== undefined)
        yield {
          at: [...path, field],
          part: 'key',
          problem: `a rule that records has no ${field}`,
          help: 'take it out',
        };
  }
}

/** Years to milliseconds, each at most once and in this order. */
const duration = new RegExp(
  `^(?:0|${['y', 'w', 'd', 'h', 'm', 's', 'ms'].map((unit) => `(?:\\d{1,9}${unit})?`).join('')})$`,
);

function durations(...fields: readonly string[]): Check {
  return function* (value) {
    for (const { path, value: written } of fields.flatMap((field) => at(value, field))) {
      const text = asText(written);
      if (text === undefined || isPlaceholder(text) || duration.test(text)) continue;
      yield {
        at: path,
        problem: `"${text}" is no duration of Prometheus`,
        help: 'write it as 30s, 5m or 1h30m',
      };
    }
  };
}

function* shares(value: Json): Iterable<Problem> {
  const traffic = asList(fieldAt(value, 'spec', 'traffic'));
  const parts = traffic.map((target) => fieldAt(target, 'percent') ?? 0);
  if (traffic.every((target) => fieldAt(target, 'percent') === undefined)) return;
  const sum = parts.reduce<number>((all, part) => all + (typeof part === 'number' ? part : NaN), 0);
  if (Number.isNaN(sum) || sum === 100) return;
  yield {
    at: ['spec', 'traffic'],
    part: 'key',
    problem: `the targets get ${sum} percent of the traffic together`,
    help: 'write percentages that make 100',
  };
}
