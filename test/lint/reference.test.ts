import { describe, expect, it } from 'vitest';
import type { Candidate, Wanted } from '../../src/lint/references/nearest-object.ts';
import { lookUp } from '../../src/lint/references/reference.ts';
import type { UnitMode } from '../../src/units/unit.ts';
import type { Files } from '../support/lint-files.ts';
import { workload } from '../support/yaml.ts';
import { contextOf } from './context.ts';

const ingress = (metadata = ''): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop${metadata} }\nspec: { defaultBackend: { service: { name: any, port: { number: 80 } } } }\n`;
const inShop = ingress(', namespace: shop');
const service = (name: string, namespace?: string, ports = '{ port: 80 }'): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`} }\nspec: { selector: { app: ${name} }, ports: [${ports}] }\n`;
const wanted = (name: string, namespace = 'default'): Wanted => ({
  group: '',
  kind: 'Service',
  namespace,
  name,
});

interface Case {
  readonly what: string;
  readonly yaml?: string;
  readonly files?: Files;
  readonly mode?: UnitMode;
  readonly assume?: readonly string[];
  readonly wanted: Wanted;
}

function look({
  yaml = '',
  files = { 'manifest.yaml': yaml },
  mode,
  assume,
  wanted: target,
}: Case): ReturnType<typeof lookUp> {
  const context = contextOf(files, {
    ...(mode !== undefined && { mode }),
    ...(assume !== undefined && { assume }),
  });
  return lookUp(context, context.object('Ingress/shop'), target);
}

describe('found', () => {
  it.each<Case>([
    { what: 'a Service of the namespace', yaml: ingress() + service('web'), wanted: wanted('web') },
    {
      what: 'the default namespace written on one side only',
      yaml: ingress() + service('web', 'default'),
      wanted: wanted('web'),
    },
    {
      what: 'a kind of a group',
      yaml: ingress() + workload('web'),
      wanted: { group: 'apps', kind: 'Deployment', namespace: 'default', name: 'web' },
    },
    {
      what: 'a kind without namespaces',
      yaml: `${ingress()}---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: public }\nspec: { controller: example.org/any }\n`,
      wanted: {
        group: 'networking.k8s.io',
        kind: 'IngressClass',
        namespace: undefined,
        name: 'public',
      },
    },
  ])('$what', (entry) => {
    expect(look(entry)).toMatchObject({
      state: 'found',
      object: { kind: entry.wanted.kind, name: entry.wanted.name },
    });
  });
});

describe('missing', () => {
  const missing: readonly (Case & {
    readonly nearest:
      | (Pick<Candidate, 'difference' | 'certain'> & { name: string; namespace?: string })
      | undefined;
  })[] = [
    {
      what: 'a typo',
      yaml: ingress() + service('web') + service('api'),
      wanted: wanted('wbe'),
      nearest: { difference: 'slip', certain: true, name: 'web' },
    },
    {
      what: 'the same words joined otherwise',
      yaml: ingress() + service('web-front') + service('api'),
      wanted: wanted('webfront'),
      nearest: { difference: 'slip', certain: true, name: 'web-front' },
    },
    {
      what: 'another number is another thing',
      yaml: ingress() + service('web-1') + service('api') + workload('web'),
      wanted: wanted('web-2'),
      nearest: undefined,
    },
    {
      what: 'the same name in another namespace, both written',
      yaml: inShop + service('orders', 'back') + service('web', 'shop'),
      wanted: wanted('orders', 'shop'),
      nearest: { difference: 'namespace', certain: true, name: 'orders', namespace: 'back' },
    },
    {
      what: 'the same name in another namespace, the own one only assumed',
      yaml: ingress() + service('orders', 'back') + service('web') + workload('web'),
      wanted: wanted('orders'),
      nearest: { difference: 'namespace', certain: false, name: 'orders', namespace: 'back' },
    },
    {
      what: 'a typo comes before the same name elsewhere',
      yaml: inShop + service('web', 'back') + service('wbe', 'shop'),
      wanted: wanted('web', 'shop'),
      nearest: { difference: 'slip', certain: true, name: 'wbe' },
    },
    {
      what: 'a name that holds the other',
      yaml: ingress() + service('web-http') + service('api') + workload('web'),
      wanted: wanted('web'),
      nearest: { difference: 'similar', certain: false, name: 'web-http' },
    },
    {
      what: 'of several names that hold the other the one that does so by whole words',
      yaml: ingress() + service('policy') + service('pol') + workload('web'),
      wanted: wanted('policy-webhook'),
      nearest: { difference: 'similar', certain: false, name: 'policy' },
    },
    {
      what: 'the only one there is',
      yaml: ingress() + service('api') + workload('web'),
      wanted: wanted('orders'),
      nearest: { difference: 'only', certain: false, name: 'api' },
    },
    {
      what: 'nothing similar',
      yaml: ingress() + service('api') + service('cache') + workload('web'),
      wanted: wanted('orders'),
      nearest: undefined,
    },
    {
      what: 'an operator does not hit a typo',
      yaml: `${ingress()}${service('web')}---\napiVersion: shop.example.org/v1\nkind: Shop\nmetadata: { name: any }\nspec: {}\n`,
      wanted: wanted('wbe'),
      nearest: { difference: 'slip', certain: true, name: 'web' },
    },
    {
      what: 'a document that was not read hardly hits a typo',
      yaml: `${ingress()}${service('web')}---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n`,
      wanted: wanted('wbe'),
      nearest: { difference: 'slip', certain: false, name: 'web' },
    },
    {
      what: 'nor does a remote resource',
      files: {
        'kustomization.yaml': 'resources: [one.yaml, "https://example.org/all.yaml"]\n',
        'one.yaml': ingress() + service('web'),
      },
      wanted: wanted('wbe'),
      nearest: { difference: 'slip', certain: false, name: 'web' },
    },
    {
      what: 'CustomResourceDefinitions bring no Services',
      files: {
        'kustomization.yaml':
          'resources: [one.yaml, "https://example.org/config/crd?ref=v1", "https://example.org/api-crds.yaml"]\n',
        'one.yaml': ingress() + service('api') + service('cache') + workload('web'),
      },
      wanted: wanted('orders'),
      nearest: undefined,
    },
    {
      what: 'a slip that is a name of its own in another unit may be none',
      files: {
        'a/one.yaml': ingress() + service('web') + workload('web'),
        'b/two.yaml': service('wbe').slice(4),
      },
      mode: 'dir',
      wanted: wanted('wbe'),
      nearest: { difference: 'slip', certain: false, name: 'web' },
    },
  ];
  it.each(missing)('$what', ({ nearest, ...entry }) => {
    const lookup = look(entry);
    const { object, difference, certain } = (lookup.state === 'missing' && lookup.nearest) || {};
    const found = object && {
      difference,
      certain,
      name: object.name,
      ...(difference === 'namespace' && { namespace: object.namespace }),
    };
    expect({ state: lookup.state, nearest: found }).toEqual({ state: 'missing', nearest });
  });
});

describe('unknown', () => {
  it.each<Case & { readonly reason: string; readonly open?: true }>([
    {
      what: 'a placeholder for the name',
      yaml: ingress() + service('web'),
      wanted: wanted('${NAME}'),
      reason: 'its name is filled in later',
    },
    {
      what: 'a placeholder for the namespace',
      yaml: ingress() + service('web'),
      wanted: wanted('web', '{{ .Namespace }}'),
      reason: 'its name is filled in later',
    },
    {
      what: 'the Service of the API server',
      yaml: ingress() + service('web'),
      wanted: wanted('kubernetes'),
      reason: 'the API server makes it',
    },
    {
      what: 'addons of the cluster',
      yaml: ingress() + service('web'),
      wanted: wanted('kube-dns', 'kube-system'),
      reason: 'the API server makes it',
    },
    {
      what: 'one that would be rejected',
      yaml: ingress() + service('web', undefined, '{ port: 80000 }'),
      wanted: wanted('web'),
      reason: 'Service default/web would be rejected (spec.ports[0].port',
    },
    {
      what: 'a document of the kind that is a template',
      yaml: `${ingress()}${service('web')}---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n`,
      wanted: wanted('db'),
      reason: 'document 3 of manifest.yaml is a template that was not rendered',
    },
    {
      what: 'a document that could not be read',
      yaml: `${ingress()}${service('web')}---\napiVersion: v1\nkind: Service\nmetadata: [\n`,
      wanted: wanted('db'),
      reason: 'document 3 of manifest.yaml could not be read',
    },
    {
      what: 'a remote resource of the kustomization',
      files: {
        'kustomization.yaml': 'resources: [one.yaml, "https://example.org/all.yaml"]\n',
        'one.yaml': ingress() + service('web'),
      },
      wanted: wanted('db'),
      reason: 'the kustomization also takes https://example.org/all.yaml',
    },
    {
      what: 'one in another unit',
      files: {
        'a/one.yaml': ingress() + service('web') + workload('web'),
        'b/two.yaml': service('orders').slice(4),
      },
      mode: 'dir',
      wanted: wanted('orders'),
      reason: 'there is one in b/two.yaml, which belongs to b, a unit of its own',
    },
    {
      what: 'no workload of the namespace was read',
      files: { 'a.yaml': ingress(), 'b.yaml': (service('web') + service('api')).slice(4) },
      wanted: wanted('orders'),
      reason: 'no workload of namespace default was read together with it',
      open: true,
    },
    {
      what: 'nothing of the kind nor any workload was read',
      yaml: ingress(),
      wanted: { group: 'apps', kind: 'Deployment', namespace: 'default', name: 'web' },
      reason: 'neither a Deployment nor a workload of namespace default',
      open: true,
    },
    {
      what: 'nothing of a kind without namespaces was read',
      yaml: ingress() + workload('web'),
      wanted: {
        group: 'networking.k8s.io',
        kind: 'IngressClass',
        namespace: undefined,
        name: 'public',
      },
      reason: 'no IngressClass was read together with it',
      open: true,
    },
    {
      what: 'an operator of which nothing is known',
      yaml: `${ingress()}${service('api')}${service('web')}${workload('web')}---\napiVersion: shop.example.org/v1\nkind: Shop\nmetadata: { name: any }\nspec: {}\n`,
      wanted: wanted('orders'),
      reason: 'Shop default/any may make a Service of its own',
      open: true,
    },
  ])('$what', ({ reason, open, ...entry }) => {
    expect(look(entry)).toEqual({
      state: 'unknown',
      reason: expect.stringContaining(reason) as string,
      ...(open && { open }),
    });
  });

  it('only workloads of the very kind that refers to it', () => {
    const { cluster, unit, unseen, object } = contextOf({
      'manifest.yaml': workload('web', { kind: 'StatefulSet' }),
    });
    expect(lookUp({ cluster, unit, unseen }, object('StatefulSet/web'), wanted('orders'))).toEqual({
      state: 'unknown',
      reason: 'no Service of namespace default was read together with it',
      open: true,
    });
  });
});

describe('made', () => {
  it('is what an operator is known to make', () => {
    const yaml = `${ingress()}${service('web')}---\napiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: wbe }\nspec: {}\n`;
    expect(look({ what: 'a Service', yaml, wanted: wanted('wbe') })).toEqual({
      state: 'made',
      by: 'Service default/wbe',
    });
  });
});

describe('assumed', () => {
  it('counts before anything that was read', () => {
    const lookup = look({
      what: '',
      yaml: ingress() + service('web'),
      assume: ['Service/wbe:80'],
      wanted: wanted('wbe'),
    });
    expect(lookup).toEqual({
      state: 'assumed',
      assumption: { kind: 'Service', name: 'wbe', ports: [80] },
    });
  });

  it('does not hide what is there', () => {
    const lookup = look({
      what: '',
      yaml: ingress() + service('web'),
      assume: ['Service/*'],
      wanted: wanted('web'),
    });
    expect(lookup.state).toBe('found');
  });
});
