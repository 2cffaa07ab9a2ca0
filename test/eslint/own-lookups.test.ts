import parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';
import { describe, it } from 'vitest';
import { ownLookups } from '../../scripts/eslint/own-lookups.ts';

RuleTester.describe = describe;
RuleTester.it = it;

const tester = new RuleTester({
  languageOptions: {
    parser,
    parserOptions: {
      projectService: { allowDefaultProject: ['*.ts'] },
      tsconfigRootDir: import.meta.dirname,
    },
  },
});
const labels = 'declare const labels: Record<string, string>; declare const key: string;';

tester.run('own-lookups', ownLookups, {
  valid: [
    { name: 'a literal', code: `${labels} labels['app'];` },
    { name: 'a number', code: 'declare const list: string[]; declare const n: number; list[n];' },
    {
      name: 'a key of a known set',
      code: "declare const spec: { a: 1; b: 2 }; for (const field of ['a', 'b'] as const) spec[field];",
    },
    {
      name: 'a private field',
      code: 'class A { #b = 1; has(other: object) { return #b in other; } }',
    },
    { name: 'deleting', code: `${labels} delete labels[key];` },
    { name: 'a literal in', code: `${labels} 'app' in labels;` },
  ],
  invalid: [
    { name: 'any name', code: `${labels} labels[key];`, errors: [{ messageId: 'read' }] },
    {
      name: 'a name made up',
      code: `${labels} labels[\`a/\${key}\`];`,
      errors: [{ messageId: 'read' }],
    },
    { name: 'setting', code: `${labels} labels[key] = 'a';`, errors: [{ messageId: 'write' }] },
    { name: 'in', code: `${labels} key in labels;`, errors: [{ messageId: 'in' }] },
    {
      name: 'any name by a type parameter',
      code: 'function f<K extends string>(r: Record<K, number>, k: K) { return r[k]; }',
      errors: [{ messageId: 'read' }],
    },
  ],
});
