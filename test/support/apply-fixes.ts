export * from '../../src/testing/apply-fixes.ts';
