import { expect, test } from 'vitest'
import { createShownTables, TableGoneError } from '../../../../kernel/child/tables/shown-tables'
import { tableOf } from '../../../../kernel/child/tables/table-of'

const show = (tables: ReturnType<typeof createShownTables>, source: object, cellId: string) =>
  tables.add(source, tableOf(source)!, cellId)

test('a shown table is found by its name, and while a variable has it also after its cell ran again', () => {
  const tables = createShownTables()
  const records = [{ a: 1 }, { a: 2 }]
  const name = show(tables, records, 'x')
  const live = tables.find(name)
  expect(tables.find(name)).toBe(live)
  tables.release('x')
  expect(tables.find(name)).not.toBe(live)
})

test('a name that this kernel never gave says what to do', () => {
  expect(() => createShownTables().find('table-of-another-life')).toThrow(new TableGoneError())
  expect(new TableGoneError().message).toBe('the kernel holds this table no more; run the cell again')
})
