/** `kubeplumb trace`: requests through one shop, whole and with one thing broken. */
import { describe, expect, it } from 'vitest';
import { deployment, run, service } from '../cli/run.ts';

const shop = `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front, namespace: shop}
spec:
  ingressClassName: nginx
  tls:
    - hosts: [shop.example.com]
      secretName: shop-tls
  rules:
    - host: shop.example.com
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
          - {path: /cart, pathType: Prefix, backend: {service: {name: cart, port: {number: 80}}}}
---
apiVersion: v1
kind: Secret
metadata: {name: shop-tls, namespace: shop}
type: kubernetes.io/tls
stringData: {tls.crt: CERTIFICATE, tls.key: KEY}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /healthz, port: http}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: http}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: cart, namespace: shop}
spec:
  replicas: 3
  serviceName: cart
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec:
      containers:
        - name: cart
          image: registry.example.com/cart:1
          ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec:
  selector: {app: cart}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: basket, namespace: shop}
spec: {type: ExternalName, externalName: cart.shop.svc.cluster.local, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop}
spec:
  podSelector: {matchLabels: {app: cart}}
  ingress:
    - from: [{podSelector: {matchLabels: {app: web}}}]
      ports: [{port: 8080}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: envoy}
spec: {controllerName: gateway.envoyproxy.io/gatewayclass-controller}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec:
  gatewayClassName: envoy
  listeners:
    - name: secure
      protocol: HTTPS
      port: 443
      hostname: "*.example.org"
      tls: {certificateRefs: [{name: shop-tls}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: api, namespace: shop}
spec:
  parentRefs: [{name: public, sectionName: secure}]
  hostnames: [api.example.org]
  rules:
    - matches: [{path: {type: PathPrefix, value: /v1}}]
      backendRefs: [{name: web, port: 80}]
    - matches: [{path: {type: PathPrefix, value: /both}}]
      backendRefs: [{name: web, port: 80}, {name: cart, port: 80}]
`;

interface Hop {
  readonly step: string;
  readonly state: string;
  readonly text: string;
  readonly rule?: string;
  readonly range?: { readonly start: { readonly line: number } };
}

interface Traces {
  readonly traces: readonly { readonly state: string; readonly hops: readonly Hop[] }[];
}

type Change = readonly [before: string, after: string];

async function traced(line: string, change?: Change) {
  const text = change === undefined ? shop : shop.replace(...change);
  if (change !== undefined) expect(text, 'the change changes something').not.toBe(shop);
  const { code, out, err } = await run(['trace', ...line.split(' '), 'k8s.yaml', '-o', 'json'], {
    files: { 'k8s.yaml': text },
  });
  return { code, err, traces: out === '' ? [] : (JSON.parse(out) as Traces).traces, text };
}

const behind = ['service', 'port', 'endpoints', 'pod port', 'ready', 'policy'];

describe('a request that gets there', () => {
  it.each([
    [
      'through an Ingress',
      'https://shop.example.com/',
      ['rule', 'class', 'certificate', ...behind],
    ],
    [
      'sent on to TLS',
      'http://shop.example.com/',
      ['rule', 'class', 'redirect', 'rule', 'class', 'certificate', ...behind],
    ],
    ['without a scheme', 'shop.example.com:443/', ['rule', 'class', 'certificate', ...behind]],
    [
      'dialled without a scheme',
      'deployment/web cart.shop:80',
      ['client', 'name', ...behind, 'policy'],
    ],
    [
      'through a Gateway',
      'https://api.example.org/v1/x',
      ['rule', 'listener', 'class', 'certificate', ...behind],
    ],
    ['from a workload', 'deployment/web svc/cart:http', ['client', ...behind, 'policy']],
    [
      'to a name that a container dials',
      'deploy/web http://cart.shop.svc:80/x',
      ['client', 'name', ...behind, 'policy'],
    ],
    [
      'through an alias',
      'deployment/web service/basket',
      ['client', 'service', 'port', 'name', ...behind.slice(2), 'policy'],
    ],
    ['to a Service', 'service/web.shop', behind],
  ])('%s: %s', async (_, line, steps) => {
    const { code, traces, err } = await traced(line);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(traces.map(({ state }) => state)).toEqual(['passes']);
    expect(traces[0]?.hops.map(({ step }) => step)).toEqual(steps);
  });

  it.each(['/api(/|$)(.*)', '/api/*', '/api(/.*)?'])(
    'reads %s as all that is below it',
    async (path) => {
      const change: Change = [
        'path: /cart, pathType: Prefix',
        `path: "${path}", pathType: ImplementationSpecific`,
      ];
      const { traces } = await traced('http://shop.example.com/api/v1', [
        change[0],
        change[1].replaceAll('$', '$$$$'),
      ]);
      expect(traces[0]?.hops[0]?.text).toContain(`path ${path} (ImplementationSpecific)`);
    },
  );

  it('takes a targetPort for a port where the controller does', async () => {
    const change: Change = ['port: {number: 80}', 'port: {number: 8080}'];
    const { traces } = await traced('https://shop.example.com/cart', change);
    const port = traces[0]?.hops.find(({ step }) => step === 'port');
    expect(port).toMatchObject({ state: 'passes', text: 'port 80 ("http")' });
    const other = shop.replace('k8s.io/ingress-nginx', 'ingress.k8s.aws/alb');
    const { code, out } = await run(['trace', 'https://shop.example.com/cart', 'k8s.yaml'], {
      files: { 'k8s.yaml': other.replace(...change) },
    });
    expect(code).toBe(1);
    expect(out).toContain('port 8080 is where the pods listen');
  });

  it('leaves out a Gateway that does not listen for the address, if another one does', async () => {
    const internal =
      '[{name: public, sectionName: secure}, {name: internal}]\n  hostnames: [api.example.org]';
    const { traces } = await traced('https://api.example.org/v1', [
      `kind: HTTPRoute
metadata: {name: api, namespace: shop}
spec:
  parentRefs: [{name: public, sectionName: secure}]
  hostnames: [api.example.org]`,
      `kind: Gateway
metadata: {name: internal, namespace: shop}
spec: {gatewayClassName: envoy, listeners: [{name: web, protocol: HTTP, port: 80}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: api, namespace: shop}
spec:
  parentRefs: ${internal}`,
    ]);
    expect(traces.map(({ state }) => state)).toEqual(['passes']);
  });

  it('stays without TLS where the redirect is turned off', async () => {
    const { traces } = await traced('http://shop.example.com/', [
      'metadata: {name: front, namespace: shop}',
      'metadata: {name: front, namespace: shop, annotations: ' +
        '{nginx.ingress.kubernetes.io/ssl-redirect: "false"}}',
    ]);
    expect(traces[0]?.hops.map(({ step }) => step)).toEqual(['rule', 'class', ...behind]);
  });

  const filtered = (redirect: string): Change => [
    'backendRefs: [{name: web, port: 80}]\n    - matches: [{path: {type: PathPrefix, value: /both}}]',
    `filters: [{type: RequestRedirect, requestRedirect: {${redirect}}}]\n` +
      '    - matches: [{path: {type: PathPrefix, value: /both}}]',
  ];

  it.each([
    ['hostname: shop.example.com', 'https://shop.example.com/v1/x', 'passes', 'policy'],
    [
      'path: {type: ReplacePrefixMatch, replacePrefixMatch: /both}',
      'https://api.example.org/both/x',
      'passes',
      'policy',
    ],
    [
      'hostname: docs.example.net, statusCode: 301',
      'https://docs.example.net/v1/x',
      'unknown',
      'outside',
    ],
    ['scheme: https', 'https://api.example.org/v1/x', 'broken', 'redirect'],
    [
      'path: {type: ReplacePrefixMatch, replacePrefixMatch: /v1/v1}',
      'https://api.example.org/v1/v1/x',
      'broken',
      'redirect',
    ],
  ])('follows a redirect with %s', async (redirect, to, state, last) => {
    const { traces } = await traced('https://api.example.org/v1/x', filtered(redirect));
    const [first] = traces;
    expect(first?.hops.find(({ step }) => step === 'redirect')?.text).toContain(`client to ${to}`);
    expect([first?.state, first?.hops.at(-1)?.step]).toEqual([state, last]);
  });

  it('follows what ingress-nginx is told to answer', async () => {
    const { traces } = await traced('https://shop.example.com/a', [
      'metadata: {name: front, namespace: shop}',
      'metadata: {name: front, namespace: shop, annotations: ' +
        '{nginx.ingress.kubernetes.io/permanent-redirect: "https://api.example.org/v1"}}',
    ]);
    expect(traces[0]?.hops.map(({ text }) => text)).toContain(
      'the answer is 301, which sends the client to https://api.example.org/v1',
    );
    expect(traces[0]?.hops.at(-1)?.step).toBe('policy');
  });

  it('calls a Service by its name, where no rule takes that', async () => {
    const hops = async (end: string): Promise<string[]> => {
      const { traces } = await traced(end);
      return (traces[0]?.hops ?? []).map(({ step, state, text }) => `${step} ${state} ${text}`);
    };
    const called = ['service passes Service shop/web', 'port passes port 80 ("http")'];
    expect((await hops('web:80')).slice(0, 2)).toEqual(called);
    expect((await hops('web:8080'))[1]).toMatch(/^port broken port 8080 is where the pods listen/);
    expect((await hops('wbe:80'))[0]).toMatch(/^rule broken no rule takes wbe\/;/);
  });

  it('has a way for each backend of a route', async () => {
    const { traces } = await traced('https://api.example.org/both');
    expect(traces.map(({ hops }) => hops.find(({ step }) => step === 'service')?.text)).toEqual([
      'Service shop/web',
      'Service shop/cart',
    ]);
  });
});

describe('a request that is stopped', () => {
  it('where the container is told to listen elsewhere', async () => {
    const { code, traces } = await traced('service/web.shop', [
      '        - name: web\n',
      '        - name: web\n          args: [--port=9999]\n',
    ]);
    expect(code).toBe(1);
    expect(traces[0]?.hops.at(-1)).toMatchObject({
      step: 'pod port',
      state: 'broken',
      rule: 'listens-elsewhere',
    });
  });

  it.each<[string, Change | undefined, string, string, string | undefined, string | undefined]>([
    [
      'https://shop.exmaple.com/',
      undefined,
      'rule',
      'no rule takes shop.exmaple.com/; the rules that were read are for shop.example.com and api.example.org',
      undefined,
      undefined,
    ],
    [
      'https://shop.example.com/',
      ['ingressClassName: nginx', 'ingressClassName: ngnix'],
      'class',
      'there is no IngressClass "ngnix"; did you mean "nginx"?',
      'ingressClassName',
      'ingress-class-missing',
    ],
    [
      'https://shop.example.com/',
      ['secretName: shop-tls', 'secretName: shop-tsl'],
      'certificate',
      'there is no Secret "shop-tsl" in namespace shop; did you mean "shop-tls"?',
      'secretName',
      'tls-secret-missing',
    ],
    [
      'https://shop.example.com/cart',
      ['name: cart, port: {number: 80}', 'name: crat, port: {number: 80}'],
      'service',
      'there is no Service "crat" in namespace shop; did you mean "cart"?',
      'crat',
      'ingress-backend-missing',
    ],
    [
      'https://shop.example.com/cart',
      ['port: {number: 80}', 'port: {number: 81}'],
      'port',
      'the Service has no port 81; known ports: 80 ("http")',
      'number: 81',
      'ingress-port-mismatch',
    ],
    [
      'https://api.example.org/v1',
      ['sectionName: secure', 'sectionName: secured'],
      'listener',
      'Gateway shop/public has no listener "secured"; it has "secure" (443)',
      'sectionName',
      'route-parent-missing',
    ],
    [
      'http://api.example.org/v1',
      undefined,
      'listener',
      'http://api.example.org needs a listener of protocol HTTP, and the route is taken by "secure" only; Gateway shop/public has "secure" (HTTPS 443, *.example.org)',
      'listeners',
      undefined,
    ],
    [
      'https://api.example.org/v1',
      ['hostname: "*.example.org"', 'hostname: "*.example.net"'],
      'listener',
      'no listener of Gateway shop/public takes this route: listener "secure" is for *.example.net, and the route for api.example.org',
      'parentRefs',
      'route-parent-missing',
    ],
    [
      'https://api.example.org/v1',
      ['backendRefs: [{name: web, port: 80}]', 'backendRefs: [{name: web, port: 81}]'],
      'port',
      'the Service has no port 81; known ports: 80 ("http")',
      'port: 81',
      'route-port-mismatch',
    ],
    [
      'service/web',
      ['selector: {app: web}\n  ports', 'selector: {app: wbe}\n  ports'],
      'endpoints',
      'no pod has app=wbe; Deployment shop/web has app=web',
      'selector: {app: wbe}',
      'service-selects-nothing',
    ],
    [
      'service/web',
      ['targetPort: http', 'targetPort: htttp'],
      'pod port',
      'no container of Deployment/web has a TCP port named "htttp"; it has "http" (8080)',
      'targetPort: htttp',
      'target-port-name-unresolved',
    ],
    [
      'service/web',
      ['selector: {app: web}\n  ports', 'ports'],
      'endpoints',
      'no selector, and neither Endpoints nor an EndpointSlice for it was read',
      'name: web',
      'service-without-endpoints',
    ],
    [
      'deployment/web service/web:8080',
      undefined,
      'port',
      'port 8080 is where the pods listen; the Service itself has 80 ("http")',
      'targetPort: http',
      undefined,
    ],
    [
      'service/web',
      ['path: /healthz, port: http', 'path: /healthz, port: health'],
      'ready',
      'Deployment/web is not ready: readiness probe of container "web" names port "health", which the container does not declare',
      'port: health',
      'probe-port-name-unresolved',
    ],
    [
      'service/web',
      ['replicas: 2', 'replicas: 0'],
      'ready',
      'Deployment/web has no pods: spec.replicas is 0',
      'replicas: 0',
      undefined,
    ],
    [
      'deployment/web service/cart',
      [
        'from: [{podSelector: {matchLabels: {app: web}}}]',
        'from: [{podSelector: {matchLabels: {app: front}}}]',
      ],
      'policy',
      'NetworkPolicy cart does not admit Deployment/web to StatefulSet/cart: on TCP 8080 it admits pods app=front of the same namespace only, and Deployment/web has app=web in namespace shop',
      'app: front',
      undefined,
    ],
    [
      'deployment/web service/cart',
      [
        'podSelector: {matchLabels: {app: cart}}\n  ingress:\n    - from: [{podSelector: {matchLabels: {app: web}}}]',
        'podSelector: {matchLabels: {app: web}}\n  policyTypes: [Egress]\n  egress:\n    - to: [{podSelector: {matchLabels: {app: cart}}}]',
      ],
      'name',
      'Deployment/web may not ask cluster DNS for it: NetworkPolicy cart allows nothing out to port 53',
      'egress:',
      undefined,
    ],
    [
      'deployment/web service/cart',
      ['selector: {app: cart}', 'clusterIP: None\n  selector: {app: cart}'],
      'port',
      'Service shop/cart is headless, so port 80 is dialled in the pods themselves, which listen on 8080',
      'targetPort: 8080',
      undefined,
    ],
  ])('%s, with %j: at the %s', async (line, change, step, text, written, rule) => {
    const { code, traces, text: manifest } = await traced(line, change);
    expect(code).toBe(1);
    expect(traces.map(({ state }) => state)).toEqual(['broken']);
    const last = traces[0]?.hops.at(-1);
    expect(last).toMatchObject({ step, state: 'broken', text });
    if (rule !== undefined) expect(last?.rule).toBe(rule);
    if (written !== undefined)
      expect(manifest.split('\n')[(last?.range?.start.line ?? 0) - 1]).toContain(written);
    expect(traces[0]?.hops.slice(0, -1).filter(({ state }) => state === 'broken')).toEqual([]);
  });
});

describe('what manifests do not tell', () => {
  it.each<[string, Change, string, string]>([
    [
      'https://shop.example.com/',
      ['ingressClassName: nginx', 'ingressClassName: alb'],
      'class',
      'class alb was not read: whether a controller serves it is known to the cluster only',
    ],
    [
      'https://shop.example.com/',
      ['  tls:\n    - hosts: [shop.example.com]\n      secretName: shop-tls\n', ''],
      'certificate',
      'the Ingress has no TLS: who answers on port 443, and with which certificate, is known to the controller only',
    ],
    [
      'service/web',
      ['targetPort: http', 'targetPort: 9000'],
      'pod port',
      '9000/TCP in Deployment/web, where the containers declare 8080/TCP: only a running pod tells who listens',
    ],
    [
      'deployment/web service/basket',
      ['cart.shop.svc.cluster.local', 'cart.example.net'],
      'outside',
      'it is an alias of cart.example.net, which is not among what was read',
    ],
    [
      'http://shop.example.com/cart/v2',
      ['path: /, pathType: Prefix', 'path: "/c[a-z]+t/.*", pathType: ImplementationSpecific'],
      'policy',
      'restricted to pods app=web of the same namespace (NetworkPolicy cart): whether the caller is among them is not known',
    ],
    [
      'http://shop.example.com/help',
      ['path: /, pathType: Prefix', 'path: "/h[a-z]+p", pathType: ImplementationSpecific'],
      'rule',
      'no rule takes shop.example.com/help for certain; its rules for the host take /h[a-z]+p and /cart',
    ],
    [
      'https://api.example.org/v1',
      ['hostname: "*.example.org"', 'hostname: "${HOST}"'],
      'listener',
      'a host is filled in later',
    ],
    [
      'service/basket',
      ['{type: ExternalName, externalName: cart.shop.svc.cluster.local, ports', '{ports'],
      'endpoints',
      'no selector, and neither Endpoints nor an EndpointSlice for it was read: somebody may write them in the cluster',
    ],
    [
      'service/cart',
      ['app: web}}}]', 'app: front}}}]'],
      'policy',
      'restricted to pods app=front of the same namespace (NetworkPolicy cart): whether the caller is among them is not known',
    ],
    [
      'deployment/web service/cart',
      [
        'image: registry.example.com/cart:1\n          ports: [{name: http, containerPort: 8080}]',
        'image: redis:7\n          ports: [{name: http, containerPort: 8080}]\n' +
          '          readinessProbe: {tcpSocket: {port: 6380}}',
      ],
      'ready',
      'container "cart" is ready when port 6380 answers; but readinessProbe dials port 6380, but the image redis as it comes listens on 6379 only',
    ],
    [
      'https://shop.example.com:8443/',
      ['replicas: 2', 'replicas: 3'],
      'listener',
      'an Ingress says no port: whether its controller listens on 8443 is not known',
    ],
  ])('%s, with %j: %s', async (line, change, step, text) => {
    const { code, traces } = await traced(line, change);
    expect(code).toBe(0);
    expect(traces[0]?.state).toBe('unknown');
    expect(traces[0]?.hops.filter(({ state }) => state === 'unknown')).toMatchObject([
      { step, text },
    ]);
  });
});

describe('wrong use', () => {
  it.each([
    ['/api', '/api'],
    ['/api(/|$)(.*)', '/api'],
    ['/api/.*', '/api/'],
  ])('an Ingress, with an address that it takes: %s', async (path, taken) => {
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: front }\nspec:\n  rules:\n' +
      `    - host: books.example.com\n      http: { paths: [{ path: "${path}", pathType: ` +
      'ImplementationSpecific, backend: { service: { name: web, port: { number: 80 } } } }] }\n';
    const { err } = await run(['trace', 'ing/front'], { files: { 'a.yaml': ingress } });
    expect(err).toContain(`name a URL that it takes, such as https://books.example.com${taken}\n`);
  });

  it.each([
    [
      'deployment/wbe service/cart',
      1,
      'deployment "wbe" not found in the 1 file read; did you mean "web"?',
    ],
    [
      'deployment/web service/crat',
      1,
      'service "crat" not found in the 1 file read; did you mean "cart"?',
    ],
    ['deployment/web', 2, 'Deployment/web sends requests: name the other end as well'],
    ['deploy/web', 2, 'Deployment/web sends requests: name the other end as well'],
    [
      'ing/front',
      2,
      'a request starts at a URL, a Service or a workload, not at ing/front: name a URL that it ' +
        'takes, such as https://shop.example.com/\n',
    ],
    ['service/web service/cart', 2, 'a Service sends nothing'],
    ['https://a.example.com service/cart', 2, 'takes no second end'],
    ['nope', 1, 'service "nope" not found'],
    ['nope cart', 1, 'workload "nope" not found'],
    [
      'k8s/none.yaml',
      2,
      '"k8s/none.yaml" is neither a URL, HOST:PORT, KIND/NAME nor the name of a Service',
    ],
  ])('%s', async (line, exit, message) => {
    const { code, err, traces } = await traced(line);
    expect({ code, traces }).toEqual({ code: exit, traces: [] });
    expect(err).toContain(message);
  });

  it.each(['trace', 'get', 'describe'])('%s tells what a kind alone lacks', async (command) => {
    const { code, err } = await run([command, 'svc/']);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: "svc\/" has no name behind it: write svc\/NAME\n/);
  });

  it('asks for two ends at least', async () => {
    const { code, err } = await run(['trace'], { files: { 'k8s.yaml': shop } });
    expect(code).toBe(2);
    expect(err).toContain('trace what?');
  });
});

it('is printed a hop a line, with places and what to do', async () => {
  const { code, out } = await run(['trace', 'https://shop.example.com/cart', 'k8s.yaml'], {
    files: {
      'k8s.yaml': shop.replace('name: cart, port: {number: 80}', 'name: crat, port: {number: 80}'),
    },
  });
  expect(code).toBe(1);
  expect(`\n${out}`).toMatchInlineSnapshot(`
    "
    https://shop.example.com/cart
      ok       rule         Ingress shop/front takes shop.example.com, path /cart (Prefix)
                            k8s.yaml:19:14
      ok       class        class nginx, served by k8s.io/ingress-nginx
                            k8s.yaml:10:21
      ok       certificate  certificate from Secret shop-tls
                            k8s.yaml:13:19
      broken   service      there is no Service "crat" in namespace shop; did you mean "cart"?
                            k8s.yaml:19:71
                            see: k8s.yaml:66:18 (this Service)
                            help: change it to cart
                            rule: ingress-backend-missing

    broken at: service
    "
  `);
});

it('a URL with the name of a Service is told what it is from within', async () => {
  const { code, out } = await run(['trace', 'http://web', 'shop.yaml'], {
    files: { 'shop.yaml': service('web', { namespace: 'shop' }) },
  });
  expect(code).toBe(1);
  expect(out.replace(/\s+/g, ' ')).toContain(
    'help: from outside only an Ingress or a Gateway is asked: for the Service itself trace service/web,',
  );
});

describe('several overlays', () => {
  const objects = (namespace: string): string =>
    `${deployment('web')}---\n${service('web')}---\napiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec:
  rules:
    - host: ${namespace}.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
`;
  const files = Object.fromEntries(
    ['dev', 'prod'].flatMap((name) => [
      [`${name}/kustomization.yaml`, `namespace: ${name}\nresources: [all.yaml]\n`],
      [`${name}/all.yaml`, objects(name)],
    ]),
  );
  it.each([
    ['http://prod.example.com/', 'Ingress prod/web takes prod.example.com'],
    ['svc/web -n prod', 'Service prod/web'],
    ['deploy/web svc/web -n prod', 'Service prod/web'],
  ])('trace %s goes one way', async (line, text) => {
    const { out } = await run(['trace', ...line.split(' ')], { files });
    expect(out).toContain(text);
    expect(out).not.toMatch(/\bdev\b|way 1 of/);
  });

  it.each([
    ['svc/web -n prd', 'service "web" not found in namespace prd'],
    ['svc/web -n prd', '; it is in namespace dev, prod'],
    ['svc/wbe -n prod', 'service "wbe" not found in namespace prod in the 4 files read; did you'],
  ])('trace %s says where it is', async (line, text) => {
    const { code, err } = await run(['trace', ...line.split(' ')], { files });
    expect([code, err]).toEqual([1, expect.stringContaining(text)]);
  });
});
