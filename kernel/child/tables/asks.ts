import type { ChildAsks } from '../asks'
import type { ShownTables } from './shown-tables'

type TableAsks = Pick<ChildAsks, 'table.page' | 'table.summary'>

/** Answers what the viewer asks of shown tables. */
export const createTableAsks = (tables: ShownTables): TableAsks => ({
  'table.page': ({ table, ...asked }) => tables.find(table).page(asked),
  'table.summary': ({ table, query, columns }) => tables.find(table).summary(query, columns),
})
