import type { ColumnTable } from 'arquero'
import { Column, toColumn, toOrder } from './column'
import { ofRecords, toRecords } from './columns-of'
import { GroupedData } from './grouped'
import type { SparkColumns, SparkHost } from './host'
import { attribute, literalValue, numbered, type Relation } from './plan'
import type { AnyRow, Choice, Cleared, ColumnOf, Names, Selected } from './rows'
import { type StorageLevel, storageLevels } from './storage'
import { fields, type SparkField } from './types'
import { DataFrameWriter } from './writer'

export type JoinKind = 'inner' | 'left' | 'right' | 'outer' | 'semi' | 'anti' | 'cross'
const joins: Record<JoinKind, string> = {
  inner: 'INNER',
  left: 'LEFT_OUTER',
  right: 'RIGHT_OUTER',
  outer: 'FULL_OUTER',
  semi: 'LEFT_SEMI',
  anti: 'LEFT_ANTI',
  cross: 'CROSS',
}

/**
 * A table that Spark makes when its rows are asked for: `show`, `count`, `collect`, `toArquero`, `write` and the like
 * run it, all else says only what it is. Nothing of it is in the kernel before.
 */
export class DataFrame<Row extends object = AnyRow> {
  declare readonly row: Row
  readonly #host: SparkHost
  /** What Spark is told. */
  readonly relation: Relation & { common: { plan_id: number } }

  constructor(host: SparkHost, relation: Relation) {
    this.#host = host
    this.relation = numbered(relation)
  }

  #of<Next extends object = Row>(relation: Relation) {
    return new DataFrame<Next>(this.#host, relation)
  }
  #with<Next extends object = Row>(kind: string, rest: Relation = {}) {
    return this.#of<Next>({ [kind]: { input: this.relation, ...rest } })
  }

  /** A column of this table, also where a join has two of the name. */
  col<Name extends Names<Row>>(name: Name): Column<Name, Row[Name], Name> {
    return new Column(attribute(name, this.relation.common.plan_id))
  }

  select<const Columns extends Choice<Row>[]>(...columns: Columns): DataFrame<Selected<Row, Columns>> {
    return this.#with('project', { expressions: columns.map((each) => toColumn(each as string)) })
  }
  /** Columns as SQL: `selectExpr('age / 2 AS half')`. */
  selectExpr(...expressions: string[]): DataFrame {
    const sql = expressions.map((expression) => ({ expression_string: { expression } }))
    return this.#with('project', { expressions: sql })
  }
  /** Rows for which a condition is true: a column, or SQL. */
  filter(condition: ColumnOf<Row> | string): DataFrame<Row> {
    const sql =
      typeof condition === 'string' ? { expression_string: { expression: condition } } : condition.expression
    return this.#with('filter', { condition: sql })
  }
  where(condition: ColumnOf<Row> | string) {
    return this.filter(condition)
  }

  withColumn<Name extends string, Type>(
    name: Name,
    column: Column<string, Type, Names<Row>>,
  ): DataFrame<Cleared<Omit<Row, Name> & Record<Name, Type>>> {
    return this.#with('with_columns', { aliases: [{ expr: column.expression, name: [name] }] })
  }
  withColumnRenamed<From extends Names<Row>, To extends string>(
    from: From,
    to: To,
  ): DataFrame<Cleared<Omit<Row, From> & Record<To, Row[From]>>> {
    return this.#with('with_columns_renamed', { renames: [{ col_name: from, new_col_name: to }] })
  }
  drop<Name extends Names<Row>>(...names: Name[]): DataFrame<Cleared<Omit<Row, Name>>> {
    return this.#with('drop', { column_names: names })
  }
  /** The same columns by other names. */
  toDF(...names: string[]): DataFrame {
    return this.#with('to_df', { column_names: names })
  }
  alias(name: string): DataFrame<Row> {
    return this.#with('subquery_alias', { alias: name })
  }

  groupBy<const Columns extends Choice<Row>[]>(...columns: Columns): GroupedData<Row> {
    return this.#grouped('GROUPBY', columns)
  }
  rollup<const Columns extends Choice<Row>[]>(...columns: Columns): GroupedData<Row> {
    return this.#grouped('ROLLUP', columns)
  }
  cube<const Columns extends Choice<Row>[]>(...columns: Columns): GroupedData<Row> {
    return this.#grouped('CUBE', columns)
  }
  #grouped(kind: string, columns: readonly unknown[]) {
    const grouping = columns.map((each) => toColumn(each as string))
    return new GroupedData<Row>((aggregate) =>
      this.#with<AnyRow>('aggregate', {
        group_type: `GROUP_TYPE_${kind}`,
        grouping_expressions: grouping,
        ...aggregate,
      }),
    )
  }
  /** Over all rows: `agg(sum('x'), avg('y'))`. */
  agg(...columns: Column<string, unknown, Names<Row>>[]): DataFrame {
    return this.groupBy().agg(...columns)
  }

  /** `on`: names that both have, or a condition. */
  join<Other extends object>(
    other: DataFrame<Other>,
    on?:
      | (Names<Row> & Names<Other>)
      | (Names<Row> & Names<Other>)[]
      | Column<string, unknown, Names<Row> | Names<Other>>,
    how: JoinKind = on === undefined ? 'cross' : 'inner',
  ): DataFrame<Cleared<Row & Other>> {
    const condition =
      on instanceof Column
        ? { join_condition: on.expression }
        : { using_columns: on === undefined ? [] : [on].flat() }
    return this.#of({
      join: {
        left: this.relation,
        right: other.relation,
        join_type: `JOIN_TYPE_${joins[how]}`,
        ...condition,
      },
    })
  }
  crossJoin<Other extends object>(other: DataFrame<Other>) {
    return this.join(other, undefined, 'cross')
  }

  orderBy(...columns: Choice<Row>[]): DataFrame<Row> {
    return this.#with('sort', { order: columns.map((each) => toOrder(each as string)), is_global: true })
  }
  sort(...columns: Choice<Row>[]) {
    return this.orderBy(...columns)
  }
  limit(rows: number): DataFrame<Row> {
    return this.#with('limit', { limit: rows })
  }
  offset(rows: number): DataFrame<Row> {
    return this.#with('offset', { offset: rows })
  }
  /** About this share of the rows. */
  sample(
    fraction: number,
    { seed, withReplacement = false }: { seed?: number; withReplacement?: boolean } = {},
  ): DataFrame<Row> {
    return this.#with('sample', {
      lower_bound: 0,
      upper_bound: fraction,
      with_replacement: withReplacement,
      seed: seed ?? Math.floor(Math.random() * 2 ** 31),
    })
  }
  /** Parts of these weights, as for training and test. */
  async randomSplit(
    weights: number[],
    seed = Math.floor(Math.random() * 2 ** 31),
  ): Promise<DataFrame<Row>[]> {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    let lower = 0
    return weights.map((weight) => {
      const upper = lower + weight / total
      const part = {
        lower_bound: lower,
        upper_bound: upper,
        with_replacement: false,
        seed,
        deterministic_order: true,
      }
      lower = upper
      return this.#with<Row>('sample', part)
    })
  }
  distinct(): DataFrame<Row> {
    return this.#with('deduplicate', { all_columns_as_keys: true })
  }
  dropDuplicates(...names: Names<Row>[]): DataFrame<Row> {
    return names.length === 0 ? this.distinct() : this.#with('deduplicate', { column_names: names })
  }
  union(other: DataFrame<Row>): DataFrame<Row> {
    return this.#set('UNION', other, { is_all: true })
  }
  unionByName(other: DataFrame, { allowMissingColumns = false } = {}): DataFrame<Row> {
    return this.#set('UNION', other, {
      is_all: true,
      by_name: true,
      allow_missing_columns: allowMissingColumns,
    })
  }
  intersect(other: DataFrame<Row>): DataFrame<Row> {
    return this.#set('INTERSECT', other, { is_all: false })
  }
  subtract(other: DataFrame<Row>): DataFrame<Row> {
    return this.#set('EXCEPT', other, { is_all: false })
  }
  #set(kind: string, other: { relation: Relation }, rest: Relation): DataFrame<Row> {
    const inputs = { left_input: this.relation, right_input: other.relation }
    return this.#of({ set_op: { ...inputs, set_op_type: `SET_OP_TYPE_${kind}`, ...rest } })
  }
  repartition(parts: number, ...columns: Choice<Row>[]): DataFrame<Row> {
    if (columns.length === 0) return this.#with('repartition', { num_partitions: parts, shuffle: true })
    const by = columns.map((each) => toColumn(each as string))
    return this.#with('repartition_by_expression', { num_partitions: parts, partition_exprs: by })
  }
  coalesce(parts: number): DataFrame<Row> {
    return this.#with('repartition', { num_partitions: parts, shuffle: false })
  }
  /** `value` in the place of nulls, in all columns of its type or in these. */
  fillna(value: string | number | boolean, ...names: Names<Row>[]): DataFrame<Row> {
    const filler = typeof value === 'number' ? { double: value } : literalValue(value)
    return this.#with('fill_na', { cols: names, values: [filler] })
  }
  /** Without rows that have a null. */
  dropna(...names: Names<Row>[]): DataFrame<Row> {
    return this.#with('drop_na', { cols: names })
  }

  /** Count, mean, deviation, least and most of columns. */
  describe(...names: Names<Row>[]): DataFrame {
    return this.#with('describe', { cols: names })
  }
  /** The same with quartiles, or just these: `summary('count', '75%')`. */
  summary(...statistics: string[]): DataFrame {
    return this.#with('summary', { statistics })
  }
  crosstab(one: Names<Row>, other: Names<Row>): DataFrame {
    return this.#with('crosstab', { col1: one, col2: other })
  }
  async corr(one: Names<Row>, other: Names<Row>): Promise<number> {
    return Number(await this.#value('corr', { col1: one, col2: other, method: 'pearson' }))
  }
  async cov(one: Names<Row>, other: Names<Row>): Promise<number> {
    return Number(await this.#value('cov', { col1: one, col2: other }))
  }
  async approxQuantile(name: Names<Row>, probabilities: number[], error = 0): Promise<number[]> {
    const rest = { cols: [name], probabilities, relative_error: error }
    const [values] = (await this.#value('approx_quantile', rest)) as ArrayLike<number>[]
    return Array.from(values ?? [])
  }

  /** The schema. */
  get schema(): Promise<SparkField[]> {
    return this.#host
      .analyze({ schema: { plan: { root: this.relation } } })
      .then((answer) => fields((answer.schema as { schema: never }).schema))
  }
  get columns(): Promise<string[]> {
    return this.schema.then((schema) => schema.map(({ name }) => name))
  }
  /** Names and types. */
  get dtypes(): Promise<[string, string][]> {
    return this.schema.then((schema) => schema.map(({ name, type }) => [name, type]))
  }
  async printSchema(): Promise<void> {
    const answer = await this.#host.analyze({ tree_string: { plan: { root: this.relation } } })
    this.#host.print((answer.tree_string as { tree_string: string }).tree_string)
  }
  /** Prints how Spark will run it, and answers that. */
  async explain(mode: 'simple' | 'extended' | 'codegen' | 'cost' | 'formatted' = 'simple'): Promise<string> {
    const explain_mode = `EXPLAIN_MODE_${mode.toUpperCase()}`
    const answer = await this.#host.analyze({ explain: { plan: { root: this.relation }, explain_mode } })
    const text = (answer.explain as { explain_string: string }).explain_string
    this.#host.print(text)
    return text
  }

  /** Prints the first rows; `truncate`: how long a value may be, `false` for all of it. */
  async show(
    rows = 20,
    { truncate = 20, vertical = false }: { truncate?: number | false; vertical?: boolean } = {},
  ): Promise<void> {
    this.#host.print(await this.toString(rows, { truncate, vertical }))
  }
  /** What `show` prints. */
  async toString(
    rows = 20,
    { truncate = 20, vertical = false }: { truncate?: number | false; vertical?: boolean } = {},
  ): Promise<string> {
    const shown = { num_rows: rows, truncate: truncate === false ? 0 : truncate, vertical }
    return String(await this.#value('show_string', shown))
  }
  async #value(kind: string, rest: Relation): Promise<unknown> {
    const { columns } = await this.#host.execute({ root: { [kind]: { input: this.relation, ...rest } } })
    return columns.values[0]?.[0]
  }
  async count(): Promise<number> {
    const { columns } = await this.#host.execute({ root: this.groupBy().count().relation })
    return Number(columns.values[0]?.[0])
  }
  async #run(): Promise<SparkColumns> {
    const { columns } = await this.#host.execute({ root: this.relation })
    if (columns.names.length > 0) return columns
    // No row, so no batch: the columns are there all the same.
    const names = await this.columns
    return { names, values: names.map(() => []) }
  }
  /** All rows, as objects. Refused where they are more than a kernel should hold. */
  async collect(): Promise<Row[]> {
    return toRecords(await this.#run()) as Row[]
  }
  async take(rows: number): Promise<Row[]> {
    return this.limit(rows).collect()
  }
  async first(): Promise<Row | undefined> {
    return (await this.take(1))[0]
  }
  async tail(rows: number): Promise<Row[]> {
    return this.#with('tail', { limit: rows }).collect()
  }
  async isEmpty(): Promise<boolean> {
    return (await this.limit(1).#run()).values[0]?.length === 0
  }
  /** All rows, as an arquero table: numbers as typed arrays. */
  async toArquero(): Promise<ColumnTable> {
    return this.#host.table(await this.#run())
  }
  /** Rows part by part, as arquero tables: `for await (const part of df.stream())` holds one part at a time. */
  async *stream(): AsyncGenerator<ColumnTable, void, undefined> {
    for await (const part of this.#host.stream(this.relation)) yield await this.#host.table(part)
  }

  /**
   * What `change` makes of each row. It runs in this kernel, not on the cluster: rows stream through here in batches, and
   * go back to Spark. Where columns' functions can say it, `withColumn` is much faster.
   */
  async map<Next extends object>(change: (row: Row) => Next): Promise<DataFrame<Next>> {
    this.#host.print(
      'map runs in this kernel, not on the cluster: rows stream through here in batches and go back\n',
    )
    return this.#of<Next>(await this.#host.uploadParts(this.#changed(change)))
  }
  async *#changed(change: (row: Row) => object) {
    for await (const part of this.#host.stream(this.relation))
      yield ofRecords(toRecords(part).map((row) => change(row as Row)))
  }
  /** Folds rows into one value. It runs in this kernel: rows stream through here in batches, in no particular order. */
  async reduce<Value>(fold: (value: Value, row: Row) => Value, initial: Value): Promise<Value> {
    this.#host.print('reduce runs in this kernel, not on the cluster: rows stream through here in batches\n')
    let value = initial
    for await (const part of this.#host.stream(this.relation))
      for (const row of toRecords(part)) value = fold(value, row as Row)
    return value
  }
  /** There are none here: says what to use instead. */
  get rdd(): never {
    throw new Error(
      'spark connect has no RDDs, and its workers run no JavaScript; use columns (select, withColumn, groupBy), or map and reduce, which stream rows through this kernel',
    )
  }

  /** Keeps the rows with Spark once they are made. */
  cache() {
    return this.persist()
  }
  async persist(level: StorageLevel = 'MEMORY_AND_DISK'): Promise<this> {
    const storage_level = storageLevels[level]
    if (!storage_level)
      throw new Error(`no such storage level; there are ${Object.keys(storageLevels).join(', ')}: ${level}`)
    await this.#host.analyze({ persist: { relation: this.relation, storage_level } })
    return this
  }
  async unpersist(): Promise<this> {
    await this.#host.analyze({ unpersist: { relation: this.relation, blocking: true } })
    return this
  }
  /** Gives the table a name that `spark.sql` knows while the kernel lives. */
  async createOrReplaceTempView(name: string): Promise<void> {
    const create_dataframe_view = { input: this.relation, name, is_global: false, replace: true }
    await this.#host.execute({ command: { create_dataframe_view } })
  }
  /** `await df.write.mode('overwrite').parquet('name')`: Spark writes, nothing passes the kernel. */
  get write(): DataFrameWriter {
    return new DataFrameWriter(this.#host, this.relation)
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return 'DataFrame (await df.show(), df.toArquero() or df.printSchema() to look at it)'
  }
}
