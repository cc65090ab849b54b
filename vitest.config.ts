import { defineConfig } from 'vitest/config';

/** Two workers suit the two cores of the smallest machine we support; process tests inside need the second one. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    // Where nobody watches, another try tells a machine that stumbled from a test that fails; vitest lists what it retried.
    retry: process.env.CI ? 2 : 0,
    maxWorkers: 2,
    // Nothing is timed here: a test that hangs must end, and a busy machine must not fail one.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default', './tests/harness/closingLine.ts'],
  },
});
