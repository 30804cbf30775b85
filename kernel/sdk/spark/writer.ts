import type { SparkHost } from './host'
import type { Relation } from './plan'

type Option = string | number | boolean
const modes = { append: 'APPEND', overwrite: 'OVERWRITE', error: 'ERROR_IF_EXISTS', ignore: 'IGNORE' }

/** Where Spark writes a table: on its own machines, by its own workers. */
export class DataFrameWriter {
  readonly #host: SparkHost
  readonly #input: Relation
  #options: Record<string, string> = {}
  #mode: keyof typeof modes = 'error'
  #partitions: string[] = []
  #format = 'parquet'

  constructor(host: SparkHost, input: Relation) {
    this.#host = host
    this.#input = input
  }

  /** What to do where something is already: `error` unless given. */
  mode(mode: keyof typeof modes): this {
    if (!(mode in modes)) throw new Error(`no such mode; there are ${Object.keys(modes).join(', ')}: ${mode}`)
    this.#mode = mode
    return this
  }
  option(name: string, value: Option): this {
    this.#options[name] = String(value)
    return this
  }
  options(values: Record<string, Option>): this {
    for (const [name, value] of Object.entries(values)) this.option(name, value)
    return this
  }
  /** One folder for each value of these columns. */
  partitionBy(...names: string[]): this {
    this.#partitions = names
    return this
  }
  format(format: string): this {
    this.#format = format
    return this
  }

  parquet = (path: string) => this.format('parquet').save(path)
  csv = (path: string) => this.format('csv').save(path)
  json = (path: string) => this.format('json').save(path)
  orc = (path: string) => this.format('orc').save(path)
  /** Into a table of a database that Spark has a driver for. */
  jdbc = (url: string, table: string, properties: Record<string, Option> = {}) =>
    this.format('jdbc')
      .options({ ...properties, url, dbtable: table })
      .save()

  save(path?: string): Promise<void> {
    return this.#write(path === undefined ? {} : { path })
  }
  saveAsTable(name: string): Promise<void> {
    return this.#write({ table: { table_name: name, save_method: 'TABLE_SAVE_METHOD_SAVE_AS_TABLE' } })
  }
  async #write(where: Relation) {
    const write_operation = {
      input: this.#input,
      source: this.#format,
      mode: `SAVE_MODE_${modes[this.#mode]}`,
      partitioning_columns: this.#partitions,
      options: this.#options,
      ...where,
    }
    await this.#host.execute({ command: { write_operation } })
  }
}
