/** What a real API server (1.36.3) answered to `kubectl create --dry-run=server`. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/kubernetes/json.ts';
import { messages } from './objects.ts';

const service = { name: 'guard', namespace: 'default' };
const rule = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] };
const webhook = {
  name: 'guard.example.com',
  admissionReviewVersions: ['v1'],
  sideEffects: 'None',
  clientConfig: { service },
  rules: [rule],
};

function configuration(...webhooks: JsonObject[]): JsonObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'guard' },
    webhooks,
  };
}

/** Each with the path in `webhooks[0]`. */
const refused: readonly (readonly [
  title: string,
  change: JsonObject,
  refusals: readonly string[],
])[] = [
  ['a good one', {}, []],
  ['a good address', { clientConfig: { url: 'https://example.com/x' } }, []],
  ['no name', { name: '' }, ['name: Required value']],
  [
    'a name of one segment',
    { name: 'guard' },
    [
      'name: Invalid value: "guard": should be a domain with at least three segments ' +
        'separated by dots',
    ],
  ],
  [
    'no versions of reviews',
    { admissionReviewVersions: [] },
    ['admissionReviewVersions: Required value: must specify one of v1, v1beta1'],
  ],
  [
    'a version that is not known',
    { admissionReviewVersions: ['v2'] },
    ['admissionReviewVersions: Invalid value: ["v2"]: must include at least one of v1, v1beta1'],
  ],
  [
    'a version twice',
    { admissionReviewVersions: ['v1', 'v1'] },
    ['admissionReviewVersions[1]: Invalid value: "v1": duplicate version'],
  ],
  [
    'side effects',
    { sideEffects: 'Some' },
    ['sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"'],
  ],
  [
    'choices',
    { failurePolicy: 'Deny', matchPolicy: 'Near', reinvocationPolicy: 'Always' },
    [
      'failurePolicy: Unsupported value: "Deny": supported values: "Fail", "Ignore"',
      'matchPolicy: Unsupported value: "Near": supported values: "Equivalent", "Exact"',
      'reinvocationPolicy: Unsupported value: "Always": supported values: "IfNeeded", "Never"',
    ],
  ],
  [
    'a timeout',
    { timeoutSeconds: 60 },
    ['timeoutSeconds: Invalid value: 60: the timeout value must be between 1 and 30 seconds'],
  ],
  [
    'nobody to call',
    { clientConfig: {} },
    ['clientConfig: Required value: exactly one of url or service is required'],
  ],
  [
    'two to call',
    { clientConfig: { url: 'https://example.com', service } },
    ['clientConfig: Required value: exactly one of url or service is required'],
  ],
  [
    'no TLS',
    { clientConfig: { url: 'http://example.com' } },
    [
      `clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; ` +
        'desired format: https://host[/path]',
    ],
  ],
  [
    'a Service without names',
    { clientConfig: { service: { port: 70_000 } } },
    [
      'clientConfig.service.name: Required value',
      'clientConfig.service.namespace: Required value',
      'clientConfig.service.port: Invalid value: 70000: port is not valid: must be between 1 ' +
        'and 65535, inclusive',
    ],
  ],
  [
    'a path without its slash',
    { clientConfig: { service: { ...service, path: 'validate' } } },
    [`clientConfig.service.path: Invalid value: "validate": must start with a '/'`],
  ],
  [
    'a path with two slashes',
    { clientConfig: { service: { ...service, path: '/a//b/' } } },
    ['clientConfig.service.path: Invalid value: "/a//b/": segment[1] may not be empty'],
  ],
  [
    'an empty rule',
    { rules: [{}] },
    ['operations', 'apiGroups', 'apiVersions', 'resources'].map(
      (field) => `rules[0].${field}: Required value`,
    ),
  ],
  [
    'an operation in small letters, a scope',
    { rules: [{ ...rule, operations: ['create'], scope: 'Pods' }] },
    [
      'rules[0].operations[0]: Unsupported value: "create": supported values: "*", "CONNECT", ' +
        '"CREATE", "DELETE", "UPDATE"',
      'rules[0].scope: Unsupported value: "Pods": supported values: "*", "Cluster", ' +
        '"Namespaced"',
    ],
  ],
  [
    'more than all',
    {
      rules: [
        {
          apiGroups: ['*', 'apps'],
          apiVersions: ['*', 'v1'],
          operations: ['*', 'CREATE'],
          resources: ['*', 'pods'],
        },
      ],
    },
    [
      `rules[0].operations: Invalid value: ["*","CREATE"]: if '*' is present, must not ` +
        'specify other operations',
      `rules[0].apiGroups: Invalid value: ["*","apps"]: if '*' is present, must not specify ` +
        'other API groups',
      `rules[0].apiVersions: Invalid value: ["*","v1"]: if '*' is present, must not specify ` +
        'other API versions',
      `rules[0].resources: Invalid value: ["*","pods"]: if '*' is present, must not specify ` +
        'other resources without subresources',
    ],
  ],
];

describe('admission webhooks', () => {
  test.each(refused)('%s', (_, change, refusals) =>
    expect(messages(configuration({ ...webhook, ...change }))).toEqual(
      refusals.map((refusal) => `webhooks[0].${refusal}`),
    ),
  );

  test('a name twice', () =>
    expect(messages(configuration(webhook, webhook))).toEqual([
      'webhooks[1].name: Duplicate value: "guard.example.com"',
    ]));

  test('a bundle that is not encoded', () =>
    expect(
      messages(configuration({ ...webhook, clientConfig: { service, caBundle: '-----BEGIN' } })),
    ).toEqual(['illegal base64 data at input byte 0']));
});

function apiService(name: string, spec: JsonObject): JsonObject {
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name },
    spec: { groupPriorityMinimum: 100, versionPriority: 100, ...spec },
  };
}

const example = { group: 'example.com', version: 'v1beta1' };

describe('APIServices', () => {
  test.each<[title: string, name: string, spec: JsonObject, refusals: string[]]>([
    ['a good one', 'v1beta1.example.com', { ...example, service }, []],
    ['the API server itself', 'v1beta1.example.com', example, []],
    [
      'the parts of the name in the other order',
      'example.com.v1beta1',
      { ...example, service },
      [
        'metadata.name: Invalid value: "example.com.v1beta1": must be ' +
          '`spec.version+"."+spec.group`: "v1beta1.example.com"',
      ],
    ],
    [
      'priorities, names, a port, two ways of trust',
      'v1beta1.example.com',
      {
        ...example,
        groupPriorityMinimum: 30_000,
        versionPriority: 0,
        insecureSkipTLSVerify: true,
        caBundle: 'aGk=',
        service: { port: 70_000 },
      },
      [
        'spec.groupPriorityMinimum: Invalid value: 30000: must be positive and less than 20000',
        'spec.versionPriority: Invalid value: 0: must be positive and less than 1000',
        'spec.service.namespace: Required value',
        'spec.service.name: Required value',
        'spec.service.port: Invalid value: 70000: port is not valid: must be between 1 and ' +
          '65535, inclusive',
        'spec.insecureSkipTLSVerify: Invalid value: true: may not be true if caBundle is present',
      ],
    ],
    [
      'no TLS to the API server itself',
      'v1beta1.example.com',
      { ...example, insecureSkipTLSVerify: true },
      [
        'spec.insecureSkipTLSVerify: Invalid value: true: local APIServices may not have ' +
          'insecureSkipTLSVerify',
      ],
    ],
    [
      'no group',
      'v1beta1.',
      { version: 'v1beta1' },
      ['spec.group: Required value: only v1 may have an empty group and it better be legacy kube'],
    ],
  ])('%s', (_, name, spec, refusals) => expect(messages(apiService(name, spec))).toEqual(refusals));
});
