import { expect, test } from 'vitest'
import { withDatasets } from '../../../support/datasets'

const at = withDatasets()

test('a file of several row groups keeps the order of its lines', async () => {
  const lines = Array.from({ length: 400_000 }, (_, i) => `${i},${i % 2 ? 'odd' : 'even'}`)
  const saved = await at.uploads.save('n.csv', `n,kind\n${lines.join('\n')}\n`)
  const page = (offset: number) => at.store.ask('page', { versionId: saved.version.id, offset, limit: 2 })
  const pages = await Promise.all([0, 122_879, 245_759, 399_998].map(page))
  expect(pages.map(({ ids }) => ids)).toEqual([
    [0, 1],
    [122_879, 122_880],
    [245_759, 245_760],
    [399_998, 399_999],
  ])
  expect(pages.map(({ rows }) => rows.map(([n]) => n))).toEqual(pages.map(({ ids }) => ids))
})
