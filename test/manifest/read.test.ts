import { describe, expect, it } from 'vitest';
import { manifest, names, states } from './support.ts';

const object = (name: string, kind = 'Service', apiVersion = 'v1'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;
const between = (text: string): string => `${object('a')}---\n${text}\n---\n${object('b')}`;

/**
 * What kubectl 1.36 does with `text` between two Services: `states` is about that document, `after`
 * says whether the Service behind it is still read.
 */
const cases: [
  what: string,
  text: string,
  state: string,
  after: 'read' | 'lost',
  inBetween?: string[],
][] = [
  ['an object', object('x', 'Pod'), 'objects', 'read', ['Pod/x']],
  ['nothing but a comment', '# nothing', 'empty', 'read'],
  ['null', 'null', 'empty', 'read'],
  ['a tilde', '~', 'empty', 'read'],
  ['text behind "..."', `${object('x', 'Pod')}...\nfoo: [\n`, 'objects', 'read', ['Pod/x']],
  ['text that starts with "..."', '...\nfoo: 1\n', 'broken: syntax', 'lost'],
  ['a kind that takes no part', object('x', 'CSINode', 'storage.k8s.io/v1'), 'skipped', 'read'],
  ['a syntax error', 'kind: [unclosed', 'broken: syntax', 'lost'],
  ['an unknown alias', 'apiVersion: v1\nkind: Pod\na: *b', 'broken: syntax', 'lost'],
  [
    'an alias within its anchor',
    'apiVersion: v1\nkind: Pod\na: &a {b: *a}',
    'broken: aliases',
    'lost',
  ],
  ['a directive', '%YAML 1.1', 'broken: syntax', 'lost'],
  ['not a number', 'apiVersion: v1\nkind: Pod\na: .nan', 'broken: syntax', 'lost'],
  ['a null key', 'apiVersion: v1\nkind: Pod\n~: x', 'broken: syntax', 'lost'],
  ['a list as key', 'apiVersion: v1\nkind: Pod\n? [a]\n: x', 'broken: syntax', 'lost'],
  ['no kind', 'apiVersion: v1\nmetadata: {name: x}', 'broken: type-meta', 'lost'],
  ['no apiVersion', 'kind: Pod\nmetadata: {name: x}', 'broken: type-meta', 'lost'],
  [
    'a number as apiVersion',
    'apiVersion: 1\nkind: Pod\nmetadata: {name: x}',
    'broken: type-meta',
    'lost',
  ],
  [
    'an apiVersion with two slashes',
    'apiVersion: a/b/c\nkind: Pod\nmetadata: {name: x}',
    'broken: type-meta',
    'lost',
  ],
  ['neither apiVersion nor kind', 'a: b', 'broken: type-meta', 'lost'],
  ['an empty mapping', '{}', 'broken: type-meta', 'lost'],
  ['a scalar', 'hello', 'broken: type-meta', 'lost'],
  ['false', 'false', 'broken: type-meta', 'lost'],
  ['a bare list', `- ${object('x', 'Pod').replaceAll('\n', '\n  ')}`, 'broken: type-meta', 'lost'],
  [
    'a template',
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}',
    'template',
    'read',
  ],
  [
    'a template of lines',
    '{{- if .Values.x }}\napiVersion: v1\nkind: Pod\n{{- end }}',
    'template',
    'read',
  ],
  [
    'a template in quotes is a string',
    `${object('x', 'Pod')}a: "{{ x }}"`,
    'objects',
    'read',
    ['Pod/x'],
  ],
  ['a template that parses but is not an object yet', 'a: "{{ x }}"', 'template', 'read'],
  [
    'metadata that is not a mapping',
    'apiVersion: v1\nkind: Pod\nmetadata: 5',
    'broken: metadata',
    'read',
  ],
  ['no metadata', 'apiVersion: v1\nkind: Pod\nmetadata:', 'objects', 'read', ['Pod/']],
  [
    'a number as name',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: 5}',
    'broken: metadata',
    'read',
  ],
  [
    'a number as namespace',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: 5}',
    'broken: metadata',
    'read',
  ],
  [
    'a boolean as label',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: {a: true}}',
    'broken: metadata',
    'read',
  ],
  [
    'a null label',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: {a: null}}',
    'objects',
    'read',
    ['Pod/x'],
  ],
  [
    'a mapping as annotation',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x, annotations: {a: {b: 1}}}',
    'broken: metadata',
    'read',
  ],
  [
    'labels that are a list',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: []}',
    'broken: metadata',
    'read',
  ],
  [
    'a number where metadata has no such field',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x, foo: 5}',
    'objects',
    'read',
    ['Pod/x'],
  ],
  [
    'a time that is none',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x, creationTimestamp: soon}',
    'broken: metadata',
    'read',
  ],
  [
    'a null time',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x, creationTimestamp: null}',
    'objects',
    'read',
    ['Pod/x'],
  ],
  [
    'a generation in quotes',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x, generation: "1"}',
    'broken: metadata',
    'read',
  ],
  [
    'a number as finalizer',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x, finalizers: [1]}',
    'broken: metadata',
    'read',
  ],
  [
    'an owner without a string as name',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x, ownerReferences: [{name: 1}]}',
    'broken: metadata',
    'read',
  ],
  ['an empty list', 'apiVersion: v1\nkind: PodList\nitems: []', 'objects', 'read'],
  ['a list of null', 'apiVersion: v1\nkind: PodList\nitems: null', 'objects', 'read'],
  ['items that are a mapping', 'apiVersion: v1\nkind: PodList\nitems: {}', 'broken: list', 'read'],
  ['items that are a string', 'apiVersion: v1\nkind: PodList\nitems: abc', 'broken: list', 'read'],
  ['an item that is a number', 'apiVersion: v1\nkind: PodList\nitems: [5]', 'broken: list', 'read'],
  ['an item that is a list', 'apiVersion: v1\nkind: PodList\nitems: [[]]', 'broken: list', 'read'],
  [
    'a null item of a typed list',
    'apiVersion: v1\nkind: PodList\nitems: [null]',
    'objects',
    'read',
    ['Pod/'],
  ],
  [
    'items of a typed list',
    'apiVersion: v1\nkind: PodList\nitems: [{metadata: {name: x}}]',
    'objects',
    'read',
    ['Pod/x'],
  ],
  [
    'items of any other kind',
    'apiVersion: v1\nkind: ConfigMap\nitems: [{apiVersion: v1, kind: Pod, metadata: {name: x}}]',
    'objects',
    'read',
    ['Pod/x'],
  ],
  [
    'a List in a List',
    'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod}, {apiVersion: v1, kind: List, items: []}]',
    'broken: list',
    'read',
  ],
  [
    'an item with null items',
    'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, items: null}]',
    'objects',
    'read',
    ['Pod/'],
  ],
  [
    'an item of a plain List without a type',
    'apiVersion: v1\nkind: List\nitems: [{metadata: {name: x}}]',
    'broken: type-meta',
    'read',
  ],
  [
    'a List that loses one of two items',
    'apiVersion: v1\nkind: List\nitems: [{kind: Pod}, {apiVersion: v1, kind: Pod, metadata: {name: x}}]',
    'objects: type-meta',
    'read',
    ['Pod/x'],
  ],
  [
    'a List that loses an item to its metadata',
    'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: {name: 1}}, {apiVersion: v1, kind: Pod}]',
    'objects: metadata',
    'read',
    ['Pod/'],
  ],
];

describe('a document between two others', () => {
  for (const [what, text, state, after, inBetween = []] of cases) {
    it(`${what} is ${state}, what follows is ${after}`, () => {
      const read = manifest(between(text));
      expect(states(read)).toEqual(['objects', state, 'objects']);
      expect(names(read)).toEqual([
        'Service/a',
        ...inBetween,
        after === 'lost' ? '!Service/b' : 'Service/b',
      ]);
    });
  }
});

describe('a file of other things', () => {
  const foreign: [what: string, text: string][] = [
    ['Helm values', 'replicaCount: 1\nimage:\n  tag: x\n'],
    ['a chart', 'apiVersion: v2\nname: web\nversion: 1.0.0\n'],
    ['a pipeline with a kind', 'kind: pipeline\ntype: docker\nsteps: []\n'],
    ['a number as apiVersion', 'apiVersion: 1\nproviders: []\n'],
    ['a list', '- a\n- b\n'],
    ['text', 'hello\n'],
    ['a placeholder, and still no object', 'a: "{{ b }}"\n'],
  ];
  for (const [what, text] of foreign)
    it(`${what} is foreign`, () => expect(states(manifest(text))).toEqual(['foreign']));
  it('an object without kind is broken even alone', () =>
    expect(states(manifest('apiVersion: v1\nmetadata: {name: x}\n'))).toEqual([
      'broken: type-meta',
    ]));
  it.each([
    ['pods without a kind', 'metadata: {name: x}\nspec: {containers: [{name: x, image: x}]}\n'],
    [
      'a Service beside fields of another file',
      'metadata: {name: x}\nspec: {selector: {a: b}, ports: [{port: 80}]}\nowner: me\n',
    ],
    ['no name', 'spec: {selector: {a: b}, ports: [{port: 80}]}\n'],
  ])('%s may be anything', (_, text) => expect(states(manifest(text))).toEqual(['foreign']));
  it.each([
    ['Service', 'spec: {selector: {a: b}, ports: [{port: 80}]}'],
    ['Deployment', 'spec: {template: {spec: {containers: [{name: x, image: x}]}}}'],
    [
      'StatefulSet',
      'spec: {serviceName: x, template: {spec: {containers: [{name: x, image: x}]}}}',
    ],
  ])('the fields of a %s say what it is', (kind, spec) => {
    const { documents, meant } = manifest(`metadata: {name: x}\n${spec}\n`);
    expect(documents[0]?.state).toBe('broken');
    expect(meant?.objects.map((object) => object.kind)).toEqual([kind]);
  });
  it('foreign documents stop nothing where there is nothing to stop', () =>
    expect(states(manifest('a: 1\n---\nb: 2\n'))).toEqual(['foreign', 'foreign']));
});

describe('JSON', () => {
  const json = (name: string): string =>
    `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}"}}`;
  const streams: [what: string, text: string, objects: string[], states: string[]][] = [
    ['one value', json('a'), ['Pod/a'], ['objects']],
    ['values side by side', json('a') + json('b'), ['Pod/a', 'Pod/b'], ['objects', 'objects']],
    [
      'values and a null',
      `${json('a')} null\n${json('b')}`,
      ['Pod/a', 'Pod/b'],
      ['objects', 'empty', 'objects'],
    ],
    [
      'a number between values',
      `${json('a')} 5 ${json('b')}`,
      ['Pod/a', '!Pod/b'],
      ['objects', 'broken: type-meta', 'objects'],
    ],
    [
      'one value, then YAML',
      `${json('a')}\n\n---\napiVersion: v1\nkind: Pod\n`,
      ['Pod/a', 'Pod/'],
      ['objects', 'objects'],
    ],
    [
      'one value, then YAML at once',
      `${json('a')}\napiVersion: v1\nkind: Pod\n`,
      ['Pod/a', 'Pod/'],
      ['objects', 'objects'],
    ],
    [
      'two values, then a separator',
      `${json('a')}\n${json('b')}\n---\n${json('c')}`,
      ['Pod/a', 'Pod/b', '!Pod/c'],
      ['objects', 'objects', 'broken: syntax', 'objects'],
    ],
    [
      'a trailing comma: YAML after all',
      `${json('a').slice(0, -2)},}}\n---\n${json('b')}`,
      ['Pod/a', 'Pod/b'],
      ['objects', 'objects'],
    ],
    [
      'YAML in braces',
      '{apiVersion: v1, kind: Pod, metadata: {name: a}}\n',
      ['Pod/a'],
      ['objects'],
    ],
    [
      'values behind a comment: YAML, which reads one only',
      `# c\n${json('a')}\n${json('b')}`,
      ['Pod/a'],
      ['objects'],
    ],
    ['a list of objects', `[${json('a')}]`, [], ['foreign']],
  ];
  for (const [what, text, objects, expected] of streams) {
    it(what, () => {
      const read = manifest(text);
      expect(names(read)).toEqual(objects);
      expect(states(read)).toEqual(expected);
    });
  }

  it('keeps positions and duplicate keys', () => {
    const text =
      '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a\\u00e9", "name": "b"}}';
    const { documents, objects } = manifest(text);
    expect(objects[0]?.name).toBe('b');
    expect(
      documents[0]?.duplicateKeys.map(({ key, first, second }) => [
        key,
        text.slice(...first),
        first[0] < second[0],
      ]),
    ).toEqual([['name', '"name"', true]]);
  });
});

describe('what an object says of itself', () => {
  it('namespace as written, undefined if empty or missing', () => {
    const text = ['{name: a, namespace: x}', '{name: b, namespace: ""}', '{generateName: c-}']
      .map((metadata) => `apiVersion: v1\nkind: Pod\nmetadata: ${metadata}\n`)
      .join('---\n');
    expect(manifest(text).objects.map(({ name, namespace }) => [name, namespace])).toEqual([
      ['a', 'x'],
      ['b', undefined],
      ['', undefined],
    ]);
  });

  it('an item that inherits its type has it in its value', () => {
    const [item] = manifest(
      'apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: {name: a}\n',
    ).objects;
    expect(item).toMatchObject({
      apiVersion: 'v1',
      kind: 'Service',
      value: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } },
    });
  });

  it('what the text of a broken or templated document tells', () => {
    const read = manifest(
      'apiVersion: apps/v1 # new\nkind: "Deployment"\nspec: [\n---\napiVersion: {{ x }}\nkind: Ingress\n',
    );
    expect(read.documents.map(({ apiVersion, kind }) => [apiVersion, kind])).toEqual([
      ['apps/v1', 'Deployment'],
      [undefined, 'Ingress'],
    ]);
  });

  it('kinds that somebody wants are parsed', () => {
    const text = object('s', 'CSINode', 'storage.k8s.io/v1');
    expect(names(manifest(text))).toEqual([]);
    expect(names(manifest(text, { wanted: new Set(['CSINode']) }))).toEqual(['CSINode/s']);
  });

  it('a byte order mark and CRLF change nothing but offsets', () => {
    const text = object('a');
    expect(manifest(`\ufeff${text.replaceAll('\n', '\r\n')}`).objects[0]?.value).toEqual(
      manifest(text).objects[0]?.value,
    );
  });

  it('a lone carriage return breaks a line, as it does for go-yaml', () => {
    const text = object('a');
    const returns = manifest(text.replaceAll('\n', '\r'));
    expect(returns.documents.map(({ state }) => state)).toEqual(['objects']);
    expect(returns.objects[0]?.value).toEqual(manifest(text).objects[0]?.value);
  });

  it.each([
    ['JSON with comments', '{\n  // a comment\n  "a": 1,\n}\n', 'foreign'],
    ['a template of another language', '{% if a %}\nb: c\n{% endif %}\n', 'foreign'],
    ['a Kubernetes object in JSON', '{\n  "kind": "Service" "apiVersion": "v1"\n}\n', 'broken'],
    ['a Kubernetes object', 'kind: Service\nmetadata: { name: a\n', 'broken'],
    [
      'a value that a script fills in',
      'kind: Service\nspec:\n  clusterIP: {PREFIX}.1\n',
      'template',
    ],
    ['a name that sed fills in', 'kind: Service\nmetadata:\n  name: @@NAME@@\n', 'template'],
  ])('what is not a YAML: %s', (_, text, state) => {
    expect(manifest(text).documents.map((document) => document.state)).toEqual([state]);
  });
});
