import { appendTable } from './append'
import { columnsOf } from './columns'
import { type Duck, schema } from './duckdb'

/** The notebook's tables that DuckDB has a copy of. */
export type DuckTables = {
  /** The name of its copy, made if need be. */
  nameOf(table: object): Promise<string>
  /** A name for a new copy. */
  freshName(): string
  /** Copy `name` is of this table, and goes with it. */
  adopt(table: object, name: string): void
  /** Drops the copies of tables that nothing holds any more, and of those that may have changed. */
  tidy(): Promise<void>
}

export function createDuckTables(duck: Duck, pause: () => Promise<void>): DuckTables {
  const names = new WeakMap<object, string>()
  const dead = new Set<string>()
  const mutable = new Map<object, string>()
  const registry = new FinalizationRegistry((name: string) => void dead.add(name))
  let serial = 0
  const freshName = () => `t${++serial}`

  const adopt = (table: object, name: string) => {
    names.set(table, name)
    registry.register(table, name)
  }
  const drop = (name: string) => duck.writes.run(`DROP TABLE IF EXISTS ${schema}.${name}`)

  return {
    freshName,
    adopt,
    async nameOf(table) {
      const known = names.get(table) ?? mutable.get(table)
      if (known) return known
      const columns = columnsOf(table)
      if (!columns || columns.columns.length === 0) throw new TypeError('a table without columns')
      const name = freshName()
      try {
        await appendTable(duck, name, columns, pause)
      } catch (error) {
        await drop(name)
        throw error
      }
      if (columns.mutable) mutable.set(table, name)
      else adopt(table, name)
      return name
    },
    async tidy() {
      for (const name of [...dead, ...mutable.values()]) await drop(name)
      dead.clear()
      mutable.clear()
    },
  }
}
