import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lint, load } from '../../src/index.ts';
import { runs } from '../support/runs.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
const texts = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((path) => /^(bad|ok)\b.*\.ya?ml$/.test(path) && !/kustom/.test(path))
  .sort()
  .map((path) => readFileSync(join(fixtures, path), 'utf8'));

/** Files of one directory, in which no object is there twice: of two, the later one would count. */
const directory = fc
  .array(fc.constantFrom(...texts), { minLength: 2, maxLength: 4 })
  .map((chosen) =>
    chosen.map((text, index) => ({
      path: `k8s/${index}.yaml`,
      text: text.replace(/\bname: [\w-]+/g, (name) => `${name}${index}`),
    })),
  )
  .filter((files) => {
    const identities = files.flatMap(({ text }) =>
      text
        .split(/^---/m)
        .map((part) => `${/^kind: \S+/m.exec(part)?.[0]} ${/\bname: \S+/.exec(part)?.[0]}`),
    );
    return new Set(identities).size === identities.length;
  });

it('the order of files decides nothing but which of two alike is told of', () => {
  const rulesIn = (files: Parameters<typeof load>[0]): string[] =>
    [...new Set(lint(load(files)).diagnostics.map(({ rule }) => rule))].sort();
  fc.assert(
    fc.property(directory, (files) => {
      expect(rulesIn(files.toReversed())).toEqual(rulesIn(files));
    }),
    runs(300),
  );
});
