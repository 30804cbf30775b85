import { allRows } from '../lib/protocol/all-rows'
import { mime, type TableOutput } from '../lib/protocol/mime'
import type { TablePage, TableQuery } from '../lib/protocol/tables'
import { openNotebook, type Person } from './client'

const source = `import * as aq from 'arquero'
let seed = 1
const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32
const length = 1_000_000
const make = (value) => Array.from({ length }, value)
const cities = ['Berlin', 'Paris', 'Lagos', 'São Paulo', 'Tokyo', 'Lima', 'Oslo', 'Quito']
const million = aq.table({
  id: Int32Array.from({ length }, (_, i) => i),
  amount: Float64Array.from({ length }, () => random() * 1000),
  score: make(() => (random() < 0.05 ? null : Math.round(random() * 100))),
  city: make(() => cities[Math.floor(random() * 8)]),
  name: make(() => 'customer ' + Math.floor(random() * 1e9).toString(36)),
  at: make(() => new Date(1.6e12 + random() * 1e11)),
})
million`

const up = (column: number) => ({ column, descending: false })
const down = (column: number) => ({ column, descending: true })

/** Views that a person takes of it, each new to the kernel: sorted, filtered, searched, and all of these. */
const views: Partial<TableQuery>[] = [
  {},
  ...[0, 1, 2, 3, 4, 5].flatMap((column) => [{ sort: [up(column)] }, { sort: [down(column)] }]),
  { sort: [up(3), down(1)] },
  { sort: [down(2), up(4)] },
  { filters: [{ op: 'range', column: 1, min: 100, max: 200 }] },
  { filters: [{ op: 'contains', column: 4, text: 'ABC' }] },
  { filters: [{ op: 'in', column: 3, values: ['Paris', 'Lima'] }], sort: [up(5)] },
  { filters: [{ op: 'null', column: 2, not: false }], sort: [down(1)] },
  { search: 'abc' },
  { search: '777' },
  { search: '2021-03' },
  { search: 'paris', sort: [up(4)], filters: [{ op: 'range', column: 2, min: 50 }] },
]

/** Milliseconds from asking for a page of a million rows to having it, in a browser's place: the first, middle and last page of each view. */
export async function tablePages(person: Person) {
  const notebook = await openNotebook(person)
  const state = await notebook.execute(await notebook.addCell(source))
  const output = state.outputs.find((each) => each.output_type === 'execute_result')
  const { table } = (output?.data[mime.table] ?? {}) as TableOutput
  if (table === undefined) throw new Error(`the cell shows no table: ${JSON.stringify(state.outputs)}`)
  const columns = [0, 1, 2, 3, 4, 5]
  const ms: number[] = []
  let largest = 0
  for (const view of views) {
    const query = { ...allRows, ...view }
    let from = 0
    for (const part of [0, 0.5, 1]) {
      const params = { table, query, columns, from, size: 25, counted: false }
      const began = performance.now()
      const { result } = await notebook.ask('notebook.ask', { method: 'table.page', params })
      ms.push(performance.now() - began)
      largest = Math.max(largest, JSON.stringify(result).length)
      const { rows } = result as TablePage
      from = Math.max(0, Math.floor((part === 0 ? 0.5 : 1) * rows) - 25)
    }
  }
  await notebook.ask('kernel.stop', {})
  notebook.close()
  ms.sort((a, b) => a - b)
  return { p50Ms: ms[Math.floor(ms.length / 2)]!, p95Ms: ms[Math.floor(ms.length * 0.95)]!, largest }
}
