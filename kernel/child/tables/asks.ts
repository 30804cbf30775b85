import type { ChildAsks } from '../asks'
import { createTableFiles } from './files'
import type { ShownTables } from './shown-tables'

type TableAsks = Pick<ChildAsks, 'table.page' | 'table.summary' | 'table.file' | 'table.part'>

/** Answers what the viewer asks of shown tables. */
export function createTableAsks(tables: ShownTables): TableAsks {
  const files = createTableFiles(tables)
  return {
    'table.page': ({ table, ...asked }) => tables.find(table).page(asked),
    'table.summary': ({ table, query, columns }) => tables.find(table).summary(query, columns),
    'table.file': files.open,
    'table.part': ({ file }) => files.read(file),
  }
}
