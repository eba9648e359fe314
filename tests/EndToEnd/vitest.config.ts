import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['stories/**/*.test.ts'],
    // Browsers and a server share two cores: one story at a time.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 90_000,
  },
});
