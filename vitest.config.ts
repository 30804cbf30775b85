import { defineConfig } from 'vitest/config'

/** `CELLAR_TESTS` is set by `cellar test`: which part of the tests runs. */
const part = process.env.CELLAR_TESTS ?? 'core'

const everywhere = ['**/node_modules/**']
const timed = 'tests/**/*.timed.test.ts'
const parts = ['tests/{slow,node,compat}/**', ...everywhere]

export default defineConfig({
  test: {
    globalSetup: ['tests/support/global-setup.ts'],
    reporters: ['default', './tests/support/totals-reporter.ts'],
    pool: 'forks',
    // So long that only what never ends meets them: how long something may take is said by the timed tests.
    testTimeout: 300_000,
    hookTimeout: 420_000,
    teardownTimeout: 20_000,
    // What a page will show may take longer than the second that is usual; it is awaited, not slept for.
    expect: { poll: { timeout: 60_000 } },
    projects:
      part === 'core'
        ? [
            {
              extends: true,
              test: {
                name: 'core',
                include: ['tests/**/*.test.ts'],
                exclude: [timed, ...parts],
                maxWorkers: 2,
                sequence: { groupOrder: 0 },
              },
            },
            {
              // What measures time runs after all others, alone: two cores have no room for a neighbour.
              extends: true,
              test: {
                name: 'timed',
                include: [timed],
                exclude: parts,
                maxWorkers: 1,
                sequence: { groupOrder: 1 },
              },
            },
          ]
        : [
            {
              extends: true,
              test: {
                name: part,
                include: [`tests/${part}/**/*.test.ts`],
                exclude: everywhere,
                maxWorkers: 2,
              },
            },
          ],
  },
})
