import type { ColumnTable } from 'arquero'

/** What runs queries. */
export type SqlHost = {
  query(strings: readonly string[], values: readonly unknown[]): Promise<ColumnTable | undefined>
  queryPostgres(
    address: string,
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
}

export function createSql(host: SqlHost): Sql {
  const tag = (strings: TemplateStringsArray, ...values: unknown[]) => host.query(strings, values)
  const on =
    (address: string) =>
    (strings: TemplateStringsArray, ...values: unknown[]) =>
      host.queryPostgres(address, strings, values)
  // A statement without rows gives undefined, which a query's reader never meets.
  return Object.assign(tag, { on }) as Sql
}
