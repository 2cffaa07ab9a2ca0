import { describe, expect, it } from 'vitest';
import { fieldsAt, patternOf } from '../../src/kubernetes/fields.ts';
import { asJsonObject, asText, type JsonObject } from '../../src/kubernetes/json.ts';
import { operatorReferenceTable } from '../../src/kubernetes/operator-reference-table.ts';
import { podReferences, referenceTable } from '../../src/kubernetes/reference-table.ts';
import {
  type Reference,
  referencesOf,
  type Referrer,
  serviceOfHost,
} from '../../src/kubernetes/references.ts';
import { selectorsOf } from '../../src/kubernetes/selectors.ts';
import { full } from '../manifest/support.ts';

/** `Service shop/web:80 at spec.to.name`: what was found, and where. */
function summary({ group, kind, namespace, name, port, key, path, optional }: Reference): string {
  const type = `${group === '' ? '' : `${group}/`}${kind}`;
  const part = port === undefined ? (key === undefined ? '' : `#${key.value}`) : `:${port.value}`;
  const where = namespace === undefined ? '' : `${namespace}/`;
  return `${type} ${where}${name}${part}${optional ? '?' : ''} at ${path.join('.')}`;
}

/** An object of namespace shop. */
function object(apiVersion: string, kind: string, rest: string): Referrer {
  const value: JsonObject = { apiVersion, kind, ...asJsonObject(full(rest)) };
  return { apiVersion, kind, namespace: 'shop', value };
}

interface Case {
  readonly name: string;
  readonly object: Referrer;
  readonly names: readonly string[];
}

const path = '- { http: { paths: [{ path: /, backend:';
const cases: readonly Case[] = [
  {
    name: 'an Ingress',
    object: object(
      'networking.k8s.io/v1',
      'Ingress',
      `
metadata: { annotations: { nginx.ingress.kubernetes.io/auth-secret: team/basic } }
spec:
  ingressClassName: nginx
  tls: [{ secretName: tls }, {}]
  defaultBackend: { resource: { apiGroup: k8s.example.com, kind: Bucket, name: static } }
  rules:
    ${path} { service: { name: web, port: { number: 80 } } } }] } }
    ${path} { service: { name: api, port: { name: http } } } }] } }
`,
    ),
    names: [
      'Service shop/web:80 at spec.rules.0.http.paths.0.backend.service.name',
      'Service shop/api:http at spec.rules.1.http.paths.0.backend.service.name',
      'k8s.example.com/Bucket shop/static at spec.defaultBackend.resource.name',
      'Secret shop/tls at spec.tls.0.secretName',
      'networking.k8s.io/IngressClass nginx at spec.ingressClassName',
      'Secret team/basic at metadata.annotations.nginx.ingress.kubernetes.io/auth-secret',
    ],
  },
  {
    name: 'an Ingress of old',
    object: object(
      'extensions/v1beta1',
      'Ingress',
      `
spec:
  backend: { serviceName: fallback, servicePort: http }
  rules:
    ${path} { serviceName: web, servicePort: 80 } }] } }
`,
    ),
    names: [
      'Service shop/fallback:http at spec.backend.serviceName',
      'Service shop/web:80 at spec.rules.0.http.paths.0.backend.serviceName',
    ],
  },
  {
    name: 'a route of Gateway API, into another namespace and to another kind',
    object: object(
      'gateway.networking.k8s.io/v1',
      'HTTPRoute',
      `
spec:
  parentRefs: [{ name: public, namespace: infra }, { group: '', kind: Service, name: web }]
  rules:
    - backendRefs:
        - { name: web, port: 80 }
        - { name: api, namespace: team, port: 8080 }
        - { group: multicluster.x-k8s.io, kind: ServiceImport, name: far }
      filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: copy, port: 80 } } }]
`,
    ),
    names: [
      'gateway.networking.k8s.io/Gateway infra/public at spec.parentRefs.0.name',
      'Service shop/web at spec.parentRefs.1.name',
      'Service shop/web:80 at spec.rules.0.backendRefs.0.name',
      'Service team/api:8080 at spec.rules.0.backendRefs.1.name',
      'multicluster.x-k8s.io/ServiceImport shop/far at spec.rules.0.backendRefs.2.name',
      'Service shop/copy:80 at spec.rules.0.filters.0.requestMirror.backendRef.name',
    ],
  },
  {
    name: 'a Gateway',
    object: object(
      'gateway.networking.k8s.io/v1',
      'Gateway',
      'spec: { gatewayClassName: istio, listeners: [{ tls: { certificateRefs: [{ name: tls }, { kind: ConfigMap, name: ca, namespace: team }] } }] }',
    ),
    names: [
      'gateway.networking.k8s.io/GatewayClass istio at spec.gatewayClassName',
      'Secret shop/tls at spec.listeners.0.tls.certificateRefs.0.name',
      'ConfigMap team/ca at spec.listeners.0.tls.certificateRefs.1.name',
    ],
  },
  {
    name: 'all that a workload’s pods name',
    object: object(
      'batch/v1',
      'CronJob',
      `
spec: { jobTemplate: { spec: { template: { spec: {
  serviceAccountName: runner, serviceAccount: runner, priorityClassName: low, runtimeClassName: gvisor,
  imagePullSecrets: [{ name: registry }],
  initContainers: [{ envFrom: [{ secretRef: { name: boot, optional: true } }] }],
  containers: [{ env: [
      { name: A, valueFrom: { configMapKeyRef: { name: settings, key: a } } },
      { name: B, valueFrom: { secretKeyRef: { name: keys, key: b, optional: true } } },
      { name: C, value: plain }] }],
  volumes: [
    { name: a, configMap: { name: files } },
    { name: b, secret: { secretName: certificates } },
    { name: c, persistentVolumeClaim: { claimName: data } },
    { name: d, projected: { sources: [{ secret: { name: token } }, { configMap: { name: ca } }] } }] } } } } }
`,
    ),
    names: [
      'ServiceAccount shop/runner at serviceAccountName',
      'scheduling.k8s.io/PriorityClass low at priorityClassName',
      'node.k8s.io/RuntimeClass gvisor at runtimeClassName',
      'Secret shop/registry at imagePullSecrets.0.name',
      'ConfigMap shop/settings#a at containers.0.env.0.valueFrom.configMapKeyRef.name',
      'Secret shop/keys#b? at containers.0.env.1.valueFrom.secretKeyRef.name',
      'Secret shop/boot? at initContainers.0.envFrom.0.secretRef.name',
      'ConfigMap shop/files at volumes.0.configMap.name',
      'ConfigMap shop/ca at volumes.3.projected.sources.1.configMap.name',
      'Secret shop/certificates at volumes.1.secret.secretName',
      'Secret shop/token at volumes.3.projected.sources.0.secret.name',
      'PersistentVolumeClaim shop/data at volumes.2.persistentVolumeClaim.claimName',
    ].map((name) => name.replace(' at ', ' at spec.jobTemplate.spec.template.spec.')),
  },
  {
    name: 'an autoscaler that leaves the apiVersion out',
    object: object(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'spec: { scaleTargetRef: { kind: Deployment, name: web }, metrics: [{ object: { describedObject: { apiVersion: networking.k8s.io/v1, kind: Ingress, name: front } } }] }',
    ),
    names: [
      'Deployment shop/web at spec.scaleTargetRef.name',
      'networking.k8s.io/Ingress shop/front at spec.metrics.0.object.describedObject.name',
    ],
  },
  {
    name: 'a ScaledObject, whose target is a Deployment unless it says otherwise',
    object: object('keda.sh/v1alpha1', 'ScaledObject', 'spec: { scaleTargetRef: { name: web } }'),
    names: ['apps/Deployment shop/web at spec.scaleTargetRef.name'],
  },
  {
    name: 'a StatefulSet',
    object: object(
      'apps/v1',
      'StatefulSet',
      'spec: { serviceName: db, template: { spec: { serviceAccount: db } } }',
    ),
    names: [
      'Service shop/db at spec.serviceName',
      'ServiceAccount shop/db at spec.template.spec.serviceAccount',
    ],
  },
  {
    name: 'a webhook, which belongs to no namespace',
    object: {
      ...object(
        'admissionregistration.k8s.io/v1',
        'ValidatingWebhookConfiguration',
        'webhooks: [{ clientConfig: { service: { name: hook, namespace: infra, port: 8443 } } }, { clientConfig: { url: x } }]',
      ),
      namespace: undefined,
    } as never,
    names: ['Service infra/hook:8443 at webhooks.0.clientConfig.service.name'],
  },
  {
    name: 'a VirtualService: hosts of Services, and gateways but for the mesh',
    object: object(
      'networking.istio.io/v1',
      'VirtualService',
      `
spec:
  gateways: [mesh, infra/public, local]
  http:
    - route:
        - destination: { host: web, port: { number: 80 } }
        - destination: { host: api.team.svc.cluster.local }
        - destination: { host: www.example.com }
      mirror: { host: copy.team }
`,
    ),
    names: [
      'Service shop/web:80 at spec.http.0.route.0.destination.host',
      'Service team/api at spec.http.0.route.1.destination.host',
      'Service team/copy at spec.http.0.mirror.host',
      'networking.istio.io/Gateway infra/public at spec.gateways.1',
      'networking.istio.io/Gateway shop/local at spec.gateways.2',
    ],
  },
  {
    name: 'a RoleBinding: users are not objects',
    object: object(
      'rbac.authorization.k8s.io/v1',
      'RoleBinding',
      `
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects:
  - { kind: User, apiGroup: rbac.authorization.k8s.io, name: jane }
  - { kind: ServiceAccount, name: runner }
  - { kind: ServiceAccount, name: other, namespace: team }
`,
    ),
    names: [
      'rbac.authorization.k8s.io/ClusterRole view at roleRef.name',
      'ServiceAccount shop/runner at subjects.1.name',
      'ServiceAccount team/other at subjects.2.name',
    ],
  },
  {
    name: 'an IngressRoute of Traefik',
    object: object(
      'traefik.io/v1alpha1',
      'IngressRoute',
      `
spec:
  tls: { secretName: tls, options: { name: strict, namespace: infra } }
  routes:
    - middlewares: [{ name: auth }]
      services: [{ name: web, port: http }, { kind: TraefikService, name: weighted }]
`,
    ),
    names: [
      'Service shop/web:http at spec.routes.0.services.0.name',
      'traefik.io/TraefikService shop/weighted at spec.routes.0.services.1.name',
      'traefik.io/Middleware shop/auth at spec.routes.0.middlewares.0.name',
      'Secret shop/tls at spec.tls.secretName',
      'traefik.io/TLSOption infra/strict at spec.tls.options.name',
    ],
  },
  {
    name: 'an HTTPProxy of Contour',
    object: object(
      'projectcontour.io/v1',
      'HTTPProxy',
      'spec: { virtualhost: { tls: { secretName: infra/tls } }, routes: [{ services: [{ name: web, port: 80 }] }], includes: [{ name: blog, namespace: team }] }',
    ),
    names: [
      'Service shop/web:80 at spec.routes.0.services.0.name',
      'projectcontour.io/HTTPProxy team/blog at spec.includes.0.name',
      'Secret infra/tls at spec.virtualhost.tls.secretName',
    ],
  },
  {
    name: 'a Rollout',
    object: object(
      'argoproj.io/v1alpha1',
      'Rollout',
      `
spec:
  strategy:
    canary:
      stableService: web
      canaryService: web-canary
      trafficRouting: { nginx: { stableIngress: front } }
  template: { spec: { containers: [{ envFrom: [{ configMapRef: { name: settings } }] }] } }
`,
    ),
    names: [
      'Service shop/web at spec.strategy.canary.stableService',
      'Service shop/web-canary at spec.strategy.canary.canaryService',
      'networking.k8s.io/Ingress shop/front at spec.strategy.canary.trafficRouting.nginx.stableIngress',
      'ConfigMap shop/settings at spec.template.spec.containers.0.envFrom.0.configMapRef.name',
    ],
  },
  {
    name: 'a ServiceMonitor',
    object: object(
      'monitoring.coreos.com/v1',
      'ServiceMonitor',
      'spec: { endpoints: [{ basicAuth: { password: { name: login, key: password } } }] }',
    ),
    names: ['Secret shop/login#password at spec.endpoints.0.basicAuth.password.name'],
  },
  {
    name: 'nothing of a kind that nobody knows, or that is named like a property of all objects',
    object: object('constructor/v1', '__proto__', 'spec: { serviceName: web }'),
    names: [],
  },
  {
    name: 'nothing where the fields have another form',
    object: object(
      'networking.k8s.io/v1',
      'Ingress',
      'spec: { tls: { secretName: a }, rules: [null, 3, { http: [] }], ingressClassName: 3, defaultBackend: { service: { name: "" } } }',
    ),
    names: [],
  },
];

describe('referencesOf', () => {
  it.each(cases)('finds $name', ({ object: referrer, names }) => {
    expect(referencesOf(referrer).map(summary)).toEqual(names);
  });

  it.each(cases)('leads to the names of $name', ({ object: { value }, object: referrer }) => {
    for (const { path: at, name } of referencesOf(referrer)) {
      const [field] = fieldsAt(value as JsonObject, []).map((root) =>
        at.reduce<unknown>(
          (node, step) => (node as Record<string | number, unknown>)[step],
          root.value,
        ),
      );
      expect(asText(field as string)).toContain(name);
    }
  });

  it('gives those of some kinds only', () => {
    const rollout = cases.find(({ name }) => name === 'a Rollout')?.object;
    const found = rollout && referencesOf(rollout, new Set(['Ingress', 'ConfigMap']));
    expect(found?.map(({ kind }) => kind)).toEqual(['Ingress', 'ConfigMap']);
  });

  it('does not look at the value where nothing of the kind can be', () => {
    const closed = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      get value(): JsonObject {
        throw new Error('was looked at');
      },
    };
    expect(referencesOf(closed, new Set(['Service']))).toEqual([]);
  });

  it('says where the namespace and the port stand', () => {
    const [found] = referencesOf(
      object(
        'apiregistration.k8s.io/v1',
        'APIService',
        'spec: { service: { name: metrics, namespace: infra, port: 443 } }',
      ),
    );
    expect(found?.namespacePath).toEqual(['spec', 'service', 'namespace']);
    expect(found?.port?.path).toEqual(['spec', 'service', 'port']);
  });
});

describe('the table of references', () => {
  const lists = [...Object.values({ ...referenceTable, ...operatorReferenceTable }), podReferences];
  const rows = lists.flat();

  it('has a type in one part of it only', () => {
    expect(Object.keys(operatorReferenceTable).filter((type) => type in referenceTable)).toEqual(
      [],
    );
  });

  it('names each field once for each type', () => {
    for (const own of lists) {
      const places = own.map(({ at, entry = '' }) => `${at} ${entry}`);
      expect(places).toEqual([...new Set(places)]);
    }
  });

  it('gives the kind, or has it stand beside the name', () => {
    const open = rows.filter(({ to, typed }) => to === '' && typed !== true);
    expect(open).toEqual([]);
    for (const { to } of rows) expect(to).toMatch(/^(?:[a-z0-9.-]+\/)?(?:[A-Z]\w+)?$/);
  });
});

describe('serviceOfHost', () => {
  it.each([
    ['web', 'shop/web'],
    ['web.team', 'team/web'],
    ['web.team.svc', 'team/web'],
    ['web.team.svc.cluster.local', 'team/web'],
    ['www.example.com', undefined],
    ['*.team', undefined],
    ['web.*', undefined],
    ['', undefined],
  ])('%j is %j', (host, expected) => {
    const found = serviceOfHost(host, 'shop');
    expect(found && `${found.namespace}/${found.name}`).toBe(expected);
  });
});

describe('patternOf', () => {
  it('leads through lists of lists, and past what is not there', () => {
    const value = { a: [{ b: [1, 2] }, null, { b: 3 }, { b: [4] }] };
    expect(fieldsAt(value, patternOf('a[].b[]')).map((field) => field.path.join('.'))).toEqual([
      'a.0.b.0',
      'a.0.b.1',
      'a.3.b.0',
    ]);
    expect(fieldsAt(value, patternOf('constructor.name'))).toEqual([]);
  });
});

describe('selectorsOf', () => {
  it.each([
    [object('v1', 'Service', 'spec: { selector: { app: web } }'), ['spec.selector own app=web']],
    [
      object('apps/v1', 'Deployment', 'spec: { selector: { matchLabels: { app: web, tier: 1 } } }'),
      ['spec.selector own app=web'],
    ],
    [
      object('v1', 'ReplicationController', 'spec: { selector: { app: web } }'),
      ['spec.selector own app=web'],
    ],
    [
      object(
        'networking.k8s.io/v1',
        'NetworkPolicy',
        'spec: { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }, {}] }] }',
      ),
      ['spec.podSelector own ', 'spec.ingress.0.from.0.podSelector selected app=api'],
    ],
    [
      object(
        'monitoring.coreos.com/v1',
        'ServiceMonitor',
        'spec: { selector: { matchLabels: { app: web } } }',
      ),
      ['spec.selector named app=web'],
    ],
    [object('v1', 'ConfigMap', 'spec: { selector: { app: web } }'), []],
  ])('%o', (referrer, expected) => {
    const found = selectorsOf(referrer).map(
      ({ path: at, looksInto, pairs }) =>
        `${at.join('.')} ${looksInto} ${Object.entries(pairs)
          .map((pair) => pair.join('='))
          .join()}`,
    );
    expect(found).toEqual(expected);
  });
});
