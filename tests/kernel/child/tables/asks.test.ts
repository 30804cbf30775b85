import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRows } from '../../../../lib/protocol/all-rows'
import { mime, type TableOutput } from '../../../../lib/protocol/mime'
import type { TablePage } from '../../../../lib/protocol/tables'
import { type Ended, startKernel, type TestKernel } from '../../../support/kernel'

let kernel: TestKernel
beforeAll(async () => {
  kernel = await startKernel()
})
afterAll(() => kernel.close())

const shown = (ended: Ended) => ended.result!.data[mime.table] as TableOutput
const page = (table: string | undefined, from = 0) =>
  kernel.ask({
    type: 'ask',
    method: 'table.page',
    params: { table, query: allRows, columns: [0], from, size: 2, counted: false },
  }) as Promise<TablePage>

test('what a cell shows can be paged through, also an array of records and an Arrow table', async () => {
  const records = await kernel.run('Array.from({ length: 500 }, (_, a) => ({ a }))')
  expect(await page(shown(records).table, 400)).toEqual({
    from: 400,
    rows: 500,
    counted: true,
    places: [400, 401],
    cells: [[400], [401]],
  })
  const arrow = await kernel.run(
    "import { tableFromColumns, columnFromArray, utf8 } from '@uwdata/flechette'\ntableFromColumns({ s: columnFromArray(['x', null, 'z'], utf8()) })",
  )
  expect(shown(arrow).columns).toEqual([{ name: 's', type: 'Utf8', kind: 'text', nulls: 1 }])
  expect((await page(shown(arrow).table)).cells).toEqual([['x'], [null]])
})

test('a table that display() shows has a name of its own', async () => {
  const { displays } = await kernel.run("import { display } from 'cellar'\ndisplay([{ b: 1 }, { b: 2 }])")
  const { table } = displays[0]![mime.table] as TableOutput
  expect((await page(table)).cells).toEqual([[1], [2]])
})

test('a table of another life of the kernel says what to do', async () => {
  await expect(page('table-old-1')).rejects.toMatchObject({
    name: 'TableGoneError',
    message: 'the kernel holds this table no more; run the cell again',
  })
})

test('while a large table is sorted a Stop is answered and the variables stay', async () => {
  const { table } = shown(
    await kernel.run(
      "import * as aq from 'arquero'\nconst large = aq.table({ s: Array.from({ length: 1_000_000 }, (_, i) => 'customer ' + ((i * 7919) % 1_000_003)) })\nlarge",
    ),
  )
  const { n, ended } = kernel.start('await new Promise(() => {})')
  const sorted = kernel.ask({
    type: 'ask',
    method: 'table.page',
    params: {
      table,
      query: { ...allRows, sort: [{ column: 0, descending: true }] },
      columns: [0],
      from: 0,
      size: 1,
      counted: false,
    },
  }) as Promise<TablePage>
  expect(await kernel.interrupt(n)).toBe('stopped')
  expect((await ended).state).toBe('interrupted')
  expect((await sorted).cells).toEqual([['customer 999999']])
  expect((await kernel.run('large.numRows()')).text).toBe('1000000')
})
