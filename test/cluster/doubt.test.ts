import { describe, expect, it } from 'vitest';
import { type Cluster, predict } from '../../src/cluster/cluster.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';

function clusterOf(text: string): Cluster {
  const { objects, documents } = readManifest(new SourceFile('manifest.yaml', text));
  const definitions = documents.flatMap(({ defines }) => defines ?? []);
  return predict(objects, defaultClusterOptions, { definitions });
}

const resource = (apiVersion: string, kind: string, metadata: string, spec = ''): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { ${metadata} }\nspec: { ${spec} }\n`;

const definition = (scope: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: shops.trade.example
spec:
  group: trade.example
  names:
    kind: Shop
    plural: shops
  scope: ${scope}
  versions: []
---
`;

const ofDefinition =
  'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n' +
  'metadata: { name: shops.trade.example }\n';

const flowDefinition = (scope: string): string =>
  `${ofDefinition}spec: { group: trade.example, scope: ${scope}, names: { kind: Shop } }\n---\n`;

const mixedDefinition = (scope: string): string =>
  `${ofDefinition}spec:\n  group: trade.example\n  scope: ${scope}\n  names: { kind: Shop }\n---\n`;

const quotedDefinition = (scope: string): string =>
  `${ofDefinition}"spec":\n  "group": trade.example\n  "scope": ${scope}\n  "names":\n    "kind": Shop\n---\n`;

const runs = 'image: shop, replicas: 2';
const inShop = 'name: corner, namespace: shop';

describe('selectors that a kind puts in doubt that is not in the table', () => {
  const cases: readonly (readonly [
    title: string,
    yaml: string,
    selector: Record<string, string>,
    namespace: string,
    doubted: boolean,
  ])[] = [
    [
      'nothing is known of it, and something runs: any in its namespace',
      resource('trade.example/v1', 'Shop', inShop, runs),
      { app: 'web' },
      'shop',
      true,
    ],
    [
      'none in another namespace',
      resource('trade.example/v1', 'Shop', inShop, runs),
      { app: 'web' },
      'billing',
      false,
    ],
    [
      'without a namespace it may have none: any anywhere',
      resource('trade.example/v1', 'Shop', 'name: corner', runs),
      { app: 'web' },
      'billing',
      true,
    ],
    [
      'nothing says that something runs, but much is left to defaults',
      resource('trade.example/v1', 'Shop', inShop, 'owner: mary'),
      { app: 'web' },
      'shop',
      true,
    ],
    [
      'settings: not any selector',
      resource('trade.example/v1', 'ShopPolicy', inShop, 'owner: mary'),
      { app: 'web' },
      'shop',
      false,
    ],
    [
      'called as settings are, but something runs',
      resource('trade.example/v1', 'ShopProfile', inShop, runs),
      { app: 'web' },
      'shop',
      true,
    ],
    [
      'settings: its own name all the same',
      resource('trade.example/v1', 'ShopPolicy', inShop, 'owner: mary'),
      { app: 'corner-web' },
      'shop',
      true,
    ],
    [
      'its definition was read: only what could be its own',
      definition('Namespaced') + resource('trade.example/v1', 'Shop', inShop, runs),
      { app: 'web' },
      'shop',
      false,
    ],
    [
      'its definition, in flow style',
      flowDefinition('Namespaced') + resource('trade.example/v1', 'Shop', inShop, runs),
      { app: 'web' },
      'shop',
      false,
    ],
    [
      'of a cluster, in flow style',
      flowDefinition('Cluster') + resource('trade.example/v1', 'Shop', 'name: corner', runs),
      { app: 'corner' },
      'anywhere',
      true,
    ],
    [
      'its definition, with names in flow style',
      mixedDefinition('Namespaced') + resource('trade.example/v1', 'Shop', inShop, runs),
      { app: 'web' },
      'shop',
      false,
    ],
    [
      'of a cluster, with names in flow style',
      mixedDefinition('Cluster') + resource('trade.example/v1', 'Shop', 'name: corner', runs),
      { app: 'corner' },
      'anywhere',
      true,
    ],
    [
      'its definition, under quoted names',
      quotedDefinition('Namespaced') + resource('trade.example/v1', 'Shop', inShop, runs),
      { app: 'web' },
      'shop',
      false,
    ],
    [
      'of a cluster, under quoted names',
      quotedDefinition('Cluster') + resource('trade.example/v1', 'Shop', 'name: corner', runs),
      { app: 'corner' },
      'anywhere',
      true,
    ],
    [
      'its kind',
      definition('Namespaced') + resource('trade.example/v1', 'Shop', inShop, runs),
      { app: 'shop', component: 'till' },
      'shop',
      true,
    ],
    [
      'a short kind, as a word of its own',
      definition('Namespaced').replaceAll('Shop', 'Awx') +
        resource('trade.example/v1', 'Awx', inShop, runs),
      { app: 'awx-web' },
      'shop',
      true,
    ],
    [
      'not as a part of one',
      definition('Namespaced').replaceAll('Shop', 'Awx') +
        resource('trade.example/v1', 'Awx', inShop, runs),
      { app: 'strawxberry' },
      'shop',
      false,
    ],
    [
      'its domain',
      definition('Namespaced') + resource('trade.example/v1', 'Shop', inShop, runs),
      { 'trade.example/part': 'till' },
      'shop',
      true,
    ],
    [
      'a label that stands in it',
      definition('Namespaced') +
        resource('trade.example/v1', 'Shop', inShop, `${runs}, podLabels: { tier: front }`),
      { tier: 'front' },
      'shop',
      true,
    ],
    [
      'what says only which part it is says nothing',
      definition('Namespaced') + resource('trade.example/v1', 'Shop', inShop, runs),
      { component: 'till' },
      'shop',
      false,
    ],
    [
      'one pair of somebody else',
      definition('Namespaced') + resource('trade.example/v1', 'Shop', inShop, runs),
      { 'app.kubernetes.io/instance': 'corner', app: 'web' },
      'shop',
      false,
    ],
    [
      'its definition says that it has a namespace, which is the assumed one',
      definition('Namespaced') + resource('trade.example/v1', 'Shop', 'name: corner', runs),
      { app: 'corner' },
      'billing',
      false,
    ],
    [
      'its definition says that it has none',
      definition('Cluster') + resource('trade.example/v1', 'Shop', 'name: corner', runs),
      { app: 'corner' },
      'billing',
      true,
    ],
    [
      'others of its group are listed: only what could be its own',
      resource('kafka.strimzi.io/v1', 'KafkaGate', inShop, runs),
      { app: 'web' },
      'shop',
      false,
    ],
    [
      'others of its group are listed: their domain',
      resource('kafka.strimzi.io/v1', 'KafkaGate', inShop, runs),
      { 'strimzi.io/cluster': 'events' },
      'shop',
      true,
    ],
    [
      'a kind of a listed group that has no namespace, by its name',
      resource('postgresql.cnpg.io/v1', 'ClusterProfile', 'name: corner', runs),
      { app: 'corner' },
      'billing',
      true,
    ],
    [
      'a name that is generated is any',
      definition('Namespaced') +
        resource('trade.example/v1', 'Shop', 'generateName: corner-, namespace: shop', runs),
      { app: 'web' },
      'shop',
      true,
    ],
  ];
  it.each(cases)('%s', (_title, yaml, selector, namespace, doubted) => {
    const { operators } = clusterOf(yaml);
    expect(operators.mayBeSelected(selector, namespace) !== undefined).toBe(doubted);
  });
});

describe('names that such a kind puts in doubt', () => {
  it.each([
    ['corner-web', 'shop', true],
    ['shop-operated', 'shop', true],
    ['web', 'shop', false],
    ['corner-web', 'billing', false],
  ] as const)('%s in %s: %s', (name, namespace, doubted) => {
    const { operators } = clusterOf(
      definition('Namespaced') + resource('trade.example/v1', 'Shop', inShop, runs),
    );
    expect(operators.mayMake('Service', namespace, name) !== undefined).toBe(doubted);
  });
});

describe('definitions that are not parsed', () => {
  it('are told apart by their text', () => {
    const { documents } = readManifest(new SourceFile('crd.yaml', definition('Cluster')));
    expect(documents[0]).toMatchObject({
      state: 'skipped',
      defines: { group: 'trade.example', kind: 'Shop', namespaced: false },
    });
  });

  it.each([
    ['deeper', definition('Cluster').replaceAll('  ', '    ')],
    [
      'behind comments',
      definition('Cluster').replace('spec:\n', 'spec:\n# Trade.\n\n').replace('Shop', 'Shop # one'),
    ],
  ])('are told apart by their text, %s', (_title, text) => {
    const { documents } = readManifest(new SourceFile('crd.yaml', text));
    expect(documents[0]?.defines).toEqual({
      group: 'trade.example',
      kind: 'Shop',
      namespaced: false,
    });
  });

  it('say nothing where they are written in another way', () => {
    const text =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: { group: a.b }\n';
    const [document] = readManifest(new SourceFile('crd.yaml', text)).documents;
    expect(document?.defines).toBeUndefined();
  });
});
