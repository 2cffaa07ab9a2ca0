/** Four times as much takes four times the work, or a little more where it is sorted. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type InputFile, rules } from '../../src/index.ts';
import type { Cases, Counted } from './count.ts';
import { applications, counted, examples, layouts, neighbours } from './run.ts';

const root = join(import.meta.dirname, '../..');

/** Copies whose objects have names of their own, wherever these are written. */
function copies(count: number, text: string): InputFile[] {
  const names = [...text.matchAll(/^ {2}name: ([a-z][a-z0-9-]*)\s*$/gm)].map(([, name]) => name);
  const written = new RegExp(`(?<![\\w-])(?:${[...new Set(names)].join('|')})(?![\\w-]|: )`, 'g');
  return Array.from({ length: count }, (_, n) => ({
    path: `all/copy-${n}.yaml`,
    text: names.length === 0 ? text : text.replace(written, (name) => `${name}-${n}`),
  }));
}

/** The first fixture of a rule that is one file. */
function fixtureOf(id: string): string | undefined {
  const folder = join(root, 'fixtures/bad', id);
  const [first] = readdirSync(folder)
    .filter((name) => /^[a-z0-9-]+\.yaml$/.test(name))
    .sort();
  return first === undefined ? undefined : readFileSync(join(folder, first), 'utf8');
}

const withFixture = rules.flatMap(({ meta: { id } }) => {
  const text = fixtureOf(id);
  return text === undefined ? [] : [{ id, text }];
});

/**
 * What grows faster for a while, and the bound that ends it: where each of many things has to do
 * with each of many others, `Work` counts and stops at `mostPairs`.
 */
const bounded: readonly (readonly [module: string, bound: string])[] = [
  ['rules/selector/service-misses-workload.ts', 'looks at 200 Services for each key'],
  ['src/text/slip.ts', 'asked by service-misses-workload and nearest.ts'],
  ['src/text/nearest-name.ts', 'asked by service-misses-workload and nearest.ts'],
  ['src/lint/selectors/nearest.ts', 'mostAlike'],
  ['src/lint/selectors/nearest-service.ts', 'mostAlike'],
  ['src/lint/routes/reference-grants.ts', 'Work'],
  ['src/lint/routes/route-backends.ts', 'asked by reference-grants'],
  ['src/lint/monitors/monitors.ts', 'Work'],
  ['src/lint/ports/name-readers.ts', 'Work'],
  ['src/cluster/policy.ts', 'Work'],
  ['src/cluster/policy-rules.ts', 'asked by policy.ts'],
  ['src/cluster/work.ts', 'counts'],
  ['src/cluster/labels.ts', 'asked by policy.ts, monitors.ts and nearest-service.ts'],
  ['src/cluster/controllers/pod-limits.ts', 'each LimitRange of a namespace holds for each pod'],
  [
    'src/cluster/controllers/quota-scope.ts',
    'each ResourceQuota of a namespace holds for each pod',
  ],
  ['rules/policy/plugin-policy-mismatch.ts', 'mostAlike'],
  ['src/kubernetes/json.ts', 'asked by reference-grants'],
  ['src/own.ts', 'asked by json.ts'],
  ['src/manifest/shared-text.ts', 'has the few from the run before'],
];
const isBounded = (one: string): boolean => bounded.some(([module]) => module === one);

const few = 12;

const directories: Cases = {
  'a directory of examples': [examples(few), examples(4 * few)],
  'directories that need each other': [neighbours(few), neighbours(4 * few)],
};

const cases: Cases = {
  ...directories,
  ...Object.fromEntries(
    Object.entries(layouts).map(([name, perNamespace]) => [
      name,
      [applications(60, perNamespace), applications(240, perNamespace)],
    ]),
  ),
  ...Object.fromEntries(
    withFixture.map(({ id, text }) => [id, [copies(few, text), copies(4 * few, text)]]),
  ),
};

let answers: Readonly<Record<string, Counted>> = {};

beforeAll(async () => {
  answers = await counted(cases);
});

const shown = (name: string): string[] =>
  (answers[name]?.suspects ?? [])
    .filter(({ module }) => !isBounded(module))
    .map(({ module, line, few: once, many }) => `${module}: ${once} → ${many}: ${line}`);

describe('applications', () => {
  it.each([...Object.keys(layouts), ...Object.keys(directories)])(
    '%s take work for each, and nobody else',
    (name) => {
      expect(answers[name]?.many).toBeGreaterThan(100_000);
      expect(shown(name)).toEqual([]);
    },
  );
});

describe('what each rule finds', () => {
  it.each(withFixture.map(({ id }) => id))('%s takes work for each', (id) => {
    expect(shown(id)).toEqual([]);
  });

  it('is found in the copies, too', () => {
    const found = withFixture.filter(({ id }) => answers[id]?.found.includes(id) === true);
    // Some find less where there is more: a name that is missing from everywhere is made elsewhere.
    expect(found.length).toBeGreaterThan(withFixture.length * 0.85);
  });
});
