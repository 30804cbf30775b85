import { DataFrame } from './data-frame'
import type { SparkHost } from './host'
import type { AnyRow } from './rows'

type Option = string | number | boolean

/** What Spark reads, on its own machines. */
export class DataFrameReader {
  readonly #host: SparkHost
  #options: Record<string, string> = {}
  #schema: string | undefined
  #format = 'parquet'

  constructor(host: SparkHost) {
    this.#host = host
  }

  option(name: string, value: Option): this {
    this.#options[name] = String(value)
    return this
  }
  options(values: Record<string, Option>): this {
    for (const [name, value] of Object.entries(values)) this.option(name, value)
    return this
  }
  /** Columns and types, as in SQL: `id BIGINT, name STRING`. */
  schema(ddl: string): this {
    this.#schema = ddl
    return this
  }
  format(format: string): this {
    this.#format = format
    return this
  }

  parquet = <Row extends object = AnyRow>(...paths: string[]) => this.format('parquet').load<Row>(...paths)
  csv = <Row extends object = AnyRow>(...paths: string[]) => this.format('csv').load<Row>(...paths)
  json = <Row extends object = AnyRow>(...paths: string[]) => this.format('json').load<Row>(...paths)
  orc = <Row extends object = AnyRow>(...paths: string[]) => this.format('orc').load<Row>(...paths)
  text = (...paths: string[]) => this.format('text').load<{ value: string }>(...paths)
  /** A table of a database that Spark has a driver for. */
  jdbc = <Row extends object = AnyRow>(url: string, table: string, properties: Record<string, Option> = {}) =>
    this.format('jdbc')
      .options({ ...properties, url, dbtable: table })
      .load<Row>()

  load<Row extends object = AnyRow>(...paths: string[]): DataFrame<Row> {
    const schema = this.#schema === undefined ? {} : { schema: this.#schema }
    const data_source = { format: this.#format, options: this.#options, paths, ...schema }
    return new DataFrame<Row>(this.#host, { read: { data_source } })
  }
  table<Row extends object = AnyRow>(name: string): DataFrame<Row> {
    return new DataFrame<Row>(this.#host, { read: { named_table: { unparsed_identifier: name } } })
  }
}
