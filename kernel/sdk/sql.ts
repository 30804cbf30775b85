import type { ColumnTable } from 'arquero'

/** What runs queries. */
export type SqlHost = {
  /** A template of SQL over the notebook's tables and files. */
  query(strings: readonly string[], values: readonly unknown[]): Promise<ColumnTable | undefined>
  /** The same, sent to the PostgreSQL server at an address. */
  queryPostgres(
    address: () => Promise<string>,
    strings: readonly string[],
    values: readonly unknown[],
  ): Promise<ColumnTable | undefined>
}

type SqlTag = (strings: TemplateStringsArray, ...values: unknown[]) => Promise<ColumnTable>

/**
 * A query as a template: `` await sql`SELECT city, avg(age) AS age FROM people WHERE age > ${least} GROUP BY city` ``
 * gives an arquero table. FROM names tables of the notebook (arquero, Arrow, arrays of records, earlier results), or files:
 * `FROM 'data.parquet'` (CSV, JSON). `${…}` is bound as a value, or names a table.
 */
export type Sql = SqlTag & {
  /** The same, answered by the PostgreSQL server at this address (`postgres://…`). */
  on(address: string): SqlTag
  /** What the first line of an SQL cell does: the server's address is in a variable, else in a secret of this name. */
  connection(name: string, variable: () => unknown): SqlTag
}

export function createSql(host: SqlHost, secret: (name: string) => Promise<string>): Sql {
  const tag = (strings: TemplateStringsArray, ...values: unknown[]) => host.query(strings, values)
  const at =
    (address: () => Promise<string>) =>
    (strings: TemplateStringsArray, ...values: unknown[]) =>
      host.queryPostgres(address, strings, values)
  const on = (address: string) => at(async () => address)
  const connection = (name: string, variable: () => unknown) => at(() => addressOf(name, variable, secret))
  // A statement without rows gives undefined, which a query's reader never meets.
  return Object.assign(tag, { on, connection }) as Sql
}

async function addressOf(name: string, variable: () => unknown, secret: (name: string) => Promise<string>) {
  let value: unknown
  try {
    value = variable()
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    return secret(name).catch((cause) => {
      const message = `no variable and no secret holds the address of the server: ${name}; add one with postgres://…`
      throw new Error(message, { cause })
    })
  }
  if (typeof value === 'string') return value
  throw new TypeError(`the address of a PostgreSQL server is a text; ${name} is ${typeof value}`)
}
