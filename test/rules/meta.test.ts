/** What holds for every rule, so that the set stays one: files, names, tests, pages and words. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { pagePath } from '../../scripts/generate-rule-docs.ts';
import { exportName, ruleFiles, ruleIndex } from '../../scripts/rule-index.ts';
import { misnamed } from '../../scripts/rule-names.ts';
import { rulePage } from '../../src/lint/rule.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const files = ruleFiles();

describe('rules/index.ts', () => {
  it('lists every file below rules/, by category and then by id', () => {
    expect(rules.map(({ meta }) => `${meta.category}/${meta.id}`)).toEqual(
      files.map(({ category, id }) => `${category}/${id}`),
    );
  });

  it('is fresh (npm run generate)', () => {
    expect(read('rules/index.ts')).toBe(ruleIndex().text);
  });

  it('has no id twice', () => {
    expect(new Set(rules.map(({ meta }) => meta.id)).size).toBe(rules.length);
  });
});

it('every test, page and fixture belongs to a rule, which is named after its file', () => {
  expect(misnamed()).toEqual([]);
});

describe.each(rules.map((rule) => ({ id: rule.meta.id, rule })))(
  '$id',
  ({ id, rule: { meta, messages } }) => {
    const path = `rules/${meta.category}/${id}.ts`;
    const source = read(path);

    it('is one file with one export of its name', () => {
      expect(existsSync(join(root, path)), path).toBe(true);
      expect(source).toContain(`export const ${exportName(id)} = defineRule({`);
    });

    it('is short: at most 130 lines', () => {
      expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(130);
    });

    it('has a kebab-case id that names the bad thing', () => {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
      // "No readiness probe" is the bad thing's own name.
      if (id !== 'no-readiness-probe')
        expect(id).not.toMatch(/^(no|valid|check|require|ensure|disallow)-/);
    });

    it('has a page, and its url leads there', () => {
      expect(existsSync(join(root, pagePath(id)))).toBe(true);
      expect(rulePage({ id })).toMatch(new RegExp(`/${pagePath(id)}$`));
    });

    it('has a test file that runs it through the tester', () => {
      const test = read(`test/rules/${id}.test.ts`);
      expect(test).toContain(`testRule(${exportName(id)},`);
      expect(test.includes('output:'), 'fixable means that a test asserts a fix').toBe(
        meta.fixable,
      );
    });

    it('has two bad fixtures or more', () => {
      const folder = join(root, 'fixtures/bad', id);
      expect(
        existsSync(folder)
          ? readdirSync(folder).filter((name) => !name.includes('.fixed.')).length
          : 0,
      ).toBeGreaterThanOrEqual(2);
    });

    it('shows a fix in a fixture if it has one', () => {
      const folder = join(root, 'fixtures/bad', id);
      expect(
        readdirSync(folder, { recursive: true }).some((name) => String(name).includes('.fixed.')),
      ).toBe(meta.fixable);
    });

    it('says what it finds in one line', () => {
      expect(meta.summary).toMatch(/^[A-Z].*[^.!?]$/);
      expect(meta.summary.length).toBeLessThanOrEqual(100);
      expect(meta.title).toMatch(/^[a-z].*[^.!?]$/);
      expect(meta.why).toMatch(/^([a-z]|Endpoints ).*[^.]$/s);
      expect(meta.since).toMatch(/^\d+\.\d+\.\d+$/);
    });

    it('has titles that stand in one line of 100 columns, with an object of 25 and its id', () => {
      const titles = [
        meta.title,
        ...[...source.matchAll(/title: '([^']+)'/g)].map(([, title = '']) => title),
      ];
      const isTooLong = (title: string): boolean =>
        `${meta.severity}  ${'x'.repeat(25)} ${title}  ${id}`.length > 100;
      expect(titles.filter(isTooLong)).toEqual([]);
    });

    it('has messages', () => {
      expect(Object.keys(messages).length).toBeGreaterThan(0);
    });

    it('has nothing left to fill in', () => {
      const places = [path, pagePath(id), `test/rules/${id}.test.ts`, ...fixtures(id)];
      expect(
        places.filter((place) => /\bTODO\b/.test(read(place))),
        'these still say TODO: write what belongs there',
      ).toEqual([]);
    });
  },
);

function fixtures(id: string): string[] {
  const folder = `fixtures/bad/${id}`;
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}
