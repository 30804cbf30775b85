import type { ColumnTable } from 'arquero'
import { col, expr, lit, Window } from './column'
import { columnsOf, type TableLike } from './columns-of'
import { DataFrame } from './data-frame'
import { functions } from './functions'
import type { SparkHost } from './host'
import { createMl } from './ml'
import { literal } from './plan'
import { DataFrameReader } from './reader'
import type { AnyRow } from './rows'

type Element<Values> = Values extends ArrayLike<infer Each> ? Each : unknown
/** The row of what a table is made from, where the editor can know it. */
export type RowOf<Table> = Table extends readonly (infer Row extends object)[]
  ? Row
  : Table extends ColumnTable | { getChild: unknown } | { columnNames: unknown }
    ? AnyRow
    : { [Name in keyof Table]: Element<Table[Name]> }

/**
 * Spark, through Spark Connect: `const people = await spark.createDataFrame(table)`,
 * `await people.groupBy('city').count().show()`. What is asked of a table runs on the cluster; only results come here.
 */
export const createSpark = (host: SparkHost) => ({
  /** A query, or a statement. `:name` is bound as a value: `sql('SELECT … WHERE age > :least', { least: 30 })`. */
  async sql<Row extends object = AnyRow>(
    query: string,
    values: Record<string, string | number | bigint | boolean | Date | null> = {},
  ): Promise<DataFrame<Row>> {
    const named_arguments = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, literal(value)]),
    )
    const input = { sql: { query, named_arguments } }
    // A statement runs at once and once; of a query comes back what it stands for.
    const { relation } = await host.execute({ command: { sql_command: { input } } })
    return new DataFrame<Row>(host, relation ?? input)
  },
  /** Sends a table (records, columns by name, arquero, Arrow) to Spark. */
  async createDataFrame<Table extends TableLike>(table: Table): Promise<DataFrame<RowOf<Table> & object>> {
    return new DataFrame(host, await host.upload(columnsOf(table)))
  },
  /** Whole numbers from `start` up to `end`, in a column `id`. */
  range(start: number, end?: number, step = 1): DataFrame<{ id: number }> {
    const [from, to] = end === undefined ? [0, start] : [start, end]
    return new DataFrame(host, { range: { start: from, end: to, step } })
  },
  /** A table or view by its name. */
  table: <Row extends object = AnyRow>(name: string) => new DataFrameReader(host).table<Row>(name),
  /** `spark.read.parquet('name')`, `csv`, `json`, `jdbc`. */
  get read() {
    return new DataFrameReader(host)
  },
  /** Spark's functions: `const { sum, avg } = spark.functions`. */
  functions,
  /** Learning on the cluster: `spark.ml.KMeans({ k: 3 }).fit(df)`. */
  ml: createMl(host),
  col,
  lit,
  expr,
  Window,
  /** Settings of the session. */
  conf: {
    get: async (key: string) => (await host.config([key]))[key],
    set: (key: string, value: string | number | boolean) => host.setConfig({ [key]: String(value) }),
  },
  /** Its version. */
  get version(): Promise<string> {
    return host
      .analyze({ spark_version: {} })
      .then((answer) => (answer.spark_version as { version: string }).version)
  },
  /** The name by which Spark itself calls the application that answers. */
  get applicationId(): Promise<string | undefined> {
    return host.config(['spark.app.id']).then((values) => values['spark.app.id'])
  },
})

export type Spark = ReturnType<typeof createSpark>
export type { DataFrame, SparkHost }
