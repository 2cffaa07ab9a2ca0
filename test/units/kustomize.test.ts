/** What kustomizations make one unit, and what they do to the objects in it. */
import { describe, expect, it } from 'vitest';
import type { Path } from '../../src/kubernetes/json.ts';
import { locateAcross } from '../../src/manifest/node.ts';
import {
  contents,
  deployment,
  type Files,
  kustomization,
  label,
  service,
  unitsOf,
} from './support.ts';

const base: Files = {
  'base/kustomization.yaml': kustomization('resources: [deployment.yaml, service.yaml]'),
  'base/deployment.yaml': deployment('web'),
  'base/service.yaml': service('web'),
};

describe('the files of a kustomization', () => {
  const cases: [title: string, files: Files, units: string[]][] = [
    ['are one unit', base, ['Deployment/web Service/web']],
    [
      'include those of its base; an overlay without objects of its own is still a unit',
      { ...base, 'overlays/dev/kustomization.yaml': kustomization('resources: [../../base]') },
      ['Deployment/web Service/web'],
    ],
    [
      'are once in every overlay of a base',
      {
        ...base,
        'overlays/dev/kustomization.yaml': kustomization('resources: [../../base, config.yaml]'),
        'overlays/dev/config.yaml': service('debug'),
        'overlays/prod/kustomization.yaml': kustomization('resources: [../../base]'),
      },
      ['Deployment/web Service/debug Service/web', 'Deployment/web Service/web'],
    ],
    [
      'include bases by the old field',
      { ...base, 'overlays/dev/kustomization.yaml': kustomization('bases: [../../base]') },
      ['Deployment/web Service/web'],
    ],
    [
      'include components, which are not units of their own',
      {
        ...base,
        'components/cache/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [cache.yaml]\n',
        'components/cache/cache.yaml': deployment('cache'),
        'overlays/dev/kustomization.yaml': kustomization(
          'resources: [../../base]',
          'components: [../../components/cache]',
        ),
      },
      ['Deployment/cache Deployment/web Service/web'],
    ],
    [
      'are found under each of the three names, apiVersion and kind left out or not',
      {
        'a/kustomization.yml': 'resources: [web.yaml]\n',
        'a/web.yaml': deployment('a'),
        'b/Kustomization': 'resources: [web.yaml]\n',
        'b/web.yaml': deployment('b'),
      },
      ['Deployment/a', 'Deployment/b'],
    ],
    [
      'do not include what it does not list',
      { ...base, 'base/left-out.yaml': deployment('left-out') },
      ['Deployment/left-out Deployment/web Service/web', 'Deployment/web Service/web'],
    ],
    [
      'may lie above it',
      {
        'shared/web.yaml': deployment('web'),
        'app/kustomization.yaml': kustomization('resources: [../shared/web.yaml]'),
      },
      ['Deployment/web'],
    ],
    [
      'end where kustomizations go in a circle',
      {
        'a/kustomization.yaml': kustomization('resources: [../b, web.yaml]'),
        'a/web.yaml': deployment('a'),
        'b/kustomization.yaml': kustomization('resources: [../a]'),
        'root/kustomization.yaml': kustomization('resources: [../a]'),
      },
      ['Deployment/a'],
    ],
    [
      'do not include patches: they hold no objects of their own',
      {
        ...base,
        'base/kustomization.yaml': kustomization(
          'resources: [deployment.yaml, service.yaml]',
          'patches: [{ path: more.yaml }]',
        ),
        'base/more.yaml': deployment('web'),
      },
      ['Deployment/web Service/web'],
    ],
    [
      'do not include patches by the old fields',
      {
        ...base,
        'base/kustomization.yaml': kustomization(
          'resources: [deployment.yaml, service.yaml]',
          'patchesStrategicMerge: [a.yaml]',
          'patchesJson6902: [{ path: b.yaml, target: { version: v1, kind: Service, name: web } }]',
        ),
        'base/a.yaml': deployment('web'),
        'base/b.yaml': '- { op: replace, path: /spec/type, value: NodePort }\n',
      },
      ['Deployment/web Service/web'],
    ],
  ];
  it.each(cases)('%s', (_, files, units) => expect(contents(files)).toEqual(units));
});

it("Flux's Kustomization is an object like any other", () => {
  const text =
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps }\nspec: { path: ./apps }\n';
  const units = unitsOf({ 'a/kustomization.yaml': text });
  expect(units.map(({ reason, objects }) => [reason, objects.map(label)])).toEqual([
    ['directory', ['Kustomization/apps']],
  ]);
});

describe('what cannot be read offline leaves a unit open', () => {
  const cases: [what: string, fields: string[], missing: string[]][] = [
    [
      'a URL',
      ['resources: ["https://example.com/install.yaml"]'],
      ['https://example.com/install.yaml'],
    ],
    [
      'a repository',
      ['resources: ["github.com/org/repo//deploy?ref=v1"]'],
      ['github.com/org/repo//deploy?ref=v1'],
    ],
    [
      'a repository over ssh',
      ['resources: ["git@example.com:org/repo.git"]'],
      ['git@example.com:org/repo.git'],
    ],
    [
      'a repository with a protocol',
      ['bases: ["git::https://example.com/repo"]'],
      ['git::https://example.com/repo'],
    ],
    ['a file that was not read', ['resources: [elsewhere.yaml]'], ['app/elsewhere.yaml']],
    ['a generator', ['generators: [generator.yaml]'], ['generator.yaml']],
    ['a Helm chart', ['helmCharts: [{ name: minio, version: 3.1.3 }]'], ['Helm chart minio']],
  ];
  it.each(cases)('%s', (_, fields, missing) => {
    const [unit] = unitsOf({ 'app/kustomization.yaml': kustomization(...fields) });
    expect(unit?.missing).toEqual(missing);
  });

  it('in the kustomizations below it, too', () => {
    const files = {
      'base/kustomization.yaml': kustomization('resources: ["https://example.com/x.yaml"]'),
      'app/kustomization.yaml': kustomization('resources: [../base]'),
    };
    expect(unitsOf(files).map(({ name, missing }) => [name, missing])).toEqual([
      ['app', ['https://example.com/x.yaml']],
    ]);
  });

  it('a component behind one that was read, of which nothing is said to be for nothing', () => {
    const [unit] = unitsOf({
      ...base,
      'cache/kustomization.yaml': 'kind: Component\nresources: [cache.yaml]\n',
      'cache/cache.yaml': deployment('cache'),
      'app/kustomization.yaml': kustomization(
        'resources: [../base]',
        'components: [../cache, ../queue]',
        'patches: [{ target: { kind: Deployment, name: queue }, patch: "" }]',
      ),
    });
    expect([unit?.missing, unit?.idle]).toEqual([['queue'], []]);
  });

  it('but a complete one is closed', () => expect(unitsOf(base)[0]?.missing).toEqual([]));
});

describe('namespace', () => {
  it('puts every namespaced object of the closure there', () => {
    const files = {
      ...base,
      'dev/kustomization.yaml': kustomization('namespace: dev', 'resources: [../base]'),
    };
    expect(contents(files)).toEqual(['Deployment/web@dev Service/web@dev']);
  });

  it('of the outermost kustomization decides, also over what objects say', () => {
    const files = {
      'base/kustomization.yaml': kustomization('namespace: base', 'resources: [web.yaml]'),
      'base/web.yaml': deployment('web', { namespace: 'written' }),
      'middle/kustomization.yaml': kustomization('resources: [../base, extra.yaml]'),
      'middle/extra.yaml': service('extra'),
      'dev/kustomization.yaml': kustomization('namespace: dev', 'resources: [../middle]'),
    };
    expect(contents(files)).toEqual(['Deployment/web@dev Service/extra@dev']);
  });

  it('of an inner one goes for what is below it only', () => {
    const files = {
      'base/kustomization.yaml': kustomization('namespace: base', 'resources: [web.yaml]'),
      'base/web.yaml': deployment('web'),
      'app/kustomization.yaml': kustomization('resources: [../base, extra.yaml]'),
      'app/extra.yaml': service('extra'),
    };
    expect(contents(files)).toEqual(['Deployment/web@base Service/extra']);
  });
});

/** The labels, selector and template labels of an object in the one unit of these fields. */
function labelled(fields: string[], text: string): unknown {
  const [unit] = unitsOf({
    'app/kustomization.yaml': kustomization('resources: [it.yaml]', ...fields),
    'app/it.yaml': text,
  });
  const value = unit?.objects.find(({ kind }) => kind !== 'Kustomization')?.value as {
    metadata?: { labels?: object };
    spec?: { selector?: { matchLabels?: object }; template?: { metadata?: { labels?: object } } };
  };
  const { selector, template } = value.spec ?? {};
  return {
    own: value.metadata?.labels,
    selector: selector?.matchLabels ?? selector,
    template: template?.metadata?.labels,
  };
}

describe('labels that a kustomization adds', () => {
  const pairs = { team: 'shop' };
  const app = { app: 'web' };
  const both = { ...app, ...pairs };
  const cases: [what: string, fields: string[], text: string, labels: unknown][] = [
    [
      'commonLabels go everywhere',
      ['commonLabels: { team: shop }'],
      deployment('web'),
      { own: pairs, selector: both, template: both },
    ],
    [
      'commonLabels go into a Service selector',
      ['commonLabels: { team: shop }'],
      service('web'),
      { own: pairs, selector: both },
    ],
    [
      'commonLabels make a selector for a Service without one, as kustomize does',
      ['commonLabels: { team: shop }'],
      service('web', { spec: 'type: ClusterIP' }),
      { own: pairs, selector: pairs },
    ],
    [
      'labels go on the object only',
      ['labels: [{ pairs: { team: shop } }]'],
      deployment('web'),
      { own: pairs, selector: app, template: app },
    ],
    [
      'labels with includeSelectors go everywhere',
      ['labels: [{ pairs: { team: shop }, includeSelectors: true }]'],
      deployment('web'),
      { own: pairs, selector: both, template: both },
    ],
    [
      'labels with includeTemplates spare the selector',
      ['labels: [{ pairs: { team: shop }, includeTemplates: true }]'],
      deployment('web'),
      { own: pairs, selector: app, template: both },
    ],
    [
      'several are all added',
      ['commonLabels: { team: shop }', 'labels: [{ pairs: { tier: back } }]'],
      service('web'),
      { own: { ...pairs, tier: 'back' }, selector: both },
    ],
  ];
  it.each(cases)('%s', (_, fields, text, labels) => expect(labelled(fields, text)).toEqual(labels));

  it('come from every kustomization on the way, the outer one having the last word', () => {
    const files = {
      ...base,
      'base/kustomization.yaml': kustomization(
        'resources: [service.yaml]',
        'commonLabels: { team: base, tier: back }',
      ),
      'dev/kustomization.yaml': kustomization(
        'resources: [../base]',
        'commonLabels: { team: dev }',
      ),
    };
    const found = unitsOf(files)
      .find(({ name }) => name === 'dev')
      ?.objects.find(({ kind }) => kind === 'Service');
    expect((found?.value['spec'] as { selector: unknown }).selector).toEqual({
      app: 'web',
      tier: 'back',
      team: 'dev',
    });
  });

  it('do not change the object that another unit takes in', () => {
    const files = {
      ...base,
      'dev/kustomization.yaml': kustomization(
        'resources: [../base]',
        'commonLabels: { team: dev }',
      ),
      'prod/kustomization.yaml': kustomization('resources: [../base]'),
    };
    const labels = unitsOf(files).map(({ name, objects }) => [
      name,
      objects.find(({ kind }) => kind === 'Service')?.value['metadata'],
    ]);
    expect(labels).toEqual([
      ['dev', { name: 'web', labels: { team: 'dev' } }],
      ['prod', { name: 'web' }],
    ]);
  });
});

/** What the one unit of these fields makes of an object of the base. */
function patched(
  fields: string[],
  more: Files = {},
): { kinds: string[]; unsettled: (string | undefined)[] } {
  const [unit] = unitsOf({
    ...base,
    'base/kustomization.yaml': kustomization(
      'resources: [deployment.yaml, service.yaml]',
      ...fields,
    ),
    ...more,
  });
  if (unit === undefined) throw new Error('no unit');
  return {
    kinds: unit.objects.filter(({ patchedBy = [] }) => patchedBy.length > 0).map(label),
    unsettled: unit.objects.map((object) => unit.unsettled.get(object)),
  };
}

describe('patches', () => {
  const operations = "[{ op: add, path: /metadata/labels, value: { added: 'yes' } }]";
  const cases: [what: string, fields: string[], objects: string[], more?: Files][] = [
    [
      'in a file, by its kind and name',
      ['patches: [{ path: patch.yaml }]'],
      ['Deployment/web'],
      { 'base/patch.yaml': deployment('web') },
    ],
    [
      'in a file of the old field',
      ['patchesStrategicMerge: [patch.yaml]'],
      ['Service/web'],
      { 'base/patch.yaml': service('web') },
    ],
    [
      'in a file with two documents',
      ['patches: [{ path: patch.yaml }]'],
      ['Deployment/web', 'Service/web'],
      { 'base/patch.yaml': `${deployment('web')}---\n${service('web')}` },
    ],
    [
      'inline',
      [
        'patches:',
        '  - patch: |',
        '      apiVersion: v1',
        '      kind: Service',
        '      metadata:',
        '        name: web',
      ],
      ['Service/web'],
    ],
    [
      'inline in the old field',
      [
        'patchesStrategicMerge:',
        '  - |',
        '    apiVersion: apps/v1',
        '    kind: Deployment',
        '    metadata:',
        '      name: web',
      ],
      ['Deployment/web'],
    ],
    [
      'by target kind',
      [`patches: [{ target: { kind: Deployment }, patch: "${operations}" }]`],
      ['Deployment/web'],
    ],
    [
      'by target name',
      [`patches: [{ target: { name: web }, patch: "${operations}" }]`],
      ['Deployment/web', 'Service/web'],
    ],
    [
      'by target group',
      [`patches: [{ target: { group: apps }, patch: "${operations}" }]`],
      ['Deployment/web'],
    ],
    [
      'by target namespace, which is default',
      [`patches: [{ target: { namespace: default, kind: Service }, patch: "${operations}" }]`],
      ['Service/web'],
    ],
    [
      'but not in another namespace',
      [`patches: [{ target: { namespace: other }, patch: "${operations}" }]`],
      [],
    ],
    [
      'by a regular expression',
      [`patches: [{ target: { kind: "Deploy.*|DaemonSet", name: w.b }, patch: "${operations}" }]`],
      ['Deployment/web'],
    ],
    [
      'but not by a part of the name',
      [`patches: [{ target: { kind: Service, name: we }, patch: "${operations}" }]`],
      [],
    ],
    [
      'and not another object',
      ['patches: [{ path: patch.yaml }]'],
      [],
      { 'base/patch.yaml': deployment('other') },
    ],
    [
      'nor one of another version',
      ['patches: [{ path: patch.yaml }]'],
      [],
      { 'base/patch.yaml': deployment('web').replace('apps/v1', 'apps/v2') },
    ],
    [
      'by the target of a JSON patch in a file',
      ['patches: [{ path: patch.yaml, target: { kind: Service, name: web } }]'],
      ['Service/web'],
      { 'base/patch.yaml': '- { op: add, path: /spec/type, value: NodePort }\n' },
    ],
    [
      'of JSON in a file of the old field',
      [
        'patchesJson6902: [{ path: patch.json, target: { kind: Service, name: web, version: v1 } }]',
      ],
      ['Service/web'],
      { 'base/patch.json': '[{"op": "add", "path": "/spec/type", "value": "NodePort"}]' },
    ],
  ];
  it.each(cases)('%s', (_, fields, objects, more = {}) => {
    const { kinds, unsettled } = patched(fields, more);
    expect(kinds).toEqual(objects);
    expect(unsettled).toEqual([undefined, undefined]);
  });

  it('of an overlay change what the base holds, in that unit only', () => {
    const files = {
      ...base,
      'dev/kustomization.yaml': kustomization(
        'resources: [../base]',
        'patches: [{ path: patch.yaml }]',
      ),
      'dev/patch.yaml': deployment('web', { app: 'changed' }),
      'prod/kustomization.yaml': kustomization('resources: [../base]'),
    };
    const selectors = unitsOf(files).flatMap(({ name, objects }) =>
      objects.filter(({ kind }) => kind === 'Deployment').map(({ value }) => [name, value['spec']]),
    );
    expect(selectors).toMatchObject([
      ['dev', { selector: { matchLabels: { app: 'changed' } } }],
      ['prod', { selector: { matchLabels: { app: 'web' } } }],
    ]);
  });

  it('keep the base as it is where nothing changes it: the very same object in every unit', () => {
    const files = {
      ...base,
      'dev/kustomization.yaml': kustomization('resources: [../base]'),
      'prod/kustomization.yaml': kustomization(
        'resources: [../base]',
        'patches: [{ path: patch.yaml }]',
      ),
      'prod/patch.yaml': deployment('web', { app: 'changed' }),
    };
    const [dev, prod] = unitsOf(files).map(({ objects }) => objects);
    const [inDev, inProd] = [dev, prod].map((objects) =>
      objects?.find(({ kind }) => kind === 'Service'),
    );
    expect(inDev).toBe(inProd);
  });

  it('are read for their faults although nothing in them exists', () => {
    const files = {
      ...base,
      'base/kustomization.yaml': kustomization(
        'resources: [deployment.yaml]',
        'patches: [{ path: broken.yaml }]',
      ),
      'base/broken.yaml': 'a: b: c\n',
    };
    const broken = unitsOf(files).filter(({ documents }) =>
      documents.some(({ state }) => state === 'broken'),
    );
    expect(broken.map(({ reason, objects }) => [reason, objects])).toEqual([
      ['kustomize patch', []],
    ]);
  });
});

describe('what becomes of an object is not known', () => {
  const cases: [why: string, fields: string[], unsettled: (string | undefined)[], more?: Files][] =
    [
      [
        'when its patch was not read',
        ['patches: [{ path: patch.txt, target: { kind: Service } }]'],
        [undefined, 'base/patch.txt patches it, and was not read'],
      ],
      [
        'when a patch that was not read may be for any',
        ['patches: [{ path: patch.txt }]'],
        [
          'base/patch.txt patches it, and was not read',
          'base/patch.txt patches it, and was not read',
        ],
      ],
      [
        'when its patch is not well-formed',
        ['patches: [{ path: patch.yaml, target: { kind: Service } }]'],
        [undefined, 'base/patch.yaml patches it, and could not be read'],
        { 'base/patch.yaml': 'a: b: c\n' },
      ],
      [
        'when an operation leads nowhere',
        [
          'patches: [{ target: { kind: Service }, patch: "[{ op: remove, path: /spec/nothing }]" }]',
        ],
        [
          undefined,
          'base/kustomization.yaml patches it, and cannot be applied: there is no /spec/nothing to remove',
        ],
      ],
      [
        'when a test fails',
        [
          'patches: [{ target: { kind: Service }, patch: "[{ op: test, path: /metadata/name, value: other }]" }]',
        ],
        [
          undefined,
          'base/kustomization.yaml patches it, and cannot be applied: its test of /metadata/name fails',
        ],
      ],
      [
        'when a patch has a list where there is a mapping',
        ['patches: [{ path: patch.yaml }]'],
        [
          undefined,
          'base/patch.yaml patches it, and cannot be applied: it has a list where the object has a mapping',
        ],
        { 'base/patch.yaml': service('web').replace('{ app: web }', '[]') },
      ],
      [
        'when lists of a custom resource are merged by a schema of its own',
        [],
        [
          undefined,
          undefined,
          'base/patch.yaml patches it, and cannot be applied: the kustomization has an OpenAPI document of its own',
        ],
        {
          'base/kustomization.yaml': kustomization(
            'resources: [deployment.yaml, service.yaml, rollout.yaml]',
            'patches: [{ path: patch.yaml }]',
            'openapi: { path: schema.json }',
          ),
          'base/rollout.yaml': deployment('web', { kind: 'Rollout' }).replace(
            'apps/v1',
            'argoproj.io/v1alpha1',
          ),
          'base/patch.yaml': deployment('web', { kind: 'Rollout' }).replace(
            'apps/v1',
            'argoproj.io/v1alpha1',
          ),
        },
      ],
      [
        'when a transformer is a plugin',
        ['transformers: [plugin.yaml]'],
        [
          'base/plugin.yaml transforms it, which was not run',
          'base/plugin.yaml transforms it, which was not run',
        ],
      ],
    ];
  it.each(cases)('%s', (_, fields, unsettled, more) =>
    expect(patched(fields, more).unsettled).toEqual(unsettled),
  );

  it('in a field that replacements write to', () => {
    const fields = [
      'replacements:',
      '  - source: { kind: Deployment, name: web }',
      '    targets:',
      '      - select: { kind: Service }',
      '        fieldPaths: [spec.selector.app, "spec.ports.*.port"]',
    ];
    const [unit] = unitsOf({
      ...base,
      'base/kustomization.yaml': kustomization(
        'resources: [deployment.yaml, service.yaml]',
        ...fields,
      ),
    });
    expect(unit?.objects.map(({ value }) => value['spec'])).toMatchObject([
      { selector: { matchLabels: { app: 'web' } } },
      { selector: { app: '$(replacement)' }, ports: [{ port: '$(replacement)' }] },
    ]);
  });

  it('in a text that holds one of the older vars', () => {
    const [unit] = unitsOf({
      'settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' +
        'data: { url: "http://$(HOST)/$(PATH)", list: [$(HOST)] }\n',
      'kustomization.yaml': kustomization(
        'resources: [settings.yaml]',
        'vars: [{ name: HOST, objref: { kind: Service, name: web, apiVersion: v1 } }]',
      ),
    });
    expect(unit?.objects.map(({ value }) => value['data'])).toEqual([
      { url: 'http://$(replacement)/$(PATH)', list: ['$(replacement)'] },
    ]);
  });
});

describe('values know where they come from', () => {
  const files: Files = {
    ...base,
    'dev/kustomization.yaml': kustomization(
      'resources: [../base]',
      'namespace: dev',
      'patches:',
      '  - path: patch.yaml',
      '  - patch: |-',
      '      apiVersion: v1',
      '      kind: Service',
      '      metadata:',
      '        name: web',
      '      spec:',
      '        type: NodePort',
      "  - patch: '[{ op: add, path: /spec/clusterIP, value: 10.0.0.1 }]'",
      '    target: { kind: Service }',
    ),
    'dev/patch.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: other } }\n',
  };
  const [unit] = unitsOf(files);
  const found = unit?.objects.find(({ kind }) => kind === 'Service');
  if (found === undefined) throw new Error('no Service');
  const cases: [what: string, path: Path, place: string][] = [
    ['the base', ['spec', 'ports', 0, 'port'], 'base/service.yaml: 80'],
    ['a patch in a file', ['spec', 'selector', 'app'], 'dev/patch.yaml: other'],
    ['a patch inline', ['spec', 'type'], 'dev/kustomization.yaml: NodePort'],
    ['the kustomization', ['metadata', 'namespace'], 'dev/kustomization.yaml: dev'],
    [
      'a patch in quotes, as a whole',
      ['spec', 'clusterIP'],
      "dev/kustomization.yaml: '[{ op: add, path: /spec/clusterIP, value: 10.0.0.1 }]'",
    ],
    ['the base where nothing was written', ['spec', 'missing'], 'base/service.yaml: spec'],
  ];
  it.each(cases)('%s', (_, path, place) => {
    const { file, range } = locateAcross(found.document.file, found.node, path);
    expect(`${file.path}: ${file.text.slice(...range)}`).toBe(place);
  });
});
