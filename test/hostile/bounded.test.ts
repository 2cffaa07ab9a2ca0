/**
 * Much of one thing is judged in the time that it takes to read it, and reported as far as anybody
 * reads.
 */
import { describe, expect, it } from 'vitest';
import { lint, type LintResult, load, units } from '../../src/index.ts';
import { brief } from '../../src/text/brief.ts';

const times = (count: number, each: (n: number) => string): string[] =>
  Array.from({ length: count }, (_, n) => each(n));
const linted = (text: string): LintResult => lint(load([{ path: 'a.yaml', text }]));

describe('a value', () => {
  it('that is longer than any name is cut off, and what closes it stays', () => {
    expect(brief(`value "${'x'.repeat(500)}": is long`)).toBe(
      `value "${'x'.repeat(199)}…": is long`,
    );
    expect(brief('x'.repeat(200))).toBe('x'.repeat(200));
    expect(brief(`${'x '.repeat(5000)}`)).toHaveLength(4001);
    expect(brief('"'.repeat(1_000_000))).toHaveLength(205);
  });
});

describe('findings', () => {
  it('of one rule in one file are shortened, and the last one says by how many', () => {
    const keys = times(3000, (n) => `    k${n % 1500}: v\n`).join('');
    const { diagnostics } = linted(
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  labels:\n${keys}spec: {clusterIP: None}\n`,
    );
    const found = diagnostics.filter(({ rule }) => rule === 'duplicate-key');
    expect(found).toHaveLength(1000);
    expect(found.filter(({ message }) => message.includes('more of this rule'))).toEqual([
      found.at(-1),
    ]);
    expect(found.at(-1)?.message).toMatch(
      /^"k999" was already given on line 1005; the value there is lost \(and 500 more of this rule in this file\)$/,
    );
  });

  it('show as much of a value as anybody reads', () => {
    const name = 'h'.repeat(100_000);
    const { diagnostics } = linted(
      `apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: c, image: x}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: ${name}}]}\n`,
    );
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { title, message, why = '', help = '' } of diagnostics)
      for (const text of [title, message, why, help]) expect(text.length).toBeLessThan(5000);
    expect(diagnostics.some(({ message }) => message.includes(`${'h'.repeat(150)}`))).toBe(true);
    expect(diagnostics.some(({ message }) => message.includes(`${'h'.repeat(201)}`))).toBe(false);
  });
});

describe('directories in a chain', () => {
  const directories = times(300, (n) => `d${n}`);
  const app = (n: number): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a${n}, labels: {app: a${n}}}\nspec: {containers: [{name: c, image: x}]}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: a${n}}\nspec: {selector: {app: a${n + 1}}, ports: [{port: 80}]}\n`;

  it.each(['forwards', 'backwards'])(
    '%s are judged whole, and not once for each beginning',
    (way) => {
      const files = directories.map((directory, n) => ({
        path: `${directory}/a.yaml`,
        text: app(way === 'forwards' ? n : 300 - n),
      }));
      const found = units(load(files));
      const sizes = found.map(({ objects }) => objects.length);
      expect(Math.max(...sizes)).toBe(600);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(30_000);
      expect(found.flatMap(({ faults = [] }) => faults)).toEqual([]);
    },
  );
});

describe('a long value of one letter, with another behind it', () => {
  const long = (letter: string): string => `${letter.repeat(200_000)}!`;
  const inPod = (fields: string): string =>
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n' +
    `    - name: a\n${fields}`;
  const image = '      image: store\n';

  // Looked at again for each of its letters, it would take minutes.
  it.each([
    ['a quantity', inPod(`${image}      resources: { requests: { cpu: "${long('0')}" } }\n`)],
    ['an image with signs', inPod(`      image: "${long('@')}"\n`)],
    ['an image with colons', inPod(`      image: "${long(':')}"\n`)],
    ['a folded text', inPod(`${image}      command: ["${long(' ')}\n        a"]\n`)],
    [
      'a comment',
      inPod(`${image}# kubeplumb-ignore: a-b${long(' ')}\n# kubeplumb-ignore[]${long(' ')}\n`),
    ],
    ['names of rules', inPod(`${image}# kubeplumb:ignore ${long('0')}\n`)],
    [
      'a variable',
      inPod(`${image}      env: [{ name: a, value: $(A${'_SERVICE_PORT_1'.repeat(9000)}!) }]\n`),
    ],
    ['a block with a tab', inPod(`${image}      command:\n        - |${long('\t')}\n`)],
    [
      'lost indentation',
      `apiVersion: v1\nkind: Pod\nmetadata:\nname: a\nspec:\n"a":${long(' ')}\n`,
    ],
  ])('is read in one pass: %s', (_, text) => {
    expect(linted(text).faults).toEqual([]);
  });
});
