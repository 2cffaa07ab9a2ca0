import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Whole processes and a thousand property runs each. A limit is for what hangs, not for a slow machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
