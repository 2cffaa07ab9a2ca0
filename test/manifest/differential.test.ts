/** plain.ts either declines or makes exactly the tree that yaml.ts makes; and both decode what was encoded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Json } from '../../src/kubernetes/json.ts';
import { readJson } from '../../src/manifest/json.ts';
import { toJson } from '../../src/manifest/node.ts';
import { readPlain, readPlainValue } from '../../src/manifest/plain.ts';
import { splitDocuments } from '../../src/manifest/split.ts';
import { readYaml } from '../../src/manifest/yaml.ts';
import { runs } from '../support/runs.ts';
import { full, plain } from './support.ts';

/** Whether the fast reader took the document; fails if it took it for something else. */
function agree(text: string, range: readonly [number, number] = [0, text.length]): boolean {
  const tree = readPlain(text, range);
  agreeInValues(text, range, tree);
  // What it calls a template the full reader cannot read.
  if (tree === 'template') expect(readYaml(text, range)).toHaveProperty('problem');
  else if (tree !== undefined) expect(tree).toEqual(readYaml(text, range));
  return typeof tree === 'object';
}

/** The reader of values alone says what the tree says. */
function agreeInValues(
  text: string,
  range: readonly [number, number],
  tree: ReturnType<typeof readPlain>,
): void {
  const values = readPlainValue(text, range);
  if (typeof tree !== 'object') expect(values).toBe(tree);
  else if (tree.duplicateKeys.length > 0) expect(values).toBe('repeated');
  else if (tree.root === undefined) expect(values).toMatchObject({ root: undefined });
  else {
    const [start, end] = tree.root.range;
    expect(values).toEqual({ root: toJson(tree.root), start, end });
  }
}

const plainDocuments: [what: string, text: string][] = [
  ['nested mappings', 'a:\n  b:\n    c: d\n  e: f\ng: h\n'],
  ["lists at their key's indentation and deeper", 'a:\n- b\n- c\nd:\n  - e\n  -   f\n'],
  ['compact items', '- a: b\n  c: d\n-   e: f\n    g: h\n- - i\n  - j\n-\n  k: l\n-\n- m\n'],
  ['nulls', 'a:\nb: ~\nc:\n  d:\n  e:\n-: x\n'.replace('-: x\n', '')],
  ['comments everywhere', '# a\na: b # c\n# d\nc: # e\n  # f\n  - g # h\n  # i\n# j\n'],
  [
    'colons, hashes and dashes in plain text',
    'a: http://b:80/c#d\ne: -x\nf: --g\nh: a:b\ni: "j" # k\nl m: n o\n',
  ],
  ['quotes', 'a: "b\\n\\"c\\"\\u00e9"\nd: \'it\'\'s\'\n"e f": g\n\'h\' : i\nj: ""\n'],
  ['quotes over several lines', 'a: "b\n  c\n\n  d "\ne: \'f\n  g\'\n'],
  ['plain text over several lines', 'a: b\n  c\n\n  d\ne:\n  f g\n  h\n'],
  ['flow collections', 'a: [b, "c", {d: e, f: [g]}, ]\nh: {}\ni: []\nj: {"k":1,\'l\': 2, m: }\n'],
  ['flow collections over several lines', 'a: [\n  b, # c\n\n  d\n  ]\ne: {\n  f: g,\n  h: i }\n'],
  [
    'literal blocks',
    'a: |\n  b\n   c\n\n  d\n\n\ne: |-\n  f\n\ng: |+\n  h\n\n\ni: |2\n    j\n   k\n',
  ],
  ['folded blocks', 'a: >\n  b\n  c\n\n  d\n   e\n  f\n\n\n  g\nh: >-\n\n  i\n  j\n'],
  ['blocks in lists', '- |\n a\n- >-\n  b\n  c\n-   d: |\n      e\n    f: g\n'],
  ['blocks with comments and without text', 'a: | # b\n  # c\nd: |\n# e\nf: >+\n\ng: h\n'],
  [
    'numbers, booleans and keys that are none of it',
    'on: off\n1: 0x1f\n1.5: 08\ny: 1e3\n"n": "1"\n',
  ],
  ['an indented document', '  a: b\n  c:\n    - d\n'],
  ['CRLF', 'a: b\r\nc:\r\n- d # e\r\n- "f\r\n  g"\r\nh: |\r\n  i\r\n\r\n  j\r\nk: [\r\n  l ]\r\n'],
  ['scalars alone', 'a b c\n'],
  ['a list alone', '- a\n'],
  ['JSON', '{"a":{"b":[1,2.5,true,null,"c"]}}\n'],
  ['no line break at the end', 'a:\n  - b'],
  ['nothing', '\n# a\n\n'],
  ['the end of a document', 'a: b\n...\n'],
  ['tabs behind text', 'a: b\t\nc: d \t # e\nf:\n  - g\t\n'],
  ['line breaks escaped in double quotes', 'a: "b\\\n  c\\\\\n  d"\n'],
  ['text that starts with a colon or a question mark', 'a: :b\nc: ?d\n'],
];

describe('documents that the fast reader takes', () => {
  for (const [what, text] of plainDocuments) it(what, () => expect(agree(text)).toBe(true));
  it('in the middle of a file', () => {
    const text = 'x: y\n---\na: [b]\nc: |\n  d\n---\nz: 1\n';
    const range = splitDocuments(text)[1]?.range ?? [0, 0];
    expect(agree(text, range)).toBe(true);
    expect(readPlain(text, range)).toMatchObject({ root: { range: [9, 24] } });
  });
});

const oddDocuments: [what: string, text: string][] = [
  ['anchors', 'a: &b c\n'],
  ['aliases', 'a: *b\n'],
  ['tags', 'a: !!str 1\n'],
  ['merge keys', '<<: {a: b}\n'],
  ['question marks', '? a\n: b\n'],
  ['templates', 'a: {{ b }}\n'],
  ['tabs as indentation', 'a:\n\tb: c\n'],
  ['tabs as separation', 'a:\tb\n'],
  ['directives', '%YAML 1.1\n'],
  ['keys too far to the right', 'a: b\n  c: d\n'],
  ['keys too far to the left', '  a: b\n c: d\n'],
  ['items too far to the left', '  - a\n - b\n'],
  ['a list behind a key', 'a: - b\n'],
  ['a list below a value', 'a: b\n- c\n'],
  ['two values', 'a: "b" c\n'],
  ['two colons', 'a: b: c\n'],
  ['quotes without an end', 'a: "b\n'],
  ['brackets without an end', 'a: [b\nc: d\n'],
  ['too many brackets', 'a: [b]]\n'],
  ['a key without a colon', 'a: b\nc\n'],
  ['not a number', 'a: .nan\n'],
  ['a null key', '~: a\n'],
  ['a pair in a list', 'a: [b: c]\n'],
  ['unknown escapes', 'a: "\\z"\n'],
  ['a comment within plain text', 'a: b # c\n  d\n'],
  ['a block with a tab', 'a: |\n\tb\n'],
  ['leading blank lines longer than the block is deep', 'a: |\n    \n  b\n'],
  ['control characters', 'a: b\u0001\n'],
  ['line breaks of other worlds', 'a: b\u2028c: d\n'],
];

describe('documents that the fast reader leaves to the other', () => {
  for (const [what, text] of oddDocuments) it(what, () => expect(plain(text)).toBeUndefined());

  const templates = ['a: {{ b }}\n', '- {{ b }}\n', 'a:\n  {{ b }}\n'];
  for (const text of templates) {
    it(`a template is known for one, and no reader takes it: ${JSON.stringify(text)}`, () => {
      expect(readPlain(text, [0, text.length])).toBe('template');
      expect(full(text)).toMatch(/^problem: /);
    });
  }
});

describe('what only the fast reader takes, as go-yaml does', () => {
  const cases: [what: string, text: string, value: Json][] = [
    ['double quotes that go on without indentation', 'a: "b\nc"\n', { a: 'b c' }],
    ['single quotes', "a:\n  b: 'c\n d'\n", { a: { b: 'c d' } }],
    ['brackets', 'a: [b,\nc\n]\nd: {\ne: f\n}\n', { a: ['b', 'c'], d: { e: 'f' } }],
  ];
  for (const [what, text, value] of cases) it(what, () => expect(plain(text)).toEqual(value));
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[-:#a-z0-9 .'"[\]{},&*|>%@\n~?!]{0,12}$/),
  fc.constantFrom(
    'y',
    'No',
    '0777',
    '1_0',
    '08',
    '~',
    '.5',
    '1e3',
    'a\nb\n',
    '  a',
    'a  ',
    '\n',
    ' a\n\n b\n',
  ),
);
const key = text.filter((name) => !/[\u0085\u2028\u2029\ufeff]/.test(name) && name.length < 100);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      key,
    ),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4 }),
  ),
}));

/** JSON has no negative zero to tell from zero. */
const normal = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json;

describe('any value', () => {
  it('written as YAML reads back the same', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(40, 80, 0), fc.boolean(), (value, lineWidth, indentSeq) => {
        // A scalar alone may be a block that is not indented, which go-yaml does not read.
        const written = stringify(
          { value },
          { version: '1.1', lineWidth, indentSeq, aliasDuplicateObjects: false },
        );
        // The library writes a text that begins with a blank line without its indentation.
        fc.pre(!/[|>][+-]?\n +\n/.test(written));
        expect(normal(full(written))).toEqual(normal({ value }));
        agree(written);
      }),
      runs(400),
    );
  });

  it('written as JSON reads back the same, by the reader of JSON too', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const written = JSON.stringify(value, null, indent);
        const tree = readJson(written, 0);
        expect(tree?.end).toBe(written.length);
        expect(tree === undefined ? undefined : toJson(tree.root)).toEqual(normal(value));
        agree(written);
      }),
      runs(400),
    );
  });

  it('with a character changed reads the same in both, if at all', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...plainDocuments.map(([, document]) => document)),
        fc.nat(),
        fc.constantFrom(...':-#"\'[]{}|>,?& \n*!~', '  ', '- ', ': ', ''),
        fc.nat(2),
        (document, at, insert, remove) => {
          const start = at % (document.length + 1);
          const changed = document.slice(0, start) + insert + document.slice(start + remove);
          const range = [0, changed.length] as const;
          const [tree, other] = [readPlain(changed, range), readYaml(changed, range)];
          agreeInValues(changed, range, tree);
          if (tree === 'template') expect(other).toHaveProperty('problem');
          else if (tree !== undefined && !('problem' in other)) expect(tree).toEqual(other);
          // The one thing that it alone can read.
          if (typeof tree === 'object' && 'problem' in other)
            expect(other.problem.message).toMatch(/^unclosed|^this line is neither/);
        },
      ),
      { numRuns: 2000, seed: 1 },
    );
  });
});

describe('every manifest in this repository', () => {
  const files = ['fixtures', 'examples'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => join(folder, name)),
  );
  it('reads the same in both, and nearly all by the fast reader', () => {
    let documents = 0;
    let taken = 0;
    for (const file of files) {
      const content = readFileSync(file, 'utf8');
      for (const { range, problem } of splitDocuments(content)) {
        if (problem !== undefined || 'problem' in readYaml(content, range)) continue;
        documents++;
        if (agree(content, range)) taken++;
      }
    }
    expect(taken / documents).toBeGreaterThan(0.95);
  });
});
