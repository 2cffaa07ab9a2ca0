/** Pods whose needs are not there: what the prediction makes of them. */
import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.ts';

const pod = (spec: string): string => `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  ${spec}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
const container = (more: string): string =>
  `containers: [{name: web, image: registry.example/web:1, ${more}}]`;
const config =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-config}\ndata: {LOG_LEVEL: info}\n';
const claim =
  'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: web-data}\n' +
  'spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n';
const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: robot}\n';
const runtime =
  'apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: {name: gvisor}\nhandler: runsc\n';
const secretMaker =
  'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: web-tokn}\n';
const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: web-token}\n';

const cases: readonly [title: string, others: string, spec: string, endpoints: RegExp][] = [
  ['what is there', config, container('envFrom: [{configMapRef: {name: web-config}}]'), /web:80/],
  [
    'a ConfigMap with a slip in its name',
    config,
    container('envFrom: [{configMapRef: {name: web-confg}}]'),
    /<none> .*Pod\/web is not ready: there is no ConfigMap "web-confg"; there is "web-config"/,
  ],
  [
    'a ConfigMap that the API server refuses',
    config.replace('info', '3'),
    container('envFrom: [{configMapRef: {name: web-config}}]'),
    /<none> .*Pod\/web is not ready: the API server refuses ConfigMap "web-config"/,
  ],
  [
    'one that is optional',
    config,
    container('envFrom: [{configMapRef: {name: web-confg, optional: true}}]'),
    /web:80/,
  ],
  [
    'one that is like nothing: it may be made by hand',
    config,
    container('envFrom: [{configMapRef: {name: feature-flags}}]'),
    /web:80/,
  ],
  [
    'a key with a slip',
    config,
    container('env: [{name: A, valueFrom: {configMapKeyRef: {name: web-config, key: LOG_LEVL}}}]'),
    /<none> .*ConfigMap "web-config" has no key "LOG_LEVL"; it has "LOG_LEVEL"/,
  ],
  [
    'a claim',
    claim,
    `volumes: [{name: data, persistentVolumeClaim: {claimName: web-dta}}]\n  ${container('')}`,
    /<none> .*there is no PersistentVolumeClaim "web-dta"/,
  ],
  [
    'an account: the pod is refused',
    account,
    `serviceAccountName: robt\n  ${container('')}`,
    /<none> .*its pods cannot be created: there is no ServiceAccount "robt"/,
  ],
  [
    'the account that every namespace has',
    account,
    `serviceAccountName: default\n  ${container('')}`,
    /web:80/,
  ],
  [
    'a runtime class',
    runtime,
    `runtimeClassName: gvisr\n  ${container('')}`,
    /<none> .*there is no RuntimeClass "gvisr"/,
  ],
  [
    'a Secret that an operator makes',
    `${secret}---\n${secretMaker}`,
    container('envFrom: [{secretRef: {name: web-tokn}}]'),
    /web:80/,
  ],
  [
    'a Secret to pull the image with: the pod runs without it',
    secret,
    `imagePullSecrets: [{name: web-tokn}]\n  ${container('')}`,
    /web:80/,
  ],
];

describe('what is only in another namespace', () => {
  const inShop = (text: string): string =>
    text.replaceAll('metadata: {name: web', 'metadata: {namespace: shop, name: web');
  const other = (more = ''): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-config, namespace: base${more}}\n`;
  const needs = inShop(
    pod(container('envFrom: [{configMapRef: {name: web-config}}]').replace(', }]', '}]')),
  );

  it.each([
    [
      'is not here',
      other(),
      /<none> .*there is no ConfigMap "web-config" in namespace shop; it is in base/,
    ],
    [
      'unless it is copied',
      other(', annotations: {reflector.v1.k8s.emberstack.com/reflection-allowed: "true"}'),
      /web:80/,
    ],
  ])('%s', async (_title, objects, endpoints) => {
    const files = { 'k8s.yaml': `${objects}---\n${needs}` };
    const { out } = await run(['get', 'endpoints', 'web', '-n', 'shop', 'k8s.yaml'], { files });
    expect(out).toMatch(endpoints);
  });
});

describe('a pod that needs', () => {
  it.each(cases)('%s', async (_title, others, spec, endpoints) => {
    const files = { 'k8s.yaml': `${others}---\n${pod(spec.replace(', }]', '}]'))}` };
    const { out } = await run(['get', 'endpoints', 'web', 'k8s.yaml'], { files });
    expect(out).toMatch(endpoints);
  });

  it('is there where somebody says so', async () => {
    const files = {
      'k8s/web.yaml': `${config}---\n${pod(container('envFrom: [{configMapRef: {name: web-confg}}]'))}`,
      'kubeplumb.yaml': 'assume: [ConfigMap/default/web-confg]\n',
    };
    const { out } = await run(['get', 'endpoints', 'web', 'k8s'], { files });
    expect(out).toMatch(/web:80/);
  });
});
