import { describe, expect, test } from 'vitest';
import type { MutationId } from '../../scripts/mutate/mutations.ts';
import { refusalForms } from '../../scripts/mutate/refusals.ts';
import { asJson, listing, recallTable, refusedTable } from '../../scripts/mutate/report.ts';
import { run, type RunResult } from '../../scripts/mutate/run.ts';
import { load } from '../../src/index.ts';
import { workload, yaml } from '../support/yaml.ts';

function service(name: string, spec: string, metadata = ''): string {
  return `---\napiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n${metadata}spec: ${spec}\n`;
}

function mutated(files: Readonly<Record<string, string>>, only?: readonly MutationId[]): RunResult {
  return run(
    load(Object.entries(files).map(([path, text]) => ({ path, text }))),
    only === undefined ? {} : { only },
  );
}

const web = workload('web', {
  labels: 'app: web, tier: front',
  ports: '{ name: http, containerPort: 8080 }',
  container: 'readinessProbe: { httpGet: { port: http } }',
});
const shop = {
  'shop.yaml':
    service(
      'web',
      '{ selector: { app: web, tier: front }, ports: [{ port: 80, targetPort: http }] }',
      '  namespace: default\n',
    ) + web,
};

describe('what is broken is found, at the field, by its name', () => {
  const ids: readonly MutationId[] = [
    'selector-value',
    'selector-key',
    'template-label-removed',
    'workload-label-value',
    'target-port-name',
    'container-port-name',
    'service-port-protocol',
    'probe-port-name',
  ];
  test.each(ids)('%s', (id) => {
    const { trials, skipped } = mutated(shop, [id]);
    expect(skipped).toEqual([]);
    expect(trials).toHaveLength(1);
    expect(trials[0]).toMatchObject({ mutation: id, file: 'shop.yaml', partial: false });
    expect(trials[0]?.verdict).toMatchObject({ found: true, atField: true, named: true });
  });
});

describe('what pods need, and ports that change places', () => {
  const needing = {
    'shop.yaml': `${web}---
apiVersion: v1
kind: ConfigMap
metadata:
  name: catalog-settings
data:
  CATALOG_PAGE_SIZE: "20"
---
apiVersion: v1
kind: Service
metadata:
  name: catalog
spec:
  selector: { app: catalog }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: catalog
spec:
  selector:
    matchLabels: { app: catalog }
  template:
    metadata:
      labels: { app: catalog }
    spec:
      containers:
        - name: catalog
          image: registry.acme.io/shop/catalog:2
          ports: [{ containerPort: 8080 }]
          env:
            - name: PAGE_SIZE
              valueFrom:
                configMapKeyRef:
                  name: catalog-settings
                  key: CATALOG_PAGE_SIZE
`,
  };
  test.each(['dependency-name', 'dependency-key', 'ports-swapped'] as const)('%s', (id) => {
    const { trials } = mutated(needing, [id]);
    expect(trials).toHaveLength(1);
    expect(trials[0]?.verdict).toMatchObject({ found: true, atField: true, named: true });
  });
});

/** Many references, for which form of refusal it is depends on the place. */
const fronted = {
  ...shop,
  'front.yaml': `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: front
spec:
  rules:
    - host: shop.acme.io
      http:
        paths:
${['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  .map(
    (path) =>
      `          - { path: /${path}, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }\n`,
  )
  .join('')}`,
  // Several objects in one file, for a line between two of them to be missing.
  'backs.yaml': ['cart', 'search', 'stock', 'mail', 'users']
    .map(
      (name) => `apiVersion: apps/v1
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
        - { name: main, image: acme/${name}, ports: [{ name: http, containerPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector: { app: ${name} }
  ports:
    - { port: 80, targetPort: http }
`,
    )
    .join('---\n'),
};

describe('on an object that is refused for something else', () => {
  const { trials } = run(load(Object.entries(fronted).map(([path, text]) => ({ path, text }))), {
    everyField: true,
    refuse: true,
  });
  const tried = trials.flatMap(({ refused }) => refused ?? []);

  test('every form is tried', () => {
    expect(new Set(tried.map(({ form }) => form))).toEqual(new Set(refusalForms));
  });
  test('the mutation is found all the same', () => {
    expect(trials.filter(({ refused }) => refused?.found === false)).toEqual([]);
  });
  test('and counted', () => {
    expect(refusedTable({ trials, skipped: [] }).at(-1)).toMatch(/^all +\d+ +100\.0$/);
  });
});

describe('what does not count', () => {
  const skippedOnce = (
    files: Readonly<Record<string, string>>,
    id: MutationId,
    reason: string,
  ): void => {
    const { trials, skipped } = mutated(files, [id]);
    expect(trials).toEqual([]);
    expect(skipped).toEqual([{ mutation: id, reason }]);
  };

  test('the only label of a workload cannot go', () => {
    skippedOnce(
      {
        'a.yaml':
          service('web', '{ selector: { app: web }, ports: [{ port: 80 }] }') + workload('web'),
      },
      'template-label-removed',
      'the API server insists on it',
    );
  });

  test('a Service that leaves its namespace open', () => {
    skippedOnce(
      {
        'a.yaml':
          service('web', '{ selector: { app: web }, ports: [{ port: 80 }] }') + workload('web'),
      },
      'service-namespace',
      'its namespace is left to kubectl',
    );
  });

  test('an object that has a finding already', () => {
    const broken =
      service(
        'web',
        '{ selector: { app: web }, ports: [{ port: 80 }, { name: x, port: 81, targetPort: gone }] }',
      ) + workload('web');
    expect(mutated({ 'a.yaml': broken }, ['selector-value']).trials).toEqual([]);
  });

  test('a file of which the Service has an alternative', () => {
    const files = {
      'd/service.yaml': service('web', '{ selector: { app: web }, ports: [{ port: 80 }] }'),
      'd/web.yaml': workload('web'),
      'd/web-large.yaml': workload('web', { spec: 'replicas: 9' }),
    };
    const { trials, skipped } = mutated(files, ['workload-label-value']);
    expect(trials).toEqual([]);
    expect(skipped.map(({ reason }) => reason)).toEqual(
      Array(2).fill('another arrangement of the files still works'),
    );
  });
});

test('one of two workloads behind a Service is a partial loss', () => {
  const two =
    service('web', '{ selector: { app: web }, ports: [{ port: 80 }] }') +
    workload('web', { labels: 'app: web, track: a' }) +
    workload('canary', { labels: 'app: web, track: b' });
  const { trials } = mutated({ 'a.yaml': two }, ['workload-label-value']);
  expect(trials.map(({ partial }) => partial)).toEqual([true, true]);
  expect(
    recallTable({ trials, skipped: [] }).some((line) =>
      line.startsWith('workload-label-value, partial'),
    ),
  ).toBe(true);
});

test('a directory that is found only through the mutated label is grouped anew', () => {
  const files = {
    'svc/a.yaml': service('web', '{ selector: { app: webshop }, ports: [{ port: 80 }] }'),
    'deploy/b.yaml': workload('webshop'),
  };
  const { trials } = mutated(files, ['selector-value']);
  expect(trials).toHaveLength(1);
  expect(trials[0]?.units).toEqual(['svc (directory)']);
});

test('every reference to a Service is a link of its own, and its end can be mutated', () => {
  const files = {
    'a.yaml':
      service('web', '{ selector: { app: web }, ports: [{ name: http, port: 80 }] }') +
      workload('web', { container: 'env: [{ name: SELF, value: "http://web:80/x" }]' }) +
      service('db', '{ clusterIP: None, selector: { app: db }, ports: [{ port: 5432 }] }') +
      workload('db', { kind: 'StatefulSet', spec: 'serviceName: db' }) +
      yaml`
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: { name: web }
        spec:
          defaultBackend: { service: { name: web, port: { name: http } } }
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: { name: web }
        spec:
          rules: [{ backendRefs: [{ name: web, port: 80 }] }]
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: { name: web }
        spec:
          maxReplicas: 3
          scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
      `,
  };
  const { trials } = mutated(files);
  const tried = new Set(trials.map(({ mutation }) => mutation));
  for (const id of [
    'ingress-backend-name',
    'ingress-backend-port',
    'stateful-set-service-name',
    'route-backend-name',
    'route-backend-port',
    'service-name',
    'url-host',
    'url-port',
  ] as const)
    expect(tried).toContain(id);
  // Which end of it is tried goes by its seed.
  expect([...tried].filter((id) => /^scaled?-/.test(id))).toHaveLength(1);
  const host = trials.find(({ mutation }) => mutation === 'url-host');
  expect(host).toMatchObject({ object: 'Deployment web', original: 'web' });
});

test('two runs are the same', () => expect(asJson(mutated(shop))).toBe(asJson(mutated(shop))));

test('misses are listed with file, line and unit', () => {
  const { trials } = mutated(shop, ['selector-value']);
  const missed = trials.map((trial) => ({
    ...trial,
    verdict: { ...trial.verdict, found: false, findings: [] },
  }));
  const [first = '', second] = listing('missed', { trials: missed, skipped: [] });
  expect(first).toMatch(
    /^shop\.yaml:\d+: selector-value: Service default\/web spec\.selector\.(app|tier): (web|front) → /,
  );
  expect(second).toBe('    unit: . (directory)');
});
