/** Regular expressions of manifests: what the engine of JavaScript says, in time that grows with pattern × text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchoredRegex } from '../../src/text/regex.ts';

const matches = (pattern: string, text: string): boolean | undefined =>
  anchoredRegex(pattern)?.(text);

describe('anchoredRegex', () => {
  it.each([
    ['web', 'web', true],
    ['web', 'web-1', false],
    ['web.*', 'web-1', true],
    ['(web|api)-[0-9]+', 'api-17', true],
    ['(web|api)-[0-9]+', 'api-', false],
    ['[^a-c]x?', 'd', true],
    ['[^a-c]x?', 'a', false],
    ['a{2,3}', 'aa', true],
    ['a{2,3}', 'aaaa', false],
    ['a{2,}', 'aaaaa', true],
    ['a{0}b', 'b', true],
    ['^web$', 'web', true],
    ['a^b', 'ab', false],
    ['(?i)WEB', 'web', true],
    ['(?P<name>a)\\.b', 'a.b', true],
    ['\\d+\\w\\s', '12a ', true],
    ['\\D', '1', false],
    ['[\\w-]+', 'a-b_c', true],
    ['[]a]', ']', true],
    ['a.*?b', 'axxb', true],
    ['', '', true],
    ['a||b', '', true],
    ['()*', '', true],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it.each(['(', ')', '[', 'a**', '*', 'a{2,1}', 'a{x}', '\\1', '(?=a)', '(?<!a)', '\\b', '[b-a]'])(
    '%s cannot be read',
    (pattern) => {
      expect(anchoredRegex(pattern)).toBeUndefined();
    },
  );

  it('takes no more than it can work on', () => {
    expect(anchoredRegex('a{1000}{1000}')).toBeUndefined();
    expect(anchoredRegex('a'.repeat(100_000))).toBeUndefined();
    expect(anchoredRegex('('.repeat(10_000))).toBeUndefined();
    expect(matches('(a+)+b', 'a'.repeat(5000))).toBe(false);
    expect(matches('(a|a)*(a|a)*c', 'a'.repeat(5000))).toBe(false);
  });

  it('agrees with the engine of JavaScript', () => {
    const letter = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\.', '\\w');
    const pattern = fc.letrec<{ one: string; many: string }>((tie) => ({
      one: fc.oneof(
        { maxDepth: 3 },
        letter,
        tie('many').map((inner) => `(${inner})`),
        fc.tuple(tie('many'), tie('many')).map(([one, other]) => `(?:${one}|${other})`),
      ),
      many: fc
        .array(
          fc.tuple(
            tie('one'),
            fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '{0,1}', '*?'),
          ),
          { maxLength: 4 },
        )
        .map((parts) => parts.map(([one, quantifier]) => one + quantifier).join('')),
    })).many;
    fc.assert(
      fc.property(
        pattern,
        fc.array(fc.constantFrom('a', 'b', 'c', '.'), { maxLength: 8 }).map((all) => all.join('')),
        (written, text) => {
          expect(matches(written, text)).toBe(new RegExp(`^(?:${written})$`).test(text));
        },
      ),
      { numRuns: 300 },
    );
  });
});
