import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lint, load } from '../../src/index.ts';
import { mostValueLength } from '../../src/text/limits.ts';
import { isEverything } from '../support/runs.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/bad');

const quarter = Math.floor(Math.random() * 4);

/** Words, so that nothing but where they come from tells them from those of a sentence. */
const long = Array.from({ length: 60 }, (_, index) => `zq${index} word of it`).join(' ');
const partOfIt = /(?:zq\d+ word of it ?)+/g;

/** Every text of a finding with as much of the long value as a message must not show. */
function tooLong(text: string): string[] {
  return lint(load([{ path: 'k8s/a.yaml', text }])).diagnostics.flatMap((diagnostic) => {
    const { rule, title, message, why = '', help = '', related, fixes } = diagnostic;
    const others = [...related.map((place) => place.message), ...fixes.map((fix) => fix.title)];
    return [title, message, why, help, ...others]
      .filter((said) => said.match(partOfIt)?.some((run) => run.length > mostValueLength + 20))
      .map((said) => `${rule}: ${said}`);
  });
}

const paths = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .sort();

// One fixture of a rule, for all of them take half a minute, with each of its values in turn; a desk
// tries a quarter of these, another one each time.
const oneOfARule = paths.filter(
  (path, index) => path.split('/')[0] !== paths[index - 1]?.split('/')[0],
);

test.each(oneOfARule)('no message on %s shows more of a value than it may', (path) => {
  const text = readFileSync(join(fixtures, path), 'utf8');
  const values = [...text.matchAll(/(: |- )([^\s#&|>{[][^\n]*)$/gm)];
  const tried = values.filter((_, n) => isEverything || n % 4 === quarter);
  for (const { index, 1: before = '', 2: value = '' } of tried) {
    const start = index + before.length;
    expect(
      tooLong(text.slice(0, start) + JSON.stringify(long) + text.slice(start + value.length)),
    ).toEqual([]);
  }
});
