import { describe, expect, it } from 'vitest';
import { networkPolicyBlocksCaller } from '../../rules/policy/network-policy-blocks-caller.ts';
import { podDependencyMissing } from '../../rules/reference/pod-dependency-missing.ts';
import { lintFiles } from '../../src/testing/lint-files.ts';

const workload = (name: string, env = ''): string => `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      containers:
        - name: ${name}
          image: registry.acme.io/shop/${name}:1
          ports: [{ containerPort: 8080 }]
${env}`;
const calling = (port: number): string =>
  `          env: [{ name: DB_URL, value: "http://db:${port}" }]\n`;
const base = `apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  selector: { app: db }
  ports: [{ name: http, port: 8080 }, { name: old, port: 80, targetPort: 8080 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: cart } } }]
${workload('db')}${workload('cart', calling(8080))}${workload('checkout', calling(8080))}${workload('search', calling(80))}`;

it('a place in a list is told once, though an overlay puts something before it', () => {
  const first = `patches:
  - target: { kind: Deployment }
    patch: '[{op: add, path: /spec/template/spec/containers/0, value: {name: log, image: x}}]'
`;
  const overlay = (name: string, more = ''): string =>
    `namespace: ${name}\nresources: [../../base]\n${more}`;
  const files = {
    'base/kustomization.yaml':
      'resources: [web.yaml]\nconfigMapGenerator: [{ name: settings, literals: [a=b] }]\n',
    'base/web.yaml': workload('web', '          envFrom: [{ configMapRef: { name: setings } }]\n'),
    'overlays/prod/kustomization.yaml': overlay('prod'),
    'overlays/test/kustomization.yaml': overlay('test', first),
  };
  expect(lintFiles(files, [podDependencyMissing]).diagnostics).toMatchObject([
    { object: { namespace: 'prod' }, also: ['test/web'] },
  ]);
});

describe('callers of two ports that one policy keeps out', () => {
  const messages = (files: Record<string, string>) =>
    lintFiles(files, [networkPolicyBlocksCaller]).diagnostics.map(
      ({ message, also }) =>
        `${/Deployment \S+/.exec(message)?.[0]}${also === undefined ? '' : `, and ${also.join()}`}`,
    );

  it('are two findings with fingerprints of their own', () => {
    const { diagnostics } = lintFiles({ 'shop.yaml': base }, [networkPolicyBlocksCaller]);
    expect(messages({ 'shop.yaml': base })).toEqual([
      'Deployment default/checkout',
      'Deployment default/search',
    ]);
    expect(new Set(diagnostics.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('are told where both overlays go to one cluster', () => {
    const overlay = (name: string) => `namespace: ${name}\nresources: [../../base]\n`;
    const found = messages({
      'argo/set.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: all }\n' +
        'spec: { generators: [{ list: { elements: [{ env: qa }, { env: prod }] } }], template: ' +
        "{ spec: { source: { repoURL: x, path: 'overlays/{{env}}' }, destination: { name: '' } } } }\n",
      'base/kustomization.yaml': 'resources: [shop.yaml]\n',
      'base/shop.yaml': base,
      'overlays/qa/kustomization.yaml': overlay('qa'),
      'overlays/prod/kustomization.yaml': overlay('prod'),
    });
    expect(found.filter((one) => one.includes('checkout'))).not.toEqual([]);
  });

  it('are two for a base of two overlays, not four', () => {
    const found = messages({
      'base/kustomization.yaml': 'resources: [shop.yaml]\n',
      'base/shop.yaml': base,
      'blue/kustomization.yaml': 'resources: [../base]\nnamespace: blue\n',
      'green/kustomization.yaml': 'resources: [../base]\nnamespace: green\n',
    });
    expect(found).toHaveLength(2);
  });

  it('are told each once where one of them is not in the first overlay', () => {
    const found = messages({
      'base/kustomization.yaml': 'resources: [shop.yaml]\n',
      'base/shop.yaml': base,
      'blue/kustomization.yaml': `resources: [../base]
patches:
  - patch: |
      $patch: delete
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: checkout }
`,
      'green/kustomization.yaml': 'resources: [../base]\n',
    });
    expect(found.sort()).toEqual(['Deployment default/checkout', 'Deployment default/search']);
  });
});
