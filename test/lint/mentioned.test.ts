/** Ports that texts mention: what one expression over the text would find, without going through it again for each port. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMentioned, mentionedNumbers } from '../../src/lint/ports/mentioned.ts';

describe('isMentioned', () => {
  it.each([
    ['--port=8080', true],
    [':8080', true],
    ['0.0.0.0:8080', true],
    ['http://localhost:8080/', true],
    ['[::1]:8080', true],
    ['8080:8080', true],
    ['http://web:8080/', false],
    ['web8080:8080', false],
    ['18080', false],
    ['80800', false],
  ])('%s: %s', (text, expected) => {
    const container = { name: 'c', image: 'x', args: [text] };
    expect(isMentioned(8080, container, { containers: [container] })).toBe(expected);
    expect(isMentioned(8080, container, { containers: [] })).toBe(expected);
  });

  it('agrees with an expression', () => {
    const host = /^(localhost|127[\d.]+|0\.0\.0\.0|\[::1?\]|.*port|\d+)$/i;
    const expression = /(?:(?<host>[\w.-]+|\[[\da-f:.]+\]):)?(?<!\d)80(?!\d)/g;
    const piece = fc.constantFrom(
      '80',
      '8',
      ':',
      'web',
      '.',
      '-',
      'port',
      '"',
      ' ',
      '[::1]',
      '/',
      '=',
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (written) => {
        const found = [...written.matchAll(expression)].some(
          ({ groups }) => groups?.['host'] === undefined || host.test(groups['host']),
        );
        expect(mentionedNumbers(written).has('80')).toBe(found);
      }),
      { numRuns: 3000 },
    );
  });

  it('takes time that grows with the text', () => {
    expect(mentionedNumbers('1.'.repeat(200_000)).has('1')).toBe(true);
    expect(mentionedNumbers('a'.repeat(400_000)).size).toBe(0);
    expect(mentionedNumbers('a:1'.repeat(200_000)).size).toBe(0);
  });
});
