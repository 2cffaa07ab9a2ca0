/** Ways in from outside that are neither an Ingress nor an HTTPRoute: each whole, and with one thing broken. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { deployment, run, service } from '../cli/run.ts';

const validate = new Ajv2020({ strict: false, allErrors: true }).compile(
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../schema/trace.v1.schema.json'), 'utf8'),
  ) as object,
);

const web = deployment('web') + service('web');
const object = (apiVersion: string, kind: string, name: string, spec: string): string =>
  `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: default }\nspec: ${spec}\n`;

const openshift = object(
  'route.openshift.io/v1',
  'Route',
  'web',
  '{ host: a.example.com, path: /shop, to: { kind: Service, name: web } }',
);
const istio =
  object(
    'networking.istio.io/v1',
    'Gateway',
    'public',
    '{ selector: { istio: ingress }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*.example.com"] }] }',
  ) +
  object(
    'networking.istio.io/v1',
    'VirtualService',
    'web',
    '{ hosts: [a.example.com], gateways: [public], http: [{ match: [{ uri: { prefix: /shop } }], route: [{ destination: { host: web, port: { number: 80 } } }] }] }',
  );
const subset =
  istio.replace('host: web, port', 'host: web, subset: stable, port') +
  object(
    'networking.istio.io/v1',
    'DestinationRule',
    'web',
    '{ host: web, subsets: [{ name: stable, labels: { app: web } }] }',
  );
const traefik = object(
  'traefik.io/v1alpha1',
  'IngressRoute',
  'web',
  '{ routes: [{ kind: Rule, match: "Host(`a.example.com`) && PathPrefix(`/shop`)", services: [{ name: web, port: 80 }] }] }',
);
const contour = object(
  'projectcontour.io/v1',
  'HTTPProxy',
  'web',
  '{ virtualhost: { fqdn: a.example.com }, routes: [{ conditions: [{ prefix: /shop }], services: [{ name: web, port: 80 }] }] }',
);
const gateway = object(
  'gateway.networking.k8s.io/v1',
  'Gateway',
  'edge',
  '{ gatewayClassName: edge, listeners: [{ name: tls, port: 443, protocol: TLS, tls: { mode: Passthrough } }, { name: http, port: 80, protocol: HTTP }] }',
);
const grpc =
  gateway +
  object(
    'gateway.networking.k8s.io/v1',
    'GRPCRoute',
    'web',
    '{ parentRefs: [{ name: edge }], hostnames: [a.example.com], rules: [{ matches: [{ method: { service: shop.Cart, method: Add } }], backendRefs: [{ name: web, port: 80 }] }] }',
  );
const passthrough =
  gateway +
  object(
    'gateway.networking.k8s.io/v1alpha2',
    'TLSRoute',
    'web',
    '{ parentRefs: [{ name: edge, sectionName: tls }], hostnames: [a.example.com], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }',
  );

const connections =
  object(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    'edge',
    '{ gatewayClassName: edge, listeners: [{ name: sql, port: 5432, protocol: TCP }, { name: mail, port: 993, protocol: TCP }] }',
  ) +
  object(
    'gateway.networking.k8s.io/v1alpha2',
    'TCPRoute',
    'other',
    '{ parentRefs: [{ name: edge, sectionName: mail }], rules: [{ backendRefs: [{ name: other, port: 80 }] }] }',
  ) +
  object(
    'gateway.networking.k8s.io/v1alpha2',
    'TCPRoute',
    'web',
    '{ parentRefs: [{ name: edge, sectionName: sql }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }',
  );
const including =
  object(
    'projectcontour.io/v1',
    'HTTPProxy',
    'root',
    '{ virtualhost: { fqdn: a.example.com }, includes: [{ name: shop, conditions: [{ prefix: /shop }] }] }',
  ) +
  object(
    'projectcontour.io/v1',
    'HTTPProxy',
    'shop',
    '{ routes: [{ conditions: [{ prefix: /cart }], services: [{ name: web, port: 80 }] }] }',
  );

const sql = 'tcp://db.example.com:5432';
const shop = 'http://a.example.com/shop/cart';
const call = 'http://a.example.com/shop.Cart/Add';

async function traced(url: string, manifests: string) {
  const { code, out } = await run(['trace', url, 'k8s.yaml', '-o', 'json'], {
    files: { 'k8s.yaml': web + manifests },
  });
  const report = JSON.parse(out) as {
    traces: { state: string; hops: { step: string; state: string; text: string }[] }[];
  };
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  return { code, ...report.traces[0]! };
}

it.each([
  ['a Route of OpenShift', shop, openshift, 'rule service port endpoints'],
  ['a VirtualService', shop, istio, 'rule listener service port endpoints'],
  ['a subset of a Service', shop, subset, 'rule listener service port endpoints endpoints'],
  ['an IngressRoute', shop, traefik, 'rule service port endpoints'],
  ['an HTTPProxy', shop, contour, 'rule service port endpoints'],
  ['a GRPCRoute', call, grpc, 'rule listener class service port endpoints'],
  [
    'a TLSRoute',
    'https://a.example.com/',
    passthrough,
    'rule listener class service port endpoints',
  ],
  ['a TLSRoute of a connection', 'tls://a.example.com', passthrough, 'rule listener class service'],
  ['a TCPRoute', sql, connections, 'rule listener class service port endpoints'],
  ['an HTTPProxy that another one includes', shop, including, 'rule service port endpoints'],
])('%s leads to the pods', async (_name, url, manifests, steps) => {
  const { code, hops } = await traced(url, manifests);
  expect(code).toBe(0);
  expect(hops.map(({ step }) => step).join(' ')).toContain(steps);
  expect(hops.filter(({ state, step }) => state !== 'passes' && step !== 'class')).toEqual([]);
});

it.each([
  [
    openshift.replace('name: web }', 'name: wbe }'),
    shop,
    'service',
    'there is no Service "wbe" in namespace default; did you mean "web"?',
  ],
  [
    istio.replace('"*.example.com"', 'b.example.com'),
    shop,
    'listener',
    'no server of Gateway default/public takes a.example.com on port 80; it has 80: b.example.com',
  ],
  [istio.replace('number: 80 } } }] }]', 'number: 8080 } } }] }]'), shop, 'port', undefined],
  [
    subset.replace('labels: { app: web }', 'labels: { app: wbe }'),
    shop,
    'endpoints',
    'no pod of Service default/web has app=wbe; Deployment default/web has app=web',
  ],
  [
    subset.replace('name: stable', 'name: stabel'),
    shop,
    'endpoints',
    'no DestinationRule for "web" defines subset "stable"; did you mean "stabel"?',
  ],
  [traefik.replace('port: 80', 'port: 8080'), shop, 'port', undefined],
  [
    contour.replace('name: web, port', 'name: wbe, port'),
    shop,
    'service',
    'there is no Service "wbe" in namespace default; did you mean "web"?',
  ],
  [grpc.replace('name: web, port: 80', 'name: web, port: 81'), call, 'port', undefined],
  [connections.replace('name: web, port: 80', 'name: web, port: 81'), sql, 'port', undefined],
  [
    connections.replace('port: 5432', 'port: 5433'),
    sql,
    'rule',
    'no TCPRoute takes connections to port 5432; there is TCPRoute default/other and TCPRoute default/web',
  ],
  [
    including.replace('name: shop, conditions', 'name: shops, conditions'),
    shop,
    'rule',
    'it includes HTTPProxy "shops" of namespace default, which is not among what was read',
  ],
])('is stopped, case %#', async (manifests, url, step, text) => {
  const { code, hops, state } = await traced(url, manifests);
  expect(state).toBe('broken');
  expect(code).toBe(1);
  expect(hops.at(-1)).toMatchObject({ step, state: 'broken', ...(text !== undefined && { text }) });
});

it.each([
  ['a path that no rule has', traefik, 'http://a.example.com/help'],
  [
    'a matcher that is not read',
    traefik.replace(' && PathPrefix', ' && Method(`GET`) && PathPrefix'),
    shop,
  ],
  ['headers', istio.replace('[{ uri:', '[{ headers: { x: { exact: "1" } }, uri:'), shop],
])('%s is not known', async (_name, manifests, url) => {
  const { code, state } = await traced(url, manifests);
  expect([code, state]).toEqual([0, 'unknown']);
});

it('the Gateway of a VirtualService was not read', async () => {
  const { state, hops } = await traced(shop, istio.slice(istio.lastIndexOf('---')));
  expect(state).toBe('unknown');
  expect(hops[1]).toMatchObject({
    step: 'listener',
    state: 'unknown',
    text: 'Gateway public is not among what was read',
  });
});
