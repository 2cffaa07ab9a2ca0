/** docs/conformance.md: whatever it names as a place or as a proof exists. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const [behaviours = ''] = readFileSync(join(root, 'docs/conformance.md'), 'utf8').split(
  '## Between releases',
);
const rows = behaviours
  .split('\n')
  .filter((line) => /^\| (?!behaviour)/.test(line))
  .map((line) => line.slice(2, -2).split(' | '));

describe('docs/conformance.md', () => {
  it('has rows of four columns', () => {
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter((row) => row.length !== 4)).toEqual([]);
  });

  it.each(rows)('%s', (_behaviour, _upstream, here = '', proof = '') => {
    const places = here
      .split(', ')
      .flatMap((place) => place.match(/^[\w/-]+(\.ts|\/)(?= |$)/)?.[0] ?? []);
    let directory = '';
    for (const place of places) {
      // A bare file name lies beside the one before it.
      const path = place.includes('/') ? place : `${directory}/${place}`;
      directory = path.slice(0, path.lastIndexOf('/'));
      expect(existsSync(join(root, 'src', path)), `src/${path}`).toBe(true);
    }
    const proofs = proof.replace(/ \([^)]*\)/g, '').split(/, | and /);
    for (const name of proofs) {
      const path = name.startsWith('test/') ? name : `fixtures/conformance/${name}`;
      expect(existsSync(join(root, path)), path).toBe(true);
    }
  });
});
