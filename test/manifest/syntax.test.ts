import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/manifest/source.ts';
import { readYaml } from '../../src/manifest/yaml.ts';
import { manifest } from './support.ts';

/** One error per document: what is underlined, where, and what is said of it. */
const cases: [text: string, position: string, underlined: string, message: string][] = [
  ['a:\n\tb: c\n', '2:1', '\t', 'tabs cannot indent in YAML'],
  ['a:\n  b: 1\n\tc: 2\n', '3:1', '\t', 'tabs cannot indent in YAML'],
  ['a: b: c\n', '1:4', 'b: c', 'mapping values are not allowed here'],
  ['a: 1\n  b: 2\n', '2:3', 'b: 2', 'mapping values are not allowed here'],
  ['a:\n  b: 1\n c: 2\n', '3:2', 'c: 2', 'the indentation does not fit the lines above'],
  ['a: "x\nb: 1\n', '1:4', '"', 'unclosed "'],
  ["a: 'x\nb: 1\n", '1:4', "'", "unclosed '"],
  ['a: [b\nc: d\n', '1:4', '[', 'unclosed ['],
  ['a: {b: 1\nc: d\n', '1:4', '{', 'unclosed {'],
  ['a: [b]]\n', '1:7', ']', 'nothing is open that ] could close'],
  ['a: [x, , y]\n', '1:8', ',', 'nothing stands before this comma'],
  ['a: 1\nb\nc: 2\n', '2:1', 'b', 'a key without ":"'],
  ['a: @x\n', '1:4', '@', 'a value cannot start with @'],
  ['a: %x\n', '1:4', '%', 'a value cannot start with %'],
  ['a: **/*.ts\n', '1:4', '**/*.ts', 'a value cannot start with *'],
  ['a: *x\n', '1:4', '*x', 'no anchor "x" comes before its alias'],
  ['a: "\\d"\n', '1:5', '\\d', 'YAML has no escape \\d'],
  ['a: - b\n', '1:4', '-', 'a list cannot start on the line of its key'],
  ['a: "b" c\n', '1:8', 'c', 'unexpected text behind the closing quote'],
  ['a: |x\n  b\n', '1:5', 'x', 'only a comment may follow the block indicator'],
  [
    'a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n',
    '2:1',
    '<<<<<<< HEAD',
    'a merge conflict is not resolved',
  ],
  [
    'a: 1\nb:\u00a02\nc: 3\n',
    '2:3',
    '\u00a0',
    'the character U+00A0 looks like a blank, and is none to YAML',
  ],
  [
    'a:\n  b: 1\n \u3000c: 2\n',
    '3:2',
    '\u3000',
    'the character U+3000 looks like a blank, and is none to YAML',
  ],
  [
    'a:\n  b: 1\n  ---\n  c: 1\nd: 2\n',
    '3:3',
    '---',
    '"---" begins a document only at the start of its line; here it is text',
  ],
  ['a: "\u00a0" c\n', '1:8', 'c', 'unexpected text behind the closing quote'],
  ['%YAML 1.1\n', '1:1', '%YAML 1.1', 'kubectl takes a directive for a document of its own'],
  ['? [a]\n: b\n', '1:3', '[a]', 'a list cannot be a key'],
  ['~: x\n', '1:1', '~', '~ cannot be a key'],
  ['a: .inf\n', '1:4', '.inf', 'JSON has no number .inf'],
];

describe('what is said of text that is not YAML', () => {
  for (const [text, position, underlined, message] of cases) {
    it(`${message}: ${JSON.stringify(text)}`, () => {
      const tree = readYaml(text, [0, text.length]);
      const problem = 'problem' in tree ? tree.problem : undefined;
      const file = new SourceFile('test.yaml', text);
      const { line, column } = file.position(problem?.range[0] ?? 0);
      expect([problem?.code, problem?.message]).toEqual(['syntax', message]);
      expect([`${line}:${column}`, file.text.slice(...(problem?.range ?? [0, 0]))]).toEqual([
        position,
        underlined,
      ]);
    });
  }

  it('is found where the document is', () => {
    const text = 'apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Pod\na: b: c\n';
    const range = manifest(text).documents[1]?.problem?.range ?? [0, 0];
    expect([range[0], text.slice(...range)]).toEqual([text.indexOf('b: c'), 'b: c']);
  });

  it('messages keep to the house: lower case, no full stop', () => {
    for (const [text] of cases) {
      const tree = readYaml(text, [0, text.length]);
      const problem = 'problem' in tree ? tree.problem : undefined;
      expect(problem?.message).toMatch(/^[^A-Z].*[^.]$|^YAML |^JSON /);
      expect(problem?.help ?? 'x').toMatch(/[^.]$/);
    }
  });
});
