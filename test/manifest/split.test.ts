import { describe, expect, it } from 'vitest';
import { splitDocuments } from '../../src/manifest/split.ts';

const cases: [what: string, text: string, documents: string[], problems?: number[]][] = [
  ['one document', 'a: 1\n', ['a: 1\n']],
  ['no line break at the end', 'a: 1', ['a: 1']],
  ['nothing', '', []],
  ['blanks only', '\n  \n', []],
  ['two documents', 'a: 1\n---\nb: 2\n', ['a: 1\n', 'b: 2\n']],
  ['a separator first and last', '---\na: 1\n---\n', ['a: 1\n']],
  ['an empty document in between', 'a: 1\n---\n\n---\nb: 2\n', ['a: 1\n', '\n', 'b: 2\n']],
  ['a comment before the first separator', '# license\n---\na: 1\n', ['# license\n', 'a: 1\n']],
  ['blanks and a comment behind a separator', 'a: 1\n---  # next\nb: 2\n', ['a: 1\n', 'b: 2\n']],
  ['CRLF', 'a: 1\r\n---\r\nb: 2\r\n', ['a: 1\r\n', 'b: 2\r\n']],
  ['an indented separator is none', 'a: |\n ---\nb: 2\n', ['a: |\n ---\nb: 2\n']],
  [
    'a separator in a block scalar separates all the same',
    'a: |\n---\nb: 2\n',
    ['a: |\n', 'b: 2\n'],
  ],
  ['a separator at the very end', 'a: 1\n---', ['a: 1\n']],
  ['a document behind the separator', 'a: 1\n--- {b: 2}\nc: 3\n', ['a: 1\n', 'c: 3\n'], [1]],
  ['four dashes', '----\na: 1\n', ['a: 1\n'], [0]],
  ['a separator with text and nothing behind it', 'a: 1\n--- x', ['a: 1\n', ''], [1]],
  ['a directive is a document of its own', '%YAML 1.1\n---\na: 1\n', ['%YAML 1.1\n', 'a: 1\n']],
];

describe('splitting into documents, line by line as kubectl does', () => {
  for (const [what, text, documents, problems = []] of cases) {
    it(what, () => {
      const chunks = splitDocuments(text);
      expect(chunks.map(({ range }) => text.slice(...range))).toEqual(documents);
      expect(
        chunks.flatMap(({ problem }, index) => (problem === undefined ? [] : [index])),
      ).toEqual(problems);
    });
  }

  it('points at the whole line of a bad separator', () => {
    const text = 'a: 1\n--- {b: 2}  \nc: 3\n';
    const [, chunk] = splitDocuments(text);
    expect(chunk?.problem).toMatchObject({
      code: 'separator',
      help: 'move what follows to the next line',
    });
    expect(text.slice(...(chunk?.problem?.range ?? []))).toBe('--- {b: 2}');
  });
});
