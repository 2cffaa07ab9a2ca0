import { describe, expect, it } from 'vitest';
import { commentsOf } from '../../src/manifest/comments.ts';
import { manifest } from './support.ts';

const cases: [what: string, text: string, comments: string[]][] = [
  ['none', 'a: b\n', []],
  [
    'lines of their own and behind values',
    '# a\na: b # c \n  # d\ne: #f\n  g: h\n',
    ['# a', '# c', '# d', '#f'],
  ],
  ['not in quotes', 'a: "# b"\nc: \'# d\' # e\nf: "g\n  # h"\n', ['# e']],
  ['not in block scalars', 'a: | # b\n  # c\n  d\n # e\nf: >-\n  # g\n', ['# b', '# e']],
  ['not within words', 'a: b#c\nd: http://e/#f # g\n', ['# g']],
  ['in flow collections', 'a: [ # b\n  c, # d\n  "#e" ]\nf: {} # g\n', ['# b', '# d', '# g']],
  ['in lists', '- a # b\n# c\n-\n  # d\n  e: f\n', ['# b', '# c', '# d']],
  ['with CRLF', '# a\r\nb: c # d\r\n', ['# a', '# d']],
  [
    'in documents with anchors',
    '# a\nb: &c d # e\nf: *c # g\nh: "# i"\nj: |\n  # k\n',
    ['# a', '# e', '# g'],
  ],
  ['in documents that do not parse', '# a\nb: [ # c\nd: "# e" # f\n', ['# a', '# c', '# f']],
  ['in templates', '{{ if x }}\n# a\nb: {{ c }} # d\n', ['# a', '# d']],
  [
    'in documents that are skipped',
    'apiVersion: v1\nkind: ConfigMap # a\ndata:\n  b: |\n    # c\n',
    ['# a'],
  ],
];

describe('the comments of a document', () => {
  for (const [what, text, comments] of cases) {
    it(what, () => {
      const read = manifest(`x: y # before\n---\n${text}---\nz: 1 # behind\n`);
      const document = read.documents[1];
      expect(
        document === undefined ? [] : commentsOf(document).map((comment) => comment.text),
      ).toEqual(comments);
      for (const { range, text: found } of document === undefined ? [] : commentsOf(document))
        expect(read.file.text.slice(...range)).toBe(found);
    });
  }
});
