import { expect, test } from 'vitest'
import { SparkError, toSparkError } from '../../../lib/spark/errors'

test('an error is Spark’s own first line; the plan stands below it', () => {
  const error = new SparkError(
    "[TABLE_OR_VIEW_NOT_FOUND] No such table; line 1 pos 14;\n'Project [*]\n+- 'Unresolved",
    13,
  )
  expect([error.message, error.condition, (error.cause as Error).stack]).toEqual([
    '[TABLE_OR_VIEW_NOT_FOUND] No such table; line 1 pos 14',
    'TABLE_OR_VIEW_NOT_FOUND',
    "'Project [*]\n+- 'Unresolved",
  ])
})

test('a server that is away is said as such, with what to do', () => {
  const error = toSparkError({ code: 14, details: 'connect ECONNREFUSED' }, '127.0.0.1:15002')
  expect([error.name, error.message]).toEqual([
    'SparkAwayError',
    'spark cannot be reached; see cellar spark status: 127.0.0.1:15002 (connect ECONNREFUSED)',
  ])
})
