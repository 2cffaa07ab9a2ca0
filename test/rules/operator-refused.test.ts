import { operatorRefused } from '../../rules/manifest/operator-refused.ts';
import { testRule } from '../support/rule-tester.ts';

const object = (apiVersion: string, kind: string, spec: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web }\nspec: ${spec}\n`;
const certificate = (spec: string) =>
  object(
    'cert-manager.io/v1',
    'Certificate',
    `{ secretName: web, issuerRef: { name: ca }${spec} }`,
  );
const rule = (fields: string, interval = '1m') =>
  object(
    'monitoring.coreos.com/v1',
    'PrometheusRule',
    `{ groups: [{ name: a, interval: ${interval}, rules: [{ expr: up, ${fields} }] }] }`,
  );
const service = (percent: number) =>
  object(
    'serving.knative.dev/v1',
    'Service',
    `{ traffic: [{ revisionName: a, percent: 80 }, { revisionName: b, percent: ${percent} }] }`,
  );
const kafka = (port: number) =>
  object(
    'kafka.strimzi.io/v1beta2',
    'Kafka',
    `{ kafka: { listeners: [{ name: a, port: 9092 }, { name: b, port: ${port} }] } }`,
  );
const issuer = (spec: string) => object('cert-manager.io/v1', 'Issuer', spec);
const secret = (spec: string) =>
  object('external-secrets.io/v1', 'ExternalSecret', `{ secretStoreRef: { name: a }${spec} }`);

/** In the fourth line. */
const error = (message: string, yaml: string, marked: string) => {
  const line = yaml.split('\n')[3] ?? '';
  const column = line.lastIndexOf(marked) + 1;
  return { id: 'refused', line: 4, column, endColumn: column + marked.length, message };
};
const refused = (name: string, yaml: string, message: string, marked: string) => ({
  name,
  yaml,
  errors: [error(message, yaml, marked)],
});

testRule(operatorRefused, {
  valid: [
    {
      name: 'a certificate that is renewed in time',
      yaml: certificate(', dnsNames: [a.b], renewBefore: 360h'),
    },
    {
      name: 'a life that is filled in',
      yaml: certificate(', uris: [a], duration: "${LIFE}", renewBefore: 1h'),
    },
    {
      name: 'a rule that records, and one that alerts',
      yaml: rule('record: a:b') + '---\n' + rule('alert: A, for: 1h30m', '0').replace('web', 'api'),
    },
    { name: 'all of the traffic', yaml: service(20) },
    {
      name: 'the latest revision, without a number',
      yaml: object('serving.knative.dev/v1', 'Service', '{ traffic: [{ latestRevision: true }] }'),
    },
    { name: 'a listener for each port', yaml: kafka(9093) },
    { name: 'one kind of issuer', yaml: issuer('{ ca: { secretName: a }, selfSigned: null }') },
    { name: 'a secret from somewhere', yaml: secret(', dataFrom: [{ extract: { key: a } }]') },
  ],
  invalid: [
    refused(
      'a certificate for no name',
      certificate(''),
      'the certificate is for no name: it has neither dnsNames nor a commonName',
      'spec',
    ),
    refused(
      'renewed before it begins',
      certificate(', dnsNames: [a.b], renewBefore: 2400h'),
      'it is to be renewed 2400h before its end, and lives 2160h',
      '2400h',
    ),
    refused(
      'an alert that is a record',
      rule('alert: A, record: a:b'),
      'a rule with an alert has no record',
      'a:b',
    ),
    refused(
      'a record that waits',
      rule('record: a:b, for: 5m'),
      'a rule that records has no for',
      'for',
    ),
    refused('minutes', rule('alert: A, for: 5min'), '"5min" is no duration of Prometheus', '5min'),
    refused(
      'too much traffic',
      service(30),
      'the targets get 110 percent of the traffic together',
      'traffic',
    ),
    refused('one port twice', kafka(9092), 'another one before it has the port 9092', '9092'),
    refused(
      'two kinds of issuer',
      issuer('{ selfSigned: {}, ca: { secretName: a } }'),
      'it has ca as well, and may have one of the two',
      'selfSigned',
    ),
    refused(
      'nothing to fetch',
      secret(''),
      'it says neither in data nor in dataFrom what to fetch',
      'spec',
    ),
  ],
});
