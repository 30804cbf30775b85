import { z } from 'zod'

/** A branch as git allows it, and never an option or a range. */
export const branchName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\w[\w./-]*$/, 'use letters, digits, hyphens, dots and slashes')
  .refine((name) => !/\.\.|\/\/|\.lock$|[./]$/.test(name), 'git knows no such branch name')

export const commitHash = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{40}$/, 'give the whole hash of the commit, 40 hexadecimal digits')

/** Of a notebook in a repository. */
export const notebookPath = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/\.(ts|ipynb)$/, 'a notebook is a .ts or .ipynb file')
  .refine(
    (path) => !/[\0\\]/.test(path) && !path.split('/').some((part) => ['', '.', '..', '.git'].includes(part)),
    'give the path from the root of the repository',
  )

/** web → host: fetch, test, run. */
export const pullOrder = z.object({
  pullId: z.uuid(),
  address: z.string().max(500),
  branch: branchName,
  /** The one commit that is wanted; null: the newest of the branch. */
  commit: commitHash.nullable(),
  path: notebookPath,
})
export type PullOrder = z.infer<typeof pullOrder>

export const pulledCommit = z.object({
  hash: commitHash,
  author: z.string(),
  message: z.string(),
  at: z.string(),
})
export type PulledCommit = z.infer<typeof pulledCommit>

export const testResult = z.object({
  file: z.string(),
  name: z.string(),
  passed: z.boolean(),
  skipped: z.boolean(),
  ms: z.number(),
  /** What went wrong. */
  error: z.string().nullable(),
})
export type TestResult = z.infer<typeof testResult>

export const pullStates = ['waiting', 'fetching', 'testing', 'running', 'done', 'failed'] as const
export type PullState = (typeof pullStates)[number]

/** How a pull goes, from its host; `tests` and `log` are whole each time. */
export const pullNews = z.object({
  pullId: z.uuid(),
  state: z.enum(pullStates),
  commit: pulledCommit.optional(),
  tests: z.array(testResult).max(10_000).optional(),
  /** What tests and cells printed. */
  log: z.string().max(500_000).optional(),
  /** Why it failed. */
  reason: z.string().max(10_000).optional(),
})
export type PullNews = z.infer<typeof pullNews>

/** Beside the bundle of what a pull's notebook promotes. */
export const pullPromotion = z.object({
  pullId: z.uuid(),
  cellId: z.string(),
  cellSource: z.string(),
  variable: z.string(),
  environment: z.record(z.string(), z.string()),
})
export type PullPromotion = z.infer<typeof pullPromotion>
