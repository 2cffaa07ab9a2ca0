/**
 * The command line, the library and the rule tester are three faces of one project: of the same
 * files they say the same.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isManifestName } from '../../src/files/walk.ts';
import { lint, load, rules } from '../../src/index.ts';
import { recommendedRules } from '../../src/library/lint.ts';
import type { LintResult } from '../../src/lint/diagnostic.ts';
import { lintFiles } from '../../src/testing/lint-files.ts';
import { run } from '../cli/run.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');

/** Fixtures of several files: folders with a path as it is shown for each. */
const projects = ['bad', 'ok'].flatMap((kind) =>
  readdirSync(join(fixtures, kind), { recursive: true, encoding: 'utf8' })
    .map((path) => join(kind, path))
    .filter((path) => path.split('/').length === (kind === 'bad' ? 3 : 2))
    .filter((path) => statSync(join(fixtures, path)).isDirectory()),
);

function textsOf(project: string): { path: string; text: string }[] {
  const directory = join(fixtures, project);
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => isManifestName(path) && statSync(join(directory, path)).isFile())
    .sort()
    .map((path) => ({ path, text: readFileSync(join(directory, path), 'utf8') }));
}

interface JsonFinding {
  readonly rule: string;
  readonly message: string;
  readonly file: string;
  readonly range: { readonly start: { readonly line: number } };
}

const told = ({ diagnostics }: LintResult): string[] =>
  diagnostics.map(
    ({ rule, message, file, range }) =>
      `${file.path}:${file.position(range[0]).line} ${rule}: ${message}`,
  );

describe('the three faces', () => {
  it('have fixtures to look at', () => expect(projects.length).toBeGreaterThan(10));

  it.each(projects)('agree on %s', async (project) => {
    const texts = textsOf(project);
    const files = Object.fromEntries(texts.map(({ path, text }) => [path, text]));
    const { out } = await run(['lint', '--no-config', '-o', 'json', '.'], { files });
    const { diagnostics } = JSON.parse(out) as { diagnostics: JsonFinding[] };
    const printed = diagnostics.map(
      ({ rule, message, file, range }) => `${file}:${range.start.line} ${rule}: ${message}`,
    );
    expect(told(lint(load(texts)))).toEqual(printed);
    expect(told(lintFiles(files, recommendedRules))).toEqual(printed);
  });
});

describe('what kustomizations name and was not given', () => {
  const prod = {
    path: 'prod/kustomization.yaml',
    text: 'resources: [../base, web.yaml, ../../shared, patch.json]\n',
  };
  const base = { path: 'bas/kustomization.yaml', text: 'resources: []\n' };
  const broken = (options = {}): string[] =>
    lint(load([prod, base]), { ...options, rules }).diagnostics.map(({ message }) => message);

  it('is missing, unless it lies outside or may be left behind', () => {
    expect(broken()).toEqual([
      `accumulating resources from '../base': no such file or directory`,
      `accumulating resources from 'web.yaml': no such file or directory`,
    ]);
  });

  it('is unknown where whoever calls says so', () => {
    expect(broken({ mayExist: (path: string) => path === 'prod/web.yaml' })).toEqual([
      `accumulating resources from '../base': no such file or directory`,
    ]);
    expect(broken({ mayExist: () => true })).toEqual([]);
  });
});
