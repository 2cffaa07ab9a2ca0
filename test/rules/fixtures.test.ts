/**
 * Walks the folders of fixtures: each says itself what must be found in it. `fixtures/README.md`
 * has the form.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { isInPreset } from '../../src/config/presets.ts';
import { readInputs } from '../../src/files/read.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { applyFixes } from '../support/apply-fixes.ts';
import { expectations, findings, withoutExpectations } from '../support/expectations.ts';
import { type Files, type LintedFiles, lintFiles } from '../support/lint-files.ts';

const root = join(import.meta.dirname, '../../fixtures');
const isFixed = (path: string): boolean => /\.fixed\.\w+$/.test(path);
const fixedPath = (path: string): string => path.replace(/(\.\w+)$/, '.fixed$1');

/** Cases directly below a folder: a file, or a directory with several. */
function casesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !isFixed(name) && !name.startsWith('.'))
    .sort();
}

/** Those that are on by default, and the one that a folder is about. */
const rulesFor = (id?: string): Rule[] =>
  rules.filter(({ meta }) => meta.id === id || isInPreset(meta, 'recommended'));

/** Read as the command line would read them. */
async function read(
  folder: string,
  name: string,
): Promise<{ input: Files; fixed: Files; charts: readonly string[] }> {
  const path = join(folder, name);
  const cwd = statSync(path).isDirectory() ? path : folder;
  const { files, charts, problems } = await readInputs([cwd === path ? '.' : name], {
    cwd,
    recursive: true,
    gitignore: false,
    stdin: async () => Buffer.from(''),
  });
  expect(problems).toEqual([]);
  const input: Record<string, string> = {};
  const fixed: Record<string, string> = {};
  for (const { path: shown, text } of files)
    if (shown !== 'expected.json') (isFixed(shown) ? fixed : input)[shown] = text;
  if (cwd === folder && existsSync(join(folder, fixedPath(name))))
    fixed[fixedPath(name)] = readFileSync(join(folder, fixedPath(name)), 'utf8');
  return { input, fixed, charts };
}

function shown({ diagnostics }: LintedFiles): string {
  return diagnostics.map(({ rule, message }) => `${rule}: ${message}`).join('\n');
}

for (const rule of readdirSync(join(root, 'bad')).sort()) {
  const folder = join(root, 'bad', rule);
  describe(`bad/${rule}`, () => {
    it.each(casesIn(folder))('%s', async (name) => {
      const { input, fixed } = await read(folder, name);
      const own = rulesFor(rule);
      const only = rules.filter(({ meta }) => meta.id === rule);
      const result = lintFiles(input, own);
      expect(findings(result.diagnostics), shown(result)).toEqual(expectations(input));
      expect(result.diagnostics.map((diagnostic) => diagnostic.rule)).toContain(rule);

      const repaired = applyFixes(input, result.diagnostics);
      const expected = Object.fromEntries(
        Object.entries(repaired).map(([path, text]) => [
          fixedPath(path),
          withoutExpectations(text),
        ]),
      );
      expect(fixed, 'x.fixed.yaml beside x.yaml is what all fixes make of it').toEqual(expected);
      if (Object.keys(repaired).length > 0)
        expect(findings(lintFiles({ ...input, ...repaired }, only).diagnostics)).toEqual([]);
    });
  });
}

describe('ok', () => {
  it.each(casesIn(join(root, 'ok')))('%s', async (name) => {
    const { input } = await read(join(root, 'ok'), name);
    const result = lintFiles(input, rulesFor());
    expect(result.summary.objects + result.summary.templates, 'it holds nothing').toBeGreaterThan(
      0,
    );
    expect(findings(result.diagnostics), shown(result)).toEqual([]);
  });
});

interface Project {
  /** In the order found. */
  readonly units: readonly { readonly name: string; readonly files: readonly string[] }[];
  /** `path:line rule: reason`. */
  readonly unknown: readonly string[];
  readonly charts: readonly string[];
}

describe('projects', () => {
  it.each(casesIn(join(root, 'projects')))('%s', async (name) => {
    const { input, charts } = await read(join(root, 'projects'), name);
    const result = lintFiles(input, rulesFor());
    expect(findings(result.diagnostics), shown(result)).toEqual(expectations(input));
    const found: Project = {
      units: result.units.map((unit) => ({
        name: unit.name,
        files: [...new Set(unit.documents.map(({ file }) => file.path))].sort(),
      })),
      unknown: result.unknowns
        .map(
          ({ file, range, rule, reason }) =>
            `${file.path}:${file.position(range[0]).line} ${rule}: ${reason}`,
        )
        .sort(),
      charts,
    };
    // `npx vitest run test/rules/fixtures.test.ts -u` writes it anew; read the difference before
    // committing it.
    await expect(`${JSON.stringify(found, null, 2)}\n`).toMatchFileSnapshot(
      join(root, 'projects', name, 'expected.json'),
    );
  });
});
