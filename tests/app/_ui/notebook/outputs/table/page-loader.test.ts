import { expect, test } from 'vitest'
import { createPageLoader } from '../../../../../../app/_ui/notebook/outputs/table/page-loader'
import { allRows } from '../../../../../../lib/protocol/all-rows'
import type { TablePage } from '../../../../../../lib/protocol/tables'

/** A loader whose asks are answered by hand. */
function load() {
  const asks: { from: number; counted: boolean; answer(counted: boolean): void; refuse(): void }[] = []
  const heard: unknown[] = []
  const loader = createPageLoader({
    ask: ({ from, counted }) =>
      new Promise((resolve, reject) => {
        const page = { from, rows: 9, places: [], cells: [] }
        asks.push({
          from,
          counted,
          answer: (counted) => resolve({ ...page, counted } as TablePage),
          refuse: () => reject(new Error('refused')),
        })
      }),
    show: ({ from, counted }) => heard.push([from, counted]),
    fail: (error) => heard.push((error as Error).message),
    loading: (is) => heard.push(is),
  })
  const want = (from: number) => loader.want({ table: 't', query: allRows, columns: [0], from, size: 25 })
  return { asks, heard, want, close: loader.close }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('of what is wanted while a page is on its way only the newest is asked for', async () => {
  const { asks, heard, want } = load()
  want(0)
  want(25)
  want(50)
  expect(asks.map(({ from }) => from)).toEqual([0])
  asks[0]!.answer(true)
  await turn()
  expect(asks.map(({ from }) => from)).toEqual([0, 50])
  asks[1]!.answer(true)
  await turn()
  expect(heard).toEqual([true, [50, true], false])
})

test('a page whose rows are not counted yet is shown, and asked for again until they are', async () => {
  const { asks, heard, want } = load()
  want(0)
  asks[0]!.answer(false)
  await turn()
  expect(asks.map(({ counted }) => counted)).toEqual([false, true])
  asks[1]!.answer(true)
  await turn()
  expect(heard).toEqual([true, [0, false], [0, true], false])
})

test('a refusal is told, unless something newer is wanted; nothing is told after the end', async () => {
  const { asks, heard, want, close } = load()
  want(0)
  want(25)
  asks[0]!.refuse()
  await turn()
  asks[1]!.refuse()
  await turn()
  expect(heard).toEqual([true, 'refused', false])
  want(0)
  close()
  asks[2]!.answer(true)
  await turn()
  expect(heard).toEqual([true, 'refused', false, true])
})
