/** `describe` of what is no Service. */
import { describe, expect, it } from 'vitest';
import { deployment, run } from './run.ts';

const k8s = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 4
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {port: health}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  replicas: 2
  strategy: {type: Recreate}
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec: {containers: [{name: api, image: registry.example/api:1, ports: [{name: http, containerPort: 9090}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{name: http, port: 80, targetPort: http}, {name: grpc, port: 81, targetPort: grpc}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {ports: [{name: sql, port: 5432}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: db, namespace: shop}
subsets: [{addresses: [{ip: 192.0.2.7}], ports: [{name: sql, port: 5432}]}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front, namespace: shop}
spec:
  ingressClassName: nginx
  tls: [{hosts: [shop.example.com], secretName: shop-tls}]
  rules:
    - host: shop.example.com
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
          - {path: /api, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}
          - {path: /old, pathType: Prefix, backend: {service: {name: legacy, port: {number: 80}}}}
          - {path: /odd, pathType: Prefix, backend: {service: {name: api, port: {number: 8080}}}}
`;

const told: readonly [line: string, texts: readonly string[]][] = [
  [
    'describe deployment api',
    [
      'Kind:              Deployment',
      'Pods:              2 pods',
      'Pod Labels:        app=api',
      'During Rollout:    0 of 2 stay ready at least',
      '  api: registry.example/api:1, ports http=9090/TCP',
      '  shop/api: http 80 → 9090, grpc 81 → <none>',
    ],
  ],
  [
    'describe deploy/web',
    [
      'Not ready:',
      '  readiness probe of container "web" names port "health"',
      '  shop/web: http 80 → 8080',
    ],
  ],
  ['describe pod api', ['Kind:              Deployment', 'Name:              api']],
  ['describe po web-predicted-2', ['Name:              web', 'Pods:              4 pods']],
  [
    'describe ingress front',
    [
      'Ingress Class:     nginx',
      'TLS:               shop.example.com with Secret shop-tls',
      'shop.example.com/ → web:http (<none>: ',
      'shop.example.com/api → api:80 (api×2:9090)',
      'shop.example.com/old → legacy:80 (no such Service was read)',
      'shop.example.com/odd → api:8080 (the Service has no such port)',
    ],
  ],
  ['describe endpoints db', ['Addresses:         192.0.2.7', 'Ports:             sql 5432/TCP']],
  ['describe ep web', ['Addresses:         <none>', 'Not Ready:         web×4']],
  [
    'describe service api',
    ['IP Family Policy:  SingleStack', 'Referenced by:', '  Ingress shop/front (k8s.yaml:'],
  ],
];

describe('describe', () => {
  it.each(told)('%s', async (line, texts) => {
    const { code, out, err } = await run([...line.split(' '), 'k8s.yaml'], {
      files: { 'k8s.yaml': k8s },
    });
    for (const text of texts) expect(out).toContain(text);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it.each([
    ['describe deployment wbe', 'error: deployment "wbe" not found', 'did you mean "web"?'],
    ['describe statefulset', 'no statefulsets found', ''],
  ])('%s', async (line, message, more) => {
    const { err } = await run([...line.split(' '), 'k8s.yaml'], { files: { 'k8s.yaml': k8s } });
    expect(err).toContain(message);
    expect(err).toContain(more);
  });
});

describe('one pod of several', () => {
  const files = {
    'k8s.yaml':
      deployment('api') + deployment('db').replace('kind: Deployment', 'kind: StatefulSet'),
  };
  it.each([
    ['get pod api-predicted-1', 'Deployment/api'],
    ['get po/db-0', 'StatefulSet/db'],
    ['get pod db-0 --show-labels', 'StatefulSet/db'],
    ['describe pod db-0', 'Kind:              StatefulSet'],
    ['describe po/api-predicted-1', 'Kind:              Deployment'],
  ])('%s shows what makes it', async (line, text) => {
    const { code, out, err } = await run([...line.split(' '), '-f', '.'], { files });
    expect(out).toContain(text);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it.each([
    'get pod db-3',
    'get pod api-predicted-4',
    'describe pod db-3',
    'describe pod db-00',
    'describe pod db-x',
  ])('%s is not there', async (line) => {
    const { code, out, err } = await run([...line.split(' '), '-f', '.'], { files });
    expect([code, out, err]).toEqual([1, '', expect.stringContaining(' not found in the 1 file')]);
  });

  it.each(['get svcs', 'describe svcs'])('%s', async (line) => {
    const { err } = await run([...line.split(' '), '-f', '.'], { files });
    expect(err).toContain('unknown kind "svcs"; did you mean "svc"?');
  });
});
