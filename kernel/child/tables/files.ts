import type { TableFile, TableFormat, TablePart, TableQuery } from '../../../lib/protocol/tables'
import { writeCsv } from './csv'
import { knownColumnsOf } from './known-columns'
import { writeParquet } from './parquet'
import type { ShownTables } from './shown-tables'

/** Files of tables that are being taken away, a part at a time. */
export type TableFiles = {
  open(asked: { table: string; query: TableQuery; format: TableFormat }): Promise<TableFile>
  /** One that is written already; `read` gives its parts. */
  add(parts: AsyncGenerator<Uint8Array>): string
  read(file: string): Promise<TablePart>
}

/** Downloads at once; the one that was read longest ago makes room. */
const mostOpen = 8
/** Bytes of a part, at least, unless it is the last. */
const partBytes = 1_000_000

export function createTableFiles(tables: ShownTables): TableFiles {
  const open = new Map<string, AsyncGenerator<Uint8Array>>()
  let serial = 0

  const add = (parts: AsyncGenerator<Uint8Array>) => {
    const file = `file-${++serial}`
    open.set(file, parts)
    const [oldest] = open.keys()
    if (open.size > mostOpen) open.delete(oldest!)
    return file
  }

  return {
    add,
    async open({ table, query, format }) {
      const live = tables.find(table)
      const found = await live.rows(query)
      const file = add(format === 'csv' ? writeCsv(live.table, found) : writeParquet(live.table, found))
      return { file, columns: knownColumnsOf(live.table), query: live.table.query === true }
    },
    async read(file) {
      const parts = open.get(file)
      if (!parts) throw new Error('this download was given up for newer ones; begin it again')
      open.delete(file)
      const bytes: Uint8Array[] = []
      let size = 0
      while (size < partBytes) {
        const { value, done } = await parts.next()
        if (done) return { base64: Buffer.concat(bytes).toString('base64'), done: true }
        bytes.push(value)
        size += value.length
      }
      open.set(file, parts)
      return { base64: Buffer.concat(bytes).toString('base64'), done: false }
    },
  }
}
