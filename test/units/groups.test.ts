/** Directories: apart, joined by what one needs of another, or split into alternatives. */
import { describe, expect, it } from 'vitest';
import { contents, deployment, type Files, kustomization, service, unitsOf } from './support.ts';

const endpoints = (name: string): string =>
  `apiVersion: v1\nkind: Endpoints\nmetadata: { name: ${name} }\n`;
const slice = (name: string, of: string): string =>
  `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: ${name}, labels: { kubernetes.io/service-name: ${of} } }\naddressType: IPv4\n`;
const statefulSet = (name: string, serviceName: string): string =>
  deployment(name, { kind: 'StatefulSet' }).replace(
    'spec: {',
    `spec: { serviceName: ${serviceName},`,
  );
const ingress = (name: string, ...backends: string[]): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: ${name} }\nspec: { rules: [{ http: { paths: [${backends
    .map(
      (backend) =>
        `{ path: /, pathType: Prefix, backend: { service: { name: ${backend}, port: { number: 80 } } } }`,
    )
    .join(', ')}] } }] }\n`;
const autoscaler = (name: string, target: string): string =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: ${name} }\nspec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${target} } }\n`;
const budget = (name: string, app: string): string =>
  `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: ${name} }\nspec: { maxUnavailable: 1, selector: { matchLabels: { app: ${app} } } }\n`;
/** Any other object that refers to something by name. */
const referrer = (apiVersion: string, kind: string, spec: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\nspec: { ${spec} }\n`;

describe('directories', () => {
  const cases: [title: string, files: Files, units: string[]][] = [
    [
      'without anything in common stay apart',
      { 'a/a.yaml': deployment('a'), 'b/b.yaml': deployment('b') },
      ['Deployment/a', 'Deployment/b'],
    ],
    [
      'hold all their files together',
      { 'a/x.yaml': deployment('a'), 'a/y.yaml': service('a') },
      ['Deployment/a Service/a'],
    ],
    [
      'are joined where a Service selects pods',
      { 'svc/web.yaml': service('web'), 'deploy/web.yaml': deployment('web') },
      ['Deployment/web Service/web'],
    ],
    [
      'of test data hold a case in each file',
      {
        'deploy/api.yaml': deployment('api') + '---\n' + service('web'),
        'pkg/testdata/a.yaml': deployment('web'),
        'pkg/testdata/b.yaml': service('api') + '---\n' + service('web'),
      },
      ['Deployment/api Service/web', 'Deployment/web', 'Service/api Service/web'],
    ],
    [
      'of test data that were asked for are like any other',
      { 'testdata/x/a.yaml': deployment('web'), 'testdata/x/b.yaml': service('web') },
      ['Deployment/web Service/web'],
    ],
    [
      'are not joined where labels differ',
      { 'svc/web.yaml': service('web'), 'deploy/web.yaml': deployment('web', { app: 'api' }) },
      ['Deployment/web', 'Service/web'],
    ],
    [
      'are not joined where the own one is a letter off',
      {
        'a/web.yaml': service('web') + '---\n' + deployment('wbe'),
        'b/web.yaml': deployment('web'),
      },
      ['Deployment/wbe Service/web', 'Deployment/web'],
    ],
    [
      'are not joined where the own one of the same name lacks a label',
      {
        'a/web.yaml':
          service('web', { spec: 'selector: { app: web, tier: front }' }) +
          '---\n' +
          deployment('web'),
        'b/old.yaml': deployment('old').replaceAll('{ app: old }', '{ app: web, tier: front }'),
      },
      ['Deployment/old', 'Deployment/web Service/web'],
    ],
    [
      'are joined where the one that is a letter off belongs to another Service',
      {
        'a/web.yaml': [service('web-ui'), deployment('web-ui'), service('web-db')].join('---\n'),
        'b/db.yaml': deployment('web-db'),
      },
      ['Deployment/web-db Deployment/web-ui Service/web-db Service/web-ui'],
    ],
    [
      'are not joined where a backend is a letter off',
      {
        'a/web.yaml': ingress('web', 'web') + '---\n' + service('wbe'),
        'b/web.yaml': service('web'),
      },
      ['Ingress/web Service/wbe', 'Service/web'],
    ],
    [
      'are not joined where namespaces differ',
      {
        'svc/web.yaml': service('web', { namespace: 'a' }),
        'deploy/web.yaml': deployment('web', { namespace: 'b' }),
      },
      ['Deployment/web@b', 'Service/web@a'],
    ],
    [
      'are joined where a Service without selector has Endpoints',
      { 'svc/db.yaml': service('db', { spec: 'type: ClusterIP' }), 'ep/db.yaml': endpoints('db') },
      ['Endpoints/db Service/db'],
    ],
    [
      'are joined where Endpoints need their Service',
      { 'ep/db.yaml': endpoints('db'), 'svc/db.yaml': service('db') },
      ['Endpoints/db Service/db'],
    ],
    [
      'are joined where a slice names its Service',
      { 'slice/x.yaml': slice('x', 'db'), 'svc/db.yaml': service('db') },
      ['EndpointSlice/x Service/db'],
    ],
    [
      'are joined where a Service without selector has a slice',
      { 'svc/db.yaml': service('db', { spec: 'type: ClusterIP' }), 'zz/x.yaml': slice('x', 'db') },
      ['EndpointSlice/x Service/db'],
    ],
    [
      'are joined by serviceName',
      {
        'set/db.yaml': statefulSet('db', 'headless'),
        'svc/x.yaml': service('headless', { app: 'x' }),
      },
      ['Service/headless StatefulSet/db'],
    ],
    [
      'are joined by the hosts that containers are given',
      {
        'app/web.yaml': deployment('web').replace(
          'name: main,',
          'name: main, env: [{ name: DB, value: "postgres://db:5432/shop" }],',
        ),
        'data/db.yaml': service('db'),
      },
      ['Deployment/web Service/db'],
    ],
    [
      'are joined by the backends of an Ingress',
      { 'ing/x.yaml': ingress('x', 'web'), 'svc/x.yaml': service('web') },
      ['Ingress/x Service/web'],
    ],
    [
      'are joined by scaleTargetRef',
      { 'hpa/x.yaml': autoscaler('x', 'web'), 'app/x.yaml': deployment('web') },
      ['Deployment/web HorizontalPodAutoscaler/x'],
    ],
    [
      'are joined by the target of a KEDA ScaledObject, which is a Deployment unless it says otherwise',
      {
        'keda/x.yaml': referrer(
          'keda.sh/v1alpha1',
          'ScaledObject',
          'scaleTargetRef: { name: web }',
        ),
        'app/x.yaml': deployment('web'),
      },
      ['Deployment/web ScaledObject/x'],
    ],
    [
      'are joined by a Route of OpenShift',
      {
        'route/x.yaml': referrer(
          'route.openshift.io/v1',
          'Route',
          'to: { kind: Service, name: web }',
        ),
        'svc/x.yaml': service('web'),
      },
      ['Route/x Service/web'],
    ],
    [
      'are joined by the Services of a Rollout',
      {
        'app/x.yaml': referrer(
          'argoproj.io/v1alpha1',
          'Rollout',
          'strategy: { canary: { stableService: web } }',
        ),
        'svc/x.yaml': service('web'),
      },
      ['Rollout/x Service/web'],
    ],
    [
      'are joined by a webhook, in the namespace that it names',
      {
        'hook/x.yaml': `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: { name: x }\nwebhooks: [{ clientConfig: { service: { name: web, namespace: shop } } }]\n`,
        'svc/x.yaml': service('web', { namespace: 'shop' }),
      },
      ['Service/web@shop ValidatingWebhookConfiguration/x'],
    ],
    [
      'are joined by an APIService',
      {
        'api/x.yaml': referrer(
          'apiregistration.k8s.io/v1',
          'APIService',
          'service: { name: web, namespace: shop }',
        ),
        'svc/x.yaml': service('web', { namespace: 'shop' }),
      },
      ['APIService/x Service/web@shop'],
    ],
    [
      'are joined by a disruption budget',
      { 'pdb/x.yaml': budget('x', 'web'), 'app/x.yaml': deployment('web') },
      ['Deployment/web PodDisruptionBudget/x'],
    ],
    [
      'are joined along a chain of references; a part of the chain that needs something is a unit as well',
      {
        'ing/x.yaml': ingress('x', 'web'),
        'svc/x.yaml': service('web'),
        'app/x.yaml': deployment('web'),
      },
      ['Deployment/web Ingress/x Service/web', 'Deployment/web Service/web'],
    ],
    [
      'are joined with the nearest that offers what is needed',
      {
        'shop/svc/x.yaml': service('web'),
        'shop/app/x.yaml': deployment('web'),
        'old/app/x.yaml': deployment('web'),
      },
      ['Deployment/web', 'Deployment/web Service/web'],
    ],
    [
      'are not joined where two equally near offer the same object',
      {
        'svc/x.yaml': service('web'),
        'blue/x.yaml': deployment('web'),
        'green/x.yaml': deployment('web'),
      },
      ['Deployment/web', 'Deployment/web', 'Service/web'],
    ],
    [
      'are joined with several that do not exclude each other',
      {
        'svc/x.yaml': service('web'),
        'blue/x.yaml': deployment('blue', { app: 'web' }),
        'green/x.yaml': deployment('green', { app: 'web' }),
      },
      ['Deployment/blue Deployment/green Service/web'],
    ],
    [
      'are never joined where an object would be there twice',
      {
        'a/x.yaml': service('web') + '---\n' + deployment('api'),
        'b/x.yaml': deployment('web') + '---\n' + deployment('api'),
      },
      ['Deployment/api Deployment/web', 'Deployment/api Service/web'],
    ],
    [
      'are joined two levels up at most',
      {
        'a/b/svc/x.yaml': service('web'),
        'a/app/x.yaml': deployment('web'),
        'far/x/y/svc/x.yaml': service('api'),
        'api/x.yaml': deployment('api'),
      },
      ['Deployment/api', 'Deployment/web Service/web', 'Service/api'],
    ],
    [
      'below are joined like those beside',
      { 'x.yaml': service('web'), 'deploy/app/x.yaml': deployment('web') },
      ['Deployment/web Service/web'],
    ],
    [
      'that need nothing are part of every unit that needs them',
      {
        'base/x.yaml': deployment('web'),
        'dev/x.yaml': service('dev', { app: 'web' }),
        'prod/x.yaml': service('prod', { app: 'web' }),
      },
      ['Deployment/web Service/dev', 'Deployment/web Service/prod'],
    ],
    [
      'are not joined for what they hold themselves',
      {
        'a/x.yaml': service('web') + '---\n' + deployment('web'),
        'b/x.yaml': deployment('other', { app: 'web' }),
      },
      ['Deployment/other', 'Deployment/web Service/web'],
    ],
    [
      'are not joined by labels that controllers give',
      {
        'svc/x.yaml': service('web-0', {
          spec: 'selector: { app: web, statefulset.kubernetes.io/pod-name: web-0 }',
        }),
        'set/x.yaml': deployment('web', { kind: 'StatefulSet' }),
      },
      ['Service/web-0 StatefulSet/web'],
    ],
  ];
  it.each(cases)('%s', (_, files, units) => expect(contents(files)).toEqual(units));

  it('say why they are joined', () => {
    const files = { 'svc/web.yaml': service('web'), 'deploy/web.yaml': deployment('web') };
    expect(unitsOf(files).map(({ name, reason, joins }) => [name, reason, joins])).toEqual([
      [
        'svc',
        'directory, joined with deploy',
        [
          {
            directory: 'deploy',
            because: 'svc/web.yaml: Service web selects Deployment web (deploy/web.yaml)',
          },
        ],
      ],
    ]);
  });
});

describe('alternatives in one directory', () => {
  const cases: [title: string, files: Files, units: string[]][] = [
    [
      'are apart, each with what fits beside it',
      {
        'plain.yaml': deployment('web'),
        'tls.yaml': deployment('web'),
        'service.yaml': service('web'),
      },
      ['Deployment/web Service/web', 'Deployment/web Service/web'],
    ],
    [
      'replace what they redefine and leave the rest of the other file',
      {
        'all.yaml': `${deployment('web')}---\n${service('web')}`,
        'other.yaml': deployment('web', { app: 'api' }),
      },
      ['Deployment/web Service/web', 'Deployment/web Service/web'],
    ],
    [
      'are a collection when there are many: each with what it has to do with',
      {
        ...Object.fromEntries(
          Array.from({ length: 9 }, (_, number) => [
            `${number}.yaml`,
            `${deployment('web')}---\n${service(`own-${number}`)}`,
          ]),
        ),
        'service.yaml': service('web'),
      },
      Array.from({ length: 9 }, (_, number) => `Deployment/web Service/own-${number} Service/web`),
    ],
    [
      'are judged without the other common files of a collection, which are judged together',
      {
        ...Object.fromEntries(
          Array.from({ length: 9 }, (_, number) => [
            `${number}.yaml`,
            `${deployment('web')}---\n${service(`own-${number}`, { app: number < 2 ? 'api' : 'own' })}`,
          ]),
        ),
        'api.yaml': deployment('api'),
        'budget.yaml': budget('api', 'api'),
        'namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
        'shop.yaml': deployment('cart', { namespace: 'shop' }),
        'shop-more.yaml': deployment('till', { namespace: 'shop' }),
      },
      [
        'Deployment/api Deployment/cart@shop Deployment/till@shop Namespace/shop PodDisruptionBudget/api',
        'Deployment/api Deployment/web PodDisruptionBudget/api Service/own-0',
        'Deployment/api Deployment/web PodDisruptionBudget/api Service/own-1',
        ...Array.from({ length: 7 }, (_, number) => `Deployment/web Service/own-${number + 2}`),
      ],
    ],
    [
      'may come in pairs',
      {
        'a.yaml': deployment('web'),
        'b.yaml': deployment('web'),
        'c.yaml': service('api'),
        'd.yaml': service('api'),
      },
      ['Deployment/web Service/api', 'Deployment/web Service/api', 'Deployment/web Service/api'],
    ],
    [
      'are told by namespace as well',
      {
        'a.yaml': deployment('web', { namespace: 'a' }),
        'b.yaml': deployment('web', { namespace: 'b' }),
      },
      ['Deployment/web@a Deployment/web@b'],
    ],
    [
      'are not made by objects that are not part of the wiring',
      {
        'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n---\n' + deployment('a'),
        'b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n---\n' + deployment('b'),
      },
      ['Deployment/a Deployment/b'],
    ],
  ];
  it.each(cases)('%s', (_, files, units) => {
    const wired = contents(files).map((text) => text.replace(/ConfigMap\/x ?/g, '').trim());
    expect(wired).toEqual(units);
  });

  it('keep the order of the files, whichever of them is laid over the others', () => {
    const files = {
      'a.yaml': deployment('web') + '---\n' + deployment('api'),
      'b.yaml': deployment('web') + '---\n' + deployment('db'),
    };
    expect(unitsOf(files).map(({ objects }) => objects.map(({ name }) => name))).toEqual([
      ['api', 'web', 'db'],
      ['web', 'api', 'db'],
    ]);
  });

  it('leave others of a collection out when all together are too much to judge', () => {
    const count = 120;
    const files = Object.fromEntries(
      Array.from({ length: count }, (_, number): [string, string][] => [
        [`all/${number}.yaml`, deployment('web')],
        [`all/service-${number}.yaml`, service(`web-${number}`, { app: 'web' })],
      ]).flat(),
    );
    const units = unitsOf(files);
    const cut = units.filter(({ faults = [] }) => faults.length > 0);
    const judged = units.reduce((sum, { objects }) => sum + objects.length, 0);
    expect([judged < 12_000, cut.length > 10, cut.length < count]).toEqual([true, true, true]);
    expect(cut.every(({ objects }) => objects.length === 1)).toBe(true);
  });

  it('leave others of a collection out when what they share names too much', () => {
    const backends = Array.from({ length: 3000 }, (_, number) => `web-${number}`);
    const files = {
      'all/ingress.yaml': ingress('shop', ...backends),
      ...Object.fromEntries(
        Array.from({ length: 300 }, (_, number) => [`all/${number}.yaml`, service('web-0')]),
      ),
    };
    const units = unitsOf(files).filter(({ objects }) => objects.length > 1);
    expect([units.length > 100, units.length < 200]).toEqual([true, true]);
  });

  it('take part in joins one by one', () => {
    const files = {
      'app/a.yaml': deployment('web'),
      'app/b.yaml': deployment('web'),
      'app/deeper/svc.yaml': service('web'),
    };
    // Which of the two the Service is meant for stays open.
    expect(contents(files)).toEqual(['Deployment/web', 'Deployment/web', 'Service/web']);
  });
});

describe('modes', () => {
  const files = {
    'a/x.yaml': deployment('web'),
    'a/y.yaml': service('web'),
    'b/z.yaml': deployment('web'),
  };
  it('all: one unit', () =>
    expect(contents(files, 'all')).toEqual(['Deployment/web Deployment/web Service/web']));
  it('dir: one for each directory', () =>
    expect(contents(files, 'dir')).toEqual(['Deployment/web', 'Deployment/web Service/web']));
  it('file: one for each file', () =>
    expect(contents(files, 'file')).toEqual(['Deployment/web', 'Deployment/web', 'Service/web']));
  it('auto: files that were named are one unit', () =>
    expect(contents(files, 'auto', true)).toHaveLength(1));
  it('nothing read: none', () => expect(contents({})).toEqual([]));
});

describe('files that look like patches', () => {
  const fragments = (files: Files): string[] =>
    unitsOf(files).flatMap((unit) => [...unit.fragments].map(({ path }) => path));
  it('are those with patch in their name', () => {
    expect(
      fragments({ 'a/web.yaml': deployment('web'), 'a/replicas-patch.yaml': deployment('api') }),
    ).toEqual(['a/replicas-patch.yaml']);
  });
  it('are those in a directory of patches', () =>
    expect(fragments({ 'a/patches/web.yaml': deployment('web') })).toEqual(['a/patches/web.yaml']));
  it('are those beside a kustomization that does not list them', () => {
    const files = {
      'a/kustomization.yaml': kustomization('resources: [web.yaml]'),
      'a/web.yaml': deployment('web'),
      'a/other.yaml': deployment('other'),
    };
    expect(fragments(files)).toEqual(['a/other.yaml']);
  });
  it('are not others', () => expect(fragments({ 'a/web.yaml': deployment('web') })).toEqual([]));
});
