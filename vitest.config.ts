import { defineConfig } from 'vitest/config'

/** `CELLAR_TESTS` is set by `cellar test`: which part of the tests runs. */
const part = process.env.CELLAR_TESTS ?? 'core'

export default defineConfig({
  test: {
    include: part === 'core' ? ['tests/**/*.test.ts'] : [`tests/${part}/**/*.test.ts`],
    exclude: part === 'core' ? ['tests/{slow,node,compat}/**', '**/node_modules/**'] : ['**/node_modules/**'],
    globalSetup: ['tests/support/global-setup.ts'],
    reporters: ['default', './tests/support/totals-reporter.ts'],
    pool: 'forks',
    // Two cores: more files at once only make the timed ones late.
    maxWorkers: 2,
    // TensorFlow starts in many fresh processes; beside other files one of them may take long.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
    // What a page will show may take longer than the second that is usual; it is awaited, not slept for.
    expect: { poll: { timeout: 15_000 } },
  },
})
