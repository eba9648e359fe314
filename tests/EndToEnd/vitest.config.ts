import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['stories/**/*.test.ts'],
    // People mostly wait for each other: one story at a time leaves both cores idle for two thirds of the time.
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 90_000,
    // A page shows the outcome of a key or a click a moment after it: `expect.poll` looks until it does.
    expect: { poll: { timeout: 20_000, interval: 50 } },
  },
});
