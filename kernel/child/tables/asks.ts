import type { ChildAsks } from '../asks'
import type { TableFiles } from './files'
import type { ShownTables } from './shown-tables'

type TableAsks = Pick<ChildAsks, 'table.page' | 'table.summary' | 'table.file' | 'table.part'>

/** Answers what the viewer asks of shown tables. */
export function createTableAsks(tables: ShownTables, files: TableFiles): TableAsks {
  return {
    'table.page': ({ table, ...asked }) => tables.find(table).page(asked),
    'table.summary': ({ table, query, columns }) => tables.find(table).summary(query, columns),
    'table.file': files.open,
    'table.part': ({ file }) => files.read(file),
  }
}
