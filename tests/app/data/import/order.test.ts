import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { literal, readAll } from '../../../../app/_data/duck'
import { versionById } from '../../../../lib/datasets/find'
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

test('groups of rows that end in a few rows keep their order, too', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cellar-order-'))
  const file = path.join(folder, 'n.parquet')
  const duck = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
  // Groups of 2048 + 56 rows: of two vectors the second has few.
  await duck.run(`COPY (SELECT i::VARCHAR AS n, 'text ' || i AS t FROM range(400000) r(i) WHERE i % 2048 < 1052)
    TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`)
  duck.closeSync()
  const saved = await at.uploads.save('n.parquet', await readFile(file), {
    columns: [
      { name: 'n', type: 'integer', keep: true },
      { name: 't', type: 'text', keep: true },
    ],
  })
  const { base } = await versionById(at.store.db, saved.version.id)
  const stored = literal(await at.store.artifacts.file(base))
  const [row] = await at.duck.use((connection) =>
    readAll(
      connection,
      `SELECT count(*), sum((file_row_number <> __row)::INTEGER)
       FROM read_parquet(${stored}, file_row_number = true)`,
    ),
  )
  expect(row!.map(Number)).toEqual([205_780, 0])
  await rm(folder, { recursive: true })
})
