import { FlatCompat } from '@eslint/eslintrc';
import js from '@eslint/js';
import { tsImport } from 'tsx/esm/api';

// Node 20 reads no TypeScript by itself.
const { ownLookups } = await tsImport('./scripts/eslint/own-lookups.ts', import.meta.url);

const compat = new FlatCompat({
  baseDirectory: import.meta.dirname,
  recommendedConfig: js.configs.recommended,
});
const settings = compat.config(
  (await import('./.eslintrc.json', { with: { type: 'json' } })).default,
);
export default [
  {
    ignores: [
      'dist/**',
      'build/**',
      'src/generated/**',
      'fixtures/**',
      'examples/**',
      '**/*.yaml',
      'test/**/*.{txt,json}',
    ],
  },
  ...settings,
  {
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    ignores: ['src/own.ts', 'src/testing/**'],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { kubeplumb: { rules: { 'own-lookups': ownLookups } } },
    rules: {
      'kubeplumb/own-lookups': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: ':function NewExpression[callee.name="RegExp"]',
          message: 'What a manifest holds makes no regular expression: compare texts.',
        },
      ],
    },
  },
];
