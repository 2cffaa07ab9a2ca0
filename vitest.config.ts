import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Whole processes and a thousand property runs each: a slow machine needs the room.
    testTimeout: 60_000,
  },
});
