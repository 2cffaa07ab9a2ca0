import fc from 'fast-check';
import ignore from 'ignore';
import micromatch from 'micromatch';
import { describe, expect, it } from 'vitest';
import { globMatcher, isPattern } from '../../src/text/glob.ts';
import { pathList } from '../../src/text/path-list.ts';
import { runs } from '../support/runs.ts';

const step = fc
  .array(fc.constantFrom('a', 'b', 'ab', '-', '.'), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('').replace(/^\.+$/, 'a'));
const path = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('/'));
const pieces = (more: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom('a', 'b', 'ab', '*', '?', '[ab]', '-', ...more), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => parts.join(''));
const patternOf = (piece: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof({ arbitrary: piece, weight: 4 }, fc.constant('**')), {
      minLength: 1,
      maxLength: 3,
    })
    .map((steps) => steps.join('/'));

describe('globs', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['*.yaml', ['a.yaml', '.yaml', '.a.yaml'], ['a/b.yaml', 'a.yml']],
    ['**/*.yaml', ['a.yaml', 'a/b/c.yaml', '.a/b.yaml'], ['a.yml']],
    ['a/**', ['a', 'a/b', 'a/b/c'], ['ab', 'b/a']],
    ['*/**', ['a/b', 'a/b/c'], ['a']],
    ['a/**/b', ['a/b', 'a/c/b', 'a/c/d/b'], ['ab', 'a/bc']],
    ['./a/?.yaml', ['a/b.yaml'], ['a/bc.yaml', './a/b.yaml']],
    ['{a,b/{c,d*}}/x', ['a/x', 'b/c/x', 'b/dd/x'], ['b/x', 'c/x']],
    ['{a}', ['{a}'], ['a']],
    ['{a,b', ['{a,b'], ['a']],
    ['[!a-c]x', ['dx', '-x'], ['ax', 'bx', '/x']],
    ['[[:digit:]x]', ['1', 'x'], ['a', ':']],
    ['[]a]', [']', 'a'], ['b']],
    ['[a', ['[a'], ['a']],
    ['\\*\\[', ['*['], ['a[']],
    ['@(a|b*)/x', ['a/x', 'bb/x'], ['c/x', 'ab/x']],
    ['+(ab)', ['ab', 'abab'], ['', 'a']],
    ['*(ab)c', ['c', 'abc', 'ababc'], ['ac']],
    ['?(a)b', ['b', 'ab'], ['aab']],
    [
      'k8s/!(test|dev-*)/*.yaml',
      ['k8s/prod/x.yaml', 'k8s/testing/x.yaml'],
      ['k8s/test/x.yaml', 'k8s/dev-1/x.yaml'],
    ],
    ['!(a)', ['b', 'aa'], ['a', 'b/c']],
    ['ü?', ['üx'], ['u']],
  ])('%s', (pattern, fitting, others) => {
    const matches = globMatcher(pattern);
    expect(fitting.filter((text) => !matches(text))).toEqual([]);
    expect(others.filter(matches)).toEqual([]);
  });

  it('are told from names', () => {
    expect(['a*', '?', '[a]', '{a,b}', '@(a)', '!(a)'].filter((text) => !isPattern(text))).toEqual(
      [],
    );
    expect(['a', 'a/b.yaml', '(a)', 'a!', 'a@b'].filter(isPattern)).toEqual([]);
  });

  it('are read as micromatch, the matcher of globby, reads them', () => {
    fc.assert(
      fc.property(patternOf(pieces(['{a,b*}', '[^a]'])), path, (pattern, text) => {
        // Stars that touch other stars are read in many ways.
        fc.pre(!/\*\*[^/]|[^/]\*\*/.test(pattern));
        expect(globMatcher(pattern)(text)).toBe(micromatch.isMatch(text, pattern, { dot: true }));
      }),
      runs(20_000),
    );
  });

  it.each([
    ['stars', '*a'.repeat(200), 'a'.repeat(4000)],
    ['double stars', '**/a/'.repeat(200), 'a/'.repeat(2000)],
    ['nested repetitions', `${'*('.repeat(50)}a${')'.repeat(50)}b`, 'a'.repeat(4000)],
    ['alternatives', '{a,aa}'.repeat(200), 'a'.repeat(4000)],
  ])('take no longer for being hostile: %s', (_, pattern, text) => {
    const started = performance.now();
    globMatcher(pattern)(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('lists of patterns', () => {
  it('choose what git would', () => {
    const line = fc
      .tuple(fc.boolean(), fc.boolean(), patternOf(pieces(['{', '('])), fc.boolean())
      .map(
        ([back, anchored, pattern, directory]) =>
          `${back ? '!' : ''}${anchored ? '/' : ''}${pattern}${directory ? '/' : ''}`,
      );
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 3 }),
        path,
        fc.boolean(),
        (lines, text, directory) => {
          const asked = directory ? `${text}/` : text;
          expect(pathList(lines, { groups: false })(asked)).toBe(
            ignore({ ignorecase: false })
              .add([...lines])
              .ignores(asked),
          );
        },
      ),
      runs(20_000),
    );
  });

  it.each<[string, readonly string[], string, boolean]>([
    ['comments and blank lines', ['# a', '', 'b'], '# a', false],
    ['an escaped hash', ['\\#a'], '#a', true],
    ['spaces at the end', ['a  '], 'a', true],
    ['alternatives', ['{test,example}s/'], 'x/tests/a.yaml', true],
    ['what is taken back', ['a/*', '!a/b'], 'a/b/c', false],
    ['not below what is chosen', ['a/', '!a/b'], 'a/b', true],
  ])('%s', (_, patterns, text, expected) => {
    expect(pathList(patterns)(text)).toBe(expected);
  });
});
