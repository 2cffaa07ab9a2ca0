import { FlatCompat } from '@eslint/eslintrc';
import js from '@eslint/js';

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
];
