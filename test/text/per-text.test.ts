import { expect, test } from 'vitest';
import { perText } from '../../src/text/per-text.ts';

test('each text is looked at once', () => {
  const asked: string[] = [];
  const length = perText((text) => asked.push(text) && text.length);
  expect(['one', 'three', 'one', 'three'].map(length)).toStrictEqual([3, 5, 3, 5]);
  expect(asked).toStrictEqual(['one', 'three']);
});

test('no more is kept than a few thousand short texts', () => {
  let asked = 0;
  const answer = perText(() => ++asked);
  for (let number = 0; number <= 4096; number += 1) answer(`text ${number}`);
  expect([answer('text 4096'), answer('text 0')]).toStrictEqual([4097, 4098]);
  const long = 'x'.repeat(101);
  expect([answer(long), answer(long)]).toStrictEqual([4099, 4100]);
});
