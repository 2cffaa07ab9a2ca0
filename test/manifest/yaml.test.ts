import { describe, expect, it } from 'vitest';
import { entryOf, type MapNode } from '../../src/manifest/node.ts';
import { readYaml } from '../../src/manifest/yaml.ts';
import { full, manifest, plain } from './support.ts';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;

/** Values as sigs.k8s.io/yaml 1.6.0 decodes them. */
const documents: [what: string, text: string, value: unknown][] = [
  ['anchors and aliases', 'a: &x {b: 1}\nc: *x\n', { a: { b: 1 }, c: { b: 1 } }],
  ['an anchor given twice', 'a: &x 1\nb: *x\nc: &x 2\nd: *x\n', { a: 1, b: 1, c: 2, d: 2 }],
  ['an alias as key', 'a: &x b\n*x : 1\n', { a: 'b', b: 1 }],
  [
    'a merge',
    'a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n',
    { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } },
  ],
  [
    'a merge below an explicit key wins over it',
    'a: &x {b: 1}\nd:\n  b: 2\n  <<: *x\n',
    { a: { b: 1 }, d: { b: 1 } },
  ],
  ['of merged mappings the first wins', '<<: [{a: 1}, {a: 2, b: 3}]\n', { a: 1, b: 3 }],
  ['a quoted merge key is a key', '"<<": {a: 1}\n', { '<<': { a: 1 } }],
  ['a merged scalar', '<<: 5\n', 'problem: only mappings can be merged in with "<<"'],
  [
    'keys that are not strings',
    'on: 1\n2: 2\n1.5: 3\n0x10: 4\n',
    { true: 1, 2: 2, '1.5': 3, 16: 4 },
  ],
  ['quoted keys', '"on": 1\n\'2\': 2\n', { on: 1, 2: 2 }],
  ['a key with a question mark', '? a\n: b\n', { a: 'b' }],
  ['tags', 'a: !!str 5\nb: !!int "5"\nc: !Ref x\nd: !!str\n', { a: '5', b: 5, c: 'x', d: '' }],
  ['a set', 'a: !!set {b}\n', { a: { b: null } }],
  ['a tag that does not fit', 'a: !!int x\n', 'problem: "x" is no !!int'],
  ['a list of pairs', 'a: [b: c]\n', { a: [{ b: 'c' }] }],
  [
    'an IPv6 address that ends in a colon',
    'a: [fe80::, 2001:db8::]\n',
    { a: ['fe80::', '2001:db8::'] },
  ],
  ['a comment without a blank before it', 'a: "b"#c\n', { a: 'b' }],
  [
    'an escape of JSON that YAML lacks',
    'a: "x\\/y"\n',
    'problem: kubectl reads YAML 1.1, which has no escape \\/',
  ],
  [
    'half a surrogate pair',
    'a: "\\ud83d\\ude00"\n',
    'problem: kubectl reads YAML 1.1, which has no escape \\ud83d',
  ],
  ['the same beside a plain escape', 'a: "\\u00e9 \\\\ud83d"\n', { a: 'é \\ud83d' }],
  ['a control character', 'a: \u0007\n', 'problem: control characters are not allowed'],
  ['a blank line with a tab', 'a: b\n\t\nc: d\n', 'problem: tabs cannot indent in YAML'],
  [
    'a question mark in a flow collection',
    'a: [http://x/y?z=1]\n',
    'problem: a "?" inside of brackets or braces ends a text that is not quoted',
  ],
  [
    'the same deeper, as a key',
    'a: {b: [c], d?e: f}\n',
    'problem: a "?" inside of brackets or braces ends a text that is not quoted',
  ],
  [
    'question marks elsewhere',
    'a: b?c\nd: ["e?", \'?\']\nf: # ?\n  - g?\n',
    { a: 'b?c', d: ['e?', '?'], f: ['g?'] },
  ],
  ['a tab behind a dash', 'a:\n-\tb\n', 'problem: tabs cannot indent in YAML'],
  [
    'tabs before comments and in flow collections',
    'a: b\t# c\nd: [\n  e\t]\n',
    { a: 'b', d: ['e'] },
  ],
];

describe('all of YAML', () => {
  for (const [what, text, value] of documents) it(what, () => expect(full(text)).toEqual(value));

  it('reads in linear time what nests deeply, or says that it cannot', () => {
    expect(full(`${'['.repeat(20_000)}\n`)).toMatch(/^problem: /);
  });
});

describe('aliases that expand to too much', () => {
  const bomb = lines(
    'apiVersion: v1',
    'kind: Pod',
    'a0: &a0 [x, x, x, x, x, x, x, x, x]',
    ...Array.from(
      { length: 9 },
      (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`,
    ),
  );
  it('a billion laughs are refused at once', () => {
    const start = performance.now();
    const [document] = manifest(bomb).documents;
    expect(document).toMatchObject({ state: 'broken', problem: { code: 'aliases' } });
    expect(performance.now() - start).toBeLessThan(3000);
  });
  it('as many aliases as anybody needs are not', () => {
    expect(full(lines('a: &a {b: c}', 'd:', ...Array<string>(3000).fill('- *a')))).toMatchObject({
      a: { b: 'c' },
    });
  });
  it('nor is one that uses itself', () => {
    expect(manifest('apiVersion: v1\nkind: Pod\na: &a [*a]\n').documents[0]?.problem).toMatchObject(
      {
        code: 'aliases',
        message: 'anchor "a" contains itself',
      },
    );
  });
});

describe('entries', () => {
  it('merged ones are marked and stand where the anchor stands', () => {
    const text = 'a: &x\n  b: 1\nd:\n  <<: *x\n  c: 3\n';
    const tree = readYaml(text, [0, text.length]);
    const merged = 'root' in tree ? entryOf(tree.root, 'd')?.value : undefined;
    expect(
      (merged as MapNode).entries.map(({ key, keyRange, merged: isMerged }) => [
        key,
        keyRange[0],
        isMerged,
      ]),
    ).toEqual([
      ['b', 8, true],
      ['c', text.indexOf('c:'), undefined],
    ]);
  });

  const duplicates: [what: string, text: string, value: unknown, keys: string[]][] = [
    ['the last one wins', 'a: 1\nb: 2\na: 3\n', { b: 2, a: 3 }, ['a']],
    ['three of them', 'a: 1\na: 2\na: 3\n', { a: 3 }, ['a', 'a']],
    ['in a flow mapping', 'x: {a: 1, a: 2}\n', { x: { a: 2 } }, ['a']],
    ['written differently', 'on: 1\n"true": 2\n', { true: 2 }, ['true']],
    [
      'among many keys',
      lines(...Array.from({ length: 40 }, (_, i) => `k${i}: ${i}`), 'k7: x', 'k39: z'),
      expect.objectContaining({ k7: 'x', k39: 'z', k38: 38 }),
      ['k7', 'k39'],
    ],
  ];
  for (const [what, text, value, keys] of duplicates) {
    it(`given twice: ${what}`, () => {
      expect(plain(text)).toEqual(value);
      expect(full(text)).toEqual(value);
      const [document] = manifest(`apiVersion: v1\nkind: Pod\n${text}`).documents;
      expect(document?.duplicateKeys.map(({ key }) => key)).toEqual(keys);
      for (const { first, second } of document?.duplicateKeys ?? [])
        expect(first[1]).toBeLessThan(second[0]);
    });
  }

  it('an explicit key over a merged one is not a duplicate', () => {
    expect(
      manifest('apiVersion: v1\nkind: Pod\na: &x {b: 1}\nd: {<<: *x, b: 2}\n').documents[0]
        ?.duplicateKeys,
    ).toEqual([]);
  });
  it('keys named like properties of Object are keys', () => {
    const [object] = manifest(
      'apiVersion: v1\nkind: Pod\n__proto__: {a: 1}\nconstructor: b\n',
    ).objects;
    expect(JSON.stringify(object?.value)).toBe(
      '{"apiVersion":"v1","kind":"Pod","__proto__":{"a":1},"constructor":"b"}',
    );
  });
});
