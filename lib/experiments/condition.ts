import { type SQL, sql } from 'drizzle-orm'
import { notebooks, users } from '../../drizzle/schema'
import { runs } from '../../drizzle/schema/experiments'
import type { facts, Operator, Term } from './filter'

/** A filter's terms as a condition on `runs`, joined with its notebook and its person. */
export const conditionOf = (terms: readonly Term[]): SQL =>
  terms.length === 0
    ? sql`true`
    : sql.join(
        terms.map((term) => sql`(${'word' in term ? wordIn(term.word) : compare(term)})`),
        sql` and `,
      )

const wordIn = (word: string) =>
  sql`${runs.name} ilike ${like(word)} or ${notebooks.title} ilike ${like(word)}
    or exists (select 1 from unnest(${runs.tags}) tag where tag ilike ${like(word)})`

function compare({ field, kind, op, value }: Extract<Term, { field: string }>): SQL {
  if (kind === 'fact') return compareFact(field as (typeof facts)[number], op, value)
  const param = sql`coalesce(${compareParam(field, op, value)}, false)`
  const metric = sql`coalesce(${compareMetric(field, op, value)}, false)`
  if (kind === 'param') return param
  if (kind === 'metric') return metric
  return sql`${param} or ${metric}`
}

function compareFact(field: (typeof facts)[number], op: Operator, value: string | number | boolean): SQL {
  const text = String(value)
  if (field === 'tag') {
    const found =
      op === '~'
        ? sql`exists (select 1 from unnest(${runs.tags}) tag where tag ilike ${like(text)})`
        : sql`${text} = any(${runs.tags})`
    return op === '!=' ? sql`not ${found}` : found
  }
  const column = {
    name: sql`coalesce(${runs.name}, '')`,
    notebook: sql`coalesce(${notebooks.title}, '')`,
    state: sql`${runs.state}::text`,
    by: sql`coalesce(${users.name}, '')`,
  }[field]
  return compareText(column, op, text)
}

function compareParam(field: string, op: Operator, value: string | number | boolean): SQL {
  const at = sql`${runs.params}->${field}`
  if (typeof value !== 'number') return compareText(sql`${runs.params}->>${field}`, op, String(value))
  const number = sql`(case when json_typeof(${at}) = 'number' then (${runs.params}->>${field})::float8 end)`
  return compareNumber(number, op, value)
}

function compareMetric(field: string, op: Operator, value: string | number | boolean): SQL {
  const last = sql`(${runs.metrics}->${field}->>'last')::float8`
  if (typeof value === 'number') return compareNumber(last, op, value)
  return compareText(sql`${runs.metrics}->${field}->>'last'`, op, String(value))
}

function compareNumber(number: SQL, op: Operator, value: number): SQL {
  if (op === '~') return sql`${number}::text like ${like(String(value))}`
  return sql`${number} ${sql.raw(op === '!=' ? '<>' : op)} ${value}::float8`
}

function compareText(text: SQL, op: Operator, value: string): SQL {
  if (op === '~') return sql`${text} ilike ${like(value)}`
  return sql`${text} ${sql.raw(op === '!=' ? '<>' : op)} ${value}`
}

/** A pattern that finds text which holds `value`, whatever signs are in it. */
const like = (value: string) => `%${value.replace(/[\\%_]/g, '\\$&')}%`
