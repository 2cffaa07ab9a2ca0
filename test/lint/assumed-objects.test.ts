/** What is taken from a dump of a cluster. */
import { describe, expect, it } from 'vitest';
import { AssumedObjects, assumedObjects, besides } from '../../src/lint/unseen/assumed-objects.ts';
import type { ManifestObject } from '../../src/manifest/manifest.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';

const ownedBy = (apiVersion: string, kind: string, name: string, controller = true): string =>
  `ownerReferences: [{apiVersion: ${apiVersion}, kind: ${kind}, name: ${name}, uid: u, controller: ${controller}}]`;
const object = (
  apiVersion: string,
  kind: string,
  name: string,
  more = '',
  spec = 'spec: {}',
): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop${more === '' ? '' : `, ${more}`}}\n${spec}\n---\n`;

function objects(yaml: string): readonly ManifestObject[] {
  return readManifest(new SourceFile('dump.yaml', yaml)).objects;
}

const named = (list: readonly ManifestObject[]): string[] =>
  list.map(({ kind, name }) => `${kind}/${name}`);

describe('a dump', () => {
  it.each<[string, string, string[]]>([
    [
      'a Deployment’s ReplicaSet and pods are predicted',
      object('apps/v1', 'Deployment', 'web') +
        object('apps/v1', 'ReplicaSet', 'web-1', ownedBy('apps/v1', 'Deployment', 'web')) +
        object('v1', 'Pod', 'web-1-a', ownedBy('apps/v1', 'ReplicaSet', 'web-1')),
      ['Deployment/web'],
    ],
    [
      'pods of what is not in the dump stay',
      object('v1', 'Pod', 'web-1-a', ownedBy('apps/v1', 'ReplicaSet', 'web-1')),
      ['Pod/web-1-a'],
    ],
    [
      'pods of a custom resource stay, for what it makes is not predicted',
      object('example.com/v1', 'App', 'web') +
        object('v1', 'Pod', 'web-0', ownedBy('example.com/v1', 'App', 'web')),
      ['App/web', 'Pod/web-0'],
    ],
    [
      'an owner that is not a controller does not count',
      object('apps/v1', 'Deployment', 'web') +
        object('v1', 'Pod', 'debug', ownedBy('apps/v1', 'Deployment', 'web', false)),
      ['Deployment/web', 'Pod/debug'],
    ],
    [
      'slices and Endpoints of a Service are predicted',
      object('v1', 'Service', 'web', '', 'spec: {selector: {app: web}}') +
        object('v1', 'Endpoints', 'web', '', 'subsets: []') +
        object(
          'discovery.k8s.io/v1',
          'EndpointSlice',
          'web-x',
          ownedBy('v1', 'Service', 'web'),
          'addressType: IPv4',
        ),
      ['Service/web'],
    ],
    [
      'Endpoints written by hand stay',
      object('v1', 'Service', 'db', '', 'spec: {ports: [{port: 80}]}') +
        object('v1', 'Endpoints', 'db', '', 'subsets: []'),
      ['Service/db', 'Endpoints/db'],
    ],
  ])('%s', (_, yaml, expected) => {
    expect(named(assumedObjects([readManifest(new SourceFile('dump.yaml', yaml))]))).toEqual(
      expected,
    );
  });
});

describe('an object that a unit has itself', () => {
  it('is the unit’s, by group, kind, namespace and name', () => {
    const own = objects(object('v1', 'Service', 'web'));
    const assumed = objects(
      object('v1', 'Service', 'web') +
        object('v1', 'Service', 'api') +
        object('serving.knative.dev/v1', 'Service', 'web'),
    );
    expect(
      besides(own, assumed, 'default').map(({ apiVersion, name }) => `${apiVersion} ${name}`),
    ).toEqual(['v1 web', 'v1 api', 'serving.knative.dev/v1 web']);
  });

  it('may leave its namespace to the context', () => {
    const own = objects('apiVersion: v1\nkind: Service\nmetadata: {name: web}\n');
    expect(besides(own, objects(object('v1', 'Service', 'web')), 'shop')).toEqual(own);
    expect(besides(own, objects(object('v1', 'Service', 'web')), 'default')).toHaveLength(2);
  });
});

describe('what concerns a unit', () => {
  const assumed = new AssumedObjects(
    ['shop', 'pay', 'other'].flatMap((namespace) =>
      objects(
        object('v1', 'Service', namespace).replace('namespace: shop', `namespace: ${namespace}`),
      ),
    ),
    'default',
  );
  const cluster = new AssumedObjects(
    objects('apiVersion: v1\nkind: Namespace\nmetadata: {name: far}\n'),
    'default',
  );
  const unit = (
    yaml: string,
  ): {
    objects: readonly ManifestObject[];
    documents: ReturnType<typeof readManifest>['documents'];
  } => readManifest(new SourceFile('unit.yaml', yaml));
  const pod = (spec: string, namespace = ''): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: own${namespace}}\nspec: ${spec}\n`;

  it.each<[string, string, string[]]>([
    ['its own namespace', pod('{}', ', namespace: shop'), ['Service/shop']],
    ['no namespace of the dump', pod('{}'), []],
    [
      'one that it names',
      pod('{containers: [{env: [{name: A, value: http://pay.pay.svc}]}]}', ', namespace: shop'),
      ['Service/shop', 'Service/pay'],
    ],
    [
      'all, where it selects namespaces',
      pod('{namespaceSelector: {}}'),
      ['Service/shop', 'Service/pay', 'Service/other'],
    ],
  ])('%s', (_, yaml, expected) => {
    expect(named(assumed.beside(unit(yaml)))).toEqual(['Pod/own', ...expected]);
  });

  it('is always what has no namespace', () => {
    expect(named(cluster.beside(unit(pod('{}'))))).toEqual(['Pod/own', 'Namespace/far']);
  });
});
