/** Directories that state one namespace, and what Flux and Argo CD bring into one cluster. */
import { describe, expect, it } from 'vitest';
import { contents, deployment, type Files, kustomization, service, unitsOf } from './support.ts';

const shop = { namespace: 'shop' };

describe('directories of one namespace', () => {
  const cases: [title: string, files: Files, units: string[]][] = [
    [
      'are one unit',
      {
        'apps/web/web.yaml': deployment('web', shop),
        'infra/db/db.yaml': service('db', { ...shop, spec: 'clusterIP: None' }),
      },
      ['Deployment/web@shop Service/db@shop'],
    ],
    [
      'are so with kustomizations that put their objects into it',
      {
        'web/kustomization.yaml': kustomization('namespace: shop', 'resources: [web.yaml]'),
        'web/web.yaml': deployment('web'),
        'db/db.yaml': deployment('db', shop),
      },
      ['Deployment/db@shop Deployment/web@shop'],
    ],
    [
      'are joined with those that name it',
      {
        'shop/web.yaml': deployment('web', shop),
        'monitoring/prometheus.yaml':
          `${deployment('prometheus', { namespace: 'monitoring' })}---\n` +
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: targets, namespace: monitoring }\n' +
          'data: { target: "api.shop.svc:80" }\n',
      },
      ['ConfigMap/targets@monitoring Deployment/prometheus@monitoring Deployment/web@shop'],
    ],
    [
      'stay apart without a namespace',
      { 'web/web.yaml': deployment('web'), 'db/db.yaml': deployment('db') },
      ['Deployment/db', 'Deployment/web'],
    ],
    [
      'stay apart where one object lies in both',
      {
        'a/web.yaml': deployment('web', shop),
        'b/web.yaml': `${deployment('web', shop)}---\n${deployment('db', shop)}`,
      },
      ['Deployment/db@shop Deployment/web@shop', 'Deployment/web@shop'],
    ],
    [
      'stay apart where they are for different environments',
      {
        'envs/prod/web.yaml': deployment('web', shop),
        'envs/staging/db.yaml': deployment('db', shop),
      },
      ['Deployment/db@shop', 'Deployment/web@shop'],
    ],
    [
      'stay apart where they are for different clusters',
      {
        'clusters/berlin/web/web.yaml': deployment('web', shop),
        'clusters/paris/db/db.yaml': deployment('db', shop),
      },
      ['Deployment/db@shop', 'Deployment/web@shop'],
    ],
    [
      'of one environment are joined across applications',
      {
        'web/overlays/prod/web.yaml': deployment('web', shop),
        'db/overlays/prod/db.yaml': deployment('db', shop),
        'db/overlays/dev/db.yaml': deployment('cache', shop),
      },
      ['Deployment/cache@shop', 'Deployment/db@shop Deployment/web@shop'],
    ],
    [
      'that are for no environment are part of each',
      {
        'platform/gateway/db.yaml': deployment('db', shop),
        'web/overlays/prod/web.yaml': deployment('web', shop),
        'web/overlays/dev/web.yaml': deployment('web', shop),
      },
      ['Deployment/db@shop Deployment/web@shop', 'Deployment/db@shop Deployment/web@shop'],
    ],
    [
      'are joined where others hold the same directory already',
      {
        'svc/web.yaml': service('web', shop),
        'budget/web.yaml': `${service('front', { ...shop, app: 'web' })}`,
        'deploy/web.yaml': deployment('web', shop),
      },
      ['Deployment/web@shop Service/front@shop Service/web@shop'],
    ],
    [
      'stay apart where they are examples',
      {
        'examples/a/web.yaml': deployment('web', shop),
        'examples/b/db.yaml': deployment('db', shop),
      },
      ['Deployment/db@shop', 'Deployment/web@shop'],
    ],
  ];
  it.each(cases)('%s', (_, files, units) => {
    expect(contents(files)).toEqual(units);
  });

  it('know which of their files something else joins', () => {
    const [unit] = unitsOf({
      'web/web.yaml': deployment('web', shop),
      'db/db.yaml': deployment('db', shop),
    });
    expect([...(unit?.parts?.values() ?? [])]).toEqual([0, 1]);
    expect(unit?.joins.map(({ because }) => because)).toEqual(['db is for the namespace shop too']);
  });
});

const flux = (path: string, more = ''): string =>
  'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n' +
  `metadata: { name: ${path.replace(/\W+/g, '-')}, namespace: flux-system }\n` +
  `spec: { path: ./${path}, sourceRef: { kind: GitRepository, name: flux-system }${more} }\n`;
const argo = (path: string, namespace: string, server = 'https://kubernetes.default.svc'): string =>
  'apiVersion: argoproj.io/v1alpha1\nkind: Application\n' +
  `metadata: { name: ${path.replaceAll('/', '-')}, namespace: argocd }\n` +
  `spec: { source: { repoURL: https://git.example/fleet.git, path: ${path} }, ` +
  `destination: { server: '${server}', namespace: ${namespace} } }\n`;

describe('what is brought into one cluster', () => {
  const withoutDeliverers = (files: Files): string[] =>
    contents(files)
      .map((unit) =>
        unit
          .split(' ')
          .filter((object) => !/^(Kustomization|Application)/.test(object))
          .join(' '),
      )
      .filter((unit) => unit !== '')
      .sort();
  const cases: [title: string, files: Files, units: string[]][] = [
    [
      'is one unit, in the namespace that Flux gives it',
      {
        'clusters/prod/apps.yaml': flux('apps/web', ', targetNamespace: shop'),
        'clusters/prod/db.yaml': flux('infra/deep/down/db'),
        'apps/web/web.yaml': deployment('web', { namespace: 'other' }),
        'infra/deep/down/db/db.yaml': deployment('db', { namespace: 'data' }),
      },
      ['Deployment/db@data Deployment/web@shop'],
    ],
    [
      'is one unit for each cluster that has it',
      {
        'clusters/prod/all.yaml': `${flux('apps/prod')}---\n${flux('infra')}`,
        'clusters/dev/all.yaml': `${flux('apps/dev')}---\n${flux('infra')}`,
        'apps/prod/web.yaml': deployment('web'),
        'apps/dev/web.yaml': deployment('web'),
        'infra/db.yaml': deployment('db'),
      },
      ['Deployment/db Deployment/web', 'Deployment/db Deployment/web'],
    ],
    [
      'comes by way of others, and of kustomizations below a path',
      {
        'fleet/clusters/home/flux-system/sync.yaml': flux('clusters/home'),
        'fleet/clusters/home/apps.yaml': flux('apps'),
        'fleet/apps/web/kustomization.yaml': kustomization('resources: [web.yaml]'),
        'fleet/apps/web/web.yaml': deployment('web'),
        'fleet/apps/db/db.yaml': deployment('db'),
      },
      ['Deployment/db Deployment/web'],
    ],
    [
      'is in the namespace of its Application where it writes none',
      {
        'argo/apps.yaml': `${argo('web', 'shop')}---\n${argo('db', 'data')}`,
        'web/web.yaml': deployment('web'),
        'db/db.yaml': deployment('db', { namespace: 'own' }),
      },
      ['Deployment/db@own Deployment/web@shop'],
    ],
    [
      'is apart where Applications are for different clusters',
      {
        'argo/apps.yaml': `${argo('web', 'shop')}---\n${argo('db', 'shop', 'https://other')}`,
        'web/web.yaml': deployment('web'),
        'db/db.yaml': deployment('db'),
      },
      ['Deployment/db@shop', 'Deployment/web@shop'],
    ],
    [
      'is what the patterns of an ApplicationSet find',
      {
        'argo/set.yaml':
          'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: all }\n' +
          'spec: { generators: [{ git: { directories: [{ path: apps/* }, ' +
          '{ path: apps/old, exclude: true }] } }], template: { spec: { source: ' +
          "{ repoURL: x, path: '{{path}}' }, destination: { namespace: '{{path.basename}}' } } } }\n",
        'apps/web/web.yaml': deployment('web'),
        'apps/db/db.yaml': deployment('db'),
        'apps/old/old.yaml': deployment('old'),
      },
      ['Deployment/db@db Deployment/web@web', 'Deployment/old'],
    ],
    [
      'is left alone where its path is not here',
      { 'argo/apps.yaml': argo('web', 'shop'), 'db/db.yaml': deployment('db') },
      ['Deployment/db'],
    ],
  ];
  it.each(cases)('%s', (_, files, units) => {
    expect(withoutDeliverers(files)).toEqual(units);
  });
});
