export * from '../../src/testing/lint-files.ts';
