import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { predictions } from '../../drizzle/schema'
import { isUuid } from '../uuid'

/** How a field of the input is compared; `contains` is of texts. */
export const operators = ['=', '!=', '<', '<=', '>', '>=', 'contains'] as const

const condition = z.object({
  /** Names from the record inwards: `["address", "city"]`. */
  field: z.array(z.string().max(200)).min(1).max(10),
  op: z.enum(operators),
  value: z.union([z.string().max(500), z.number(), z.boolean(), z.null()]),
})
export type Condition = z.infer<typeof condition>

const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

/** A search among an endpoint's requests; what is left out does not narrow it. */
export const requestFilter = z.object({
  /** A request's id, or part of an error's text. */
  q: z.string().trim().max(500).optional(),
  from: time.optional(),
  to: time.optional(),
  version: z.string().max(50).optional(),
  status: z.enum(['answered', 'refused', 'failed']).optional(),
  /** Id of an API key; `page`: asked from Cellar's own pages. */
  key: z.string().max(100).optional(),
  where: z
    .string()
    .max(10_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'expected conditions as JSON' })
        return z.NEVER
      }
    })
    .pipe(z.array(condition).max(10))
    .optional(),
})
export type RequestFilter = z.infer<typeof requestFilter>

/** Statuses by what they say: answered with predictions, the request's fault, ours. */
const statuses = {
  answered: sql`${predictions.status} < 400`,
  refused: sql`${predictions.status} between 400 and 499`,
  failed: sql`${predictions.status} >= 500`,
}

/** The filter as a condition on `predictions`. */
export function conditionOf(endpointId: string, filter: RequestFilter): SQL {
  const { q, from, to, version, status, key, where = [] } = filter
  const parts = [sql`${predictions.endpointId} = ${endpointId}`]
  if (q)
    parts.push(
      isUuid(q)
        ? sql`${predictions.requestId} = ${q}::uuid`
        : sql`${predictions.error} ilike ${`%${q.replace(/[\\%_]/g, '\\$&')}%`}`,
    )
  if (from) parts.push(sql`${predictions.createdAt} >= ${from.toISOString()}::timestamptz`)
  if (to) parts.push(sql`${predictions.createdAt} < ${to.toISOString()}::timestamptz`)
  if (version) parts.push(sql`${predictions.version} = ${version}`)
  if (status) parts.push(statuses[status])
  if (key)
    parts.push(key === 'page' ? sql`${predictions.tokenId} is null` : sql`${predictions.tokenId} = ${key}`)
  for (const each of where) parts.push(holds(each))
  return sql.join(parts, sql` and `)
}

/**
 * Whether one of the request's records fits a condition. In SQL/JSON's lax mode a step into an array is one into each of
 * its items, so that one path finds one record and many; `instances` is the other form of a body.
 */
function holds({ field, op, value }: Condition): SQL {
  const path = field.map((name) => `.${JSON.stringify(name)}`).join('')
  const test =
    op === 'contains'
      ? `@ like_regex ${JSON.stringify(String(value))} flag "qi"`
      : `@ ${op === '=' ? '==' : op} $value`
  const vars = JSON.stringify({ value })
  const under = (root: string) =>
    sql`jsonb_path_exists(${predictions.input}::jsonb, ${`${root}${path} ? (${test})`}::jsonpath, ${vars}::jsonb, true)`
  return sql`${predictions.input} is not null and (${under('$')} or ${under('$.instances')})`
}
