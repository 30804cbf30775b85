import type { ColumnTable } from 'arquero'
import type postgresjs from 'postgres'
import { Interrupted } from '../context'
import type { ResultColumn } from './column-reader'
import { distinctNames } from './distinct-names'
import { SqlError } from './errors'
import { NullableNumbers } from './nullable-numbers'

/** Queries that a PostgreSQL server answers. */
export type Postgres = {
  query(address: string, text: string, values: readonly unknown[]): Promise<ColumnTable | undefined>
  /** Stops the query that runs. */
  stop(): void
}

/** Rows that are held as rows at a time. */
const batch = 5000

export function createPostgres(
  load: (specifier: string) => Promise<Record<string, unknown>>,
  toTable: (names: string[], columns: ResultColumn[]) => Promise<ColumnTable>,
): Postgres {
  let cancel = () => {}

  return {
    async query(address, text, values) {
      if (!/^postgres(ql)?:\/\//.test(address))
        throw new TypeError('the address of a PostgreSQL server begins with postgres://')
      const connect = (await load('postgres')).default as typeof postgresjs
      const sql = connect(address, {
        max: 1,
        onnotice: () => {},
        connect_timeout: 15,
        types: { bigint, numeric },
      })
      let stopped = false
      const query = sql.unsafe(text, values as postgresjs.ParameterOrJSON<never>[], { prepare: true })
      cancel = () => {
        stopped = true
        query.cancel()
      }
      try {
        const columns: unknown[][] = []
        await query.values().cursor(batch, (rows) => {
          for (const row of rows as unknown as unknown[][])
            for (const [i, value] of row.entries()) {
              columns[i] ??= []
              columns[i].push(value)
            }
        })
        const names = namesOf(query)
        if (names.length === 0) return undefined
        return await toTable(
          distinctNames(names),
          names.map((_, i) => compact(columns[i] ?? [])),
        )
      } catch (error) {
        if (stopped) throw new Interrupted()
        throw asSqlError(error)
      } finally {
        cancel = () => {}
        await sql.end({ timeout: 0 })
      }
    },
    stop: () => cancel(),
  }
}

/** Known once the query has run, also where it gave no rows; not in the driver's types. */
const namesOf = (query: unknown) =>
  ((query as { statement?: { columns?: { name: string }[] | null } }).statement?.columns ?? []).map(
    ({ name }) => name,
  )

/** Numbers while these can hold them. */
const wide = (from: number, parse: (text: string) => unknown) => ({
  to: from,
  from: [from],
  serialize: String,
  parse,
})
const bigint = wide(20, (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)))
const numeric = wide(1700, Number)

function asSqlError(error: unknown) {
  const { message, position, hint } = error as { message: string; position?: string; hint?: string }
  if (position === undefined) return error
  return new SqlError(hint ? `${message}\n${hint}` : message, Number(position) - 1)
}

/** Numbers as a typed array. */
function compact(values: unknown[]): ResultColumn {
  const missing = new Set<number>()
  for (const [i, value] of values.entries()) {
    if (value === null) missing.add(i)
    else if (typeof value !== 'number') return values
  }
  if (missing.size === values.length) return values
  const numbers = Float64Array.from(values as number[], (value) => value ?? 0)
  return missing.size === 0 ? numbers : new NullableNumbers(numbers, missing)
}
