import { defineConfig } from 'vitest/config';
import { compiledSources, sourcesFolder } from './test/support/compiled.ts';

/** Tests that put other modules in the place of ours: they need module graphs of their own. */
const mocking = ['test/hostile/guards.test.ts'];

export default defineConfig({
  test: {
    // Whole processes and a thousand property runs each. A limit is for what hangs, not for a slow machine.
    testTimeout: 300_000,
    hookTimeout: 600_000,
    // Most of it waits for processes; vitest leaves one core free, which is one of two in CI.
    maxWorkers: '100%',
    // With -t all others are skipped: a thousand lines, and one of them is what failed.
    hideSkippedTests: true,
    projects: [
      {
        extends: true,
        plugins: [compiledSources()],
        test: {
          name: 'plain',
          server: { deps: { external: [sourcesFolder] } },
          include: ['test/**/*.test.ts'],
          exclude: mocking,
          // Loading what tests share anew for each of 350 files takes longer than the tests.
          isolate: false,
          globalSetup: 'test/support/shared.ts',
        },
      },
      { extends: true, test: { name: 'mocking', include: mocking } },
    ],
  },
});
