import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { type Duck, openDuck } from '../../app/_data/duck'
import { answerFigure } from '../../app/_data/explore/answer'
import type { Source } from '../../app/_data/explore/source'
import type { Filter } from '../../lib/datasets/explore/filter'
import type { AnswerTo, Figure } from '../../lib/datasets/explore/question'
import type { ColumnType, DatasetColumn } from '../../lib/protocol/dataset'
import { root } from './paths'

export type Table = { from: string; columns: DatasetColumn[] }

/** Columns by their types. */
export const columns = (types: Record<string, ColumnType>): DatasetColumn[] =>
  Object.entries(types).map(([name, type]) => ({ name, type, nullable: true }))

const file = (name: string) => path.join(root, 'notebooks/data', name)
const csv = (name: string, columns: DatasetColumn[]): Table => ({
  from: `(SELECT row_number() OVER () AS __row, * FROM read_csv('${file(name)}', header = true, nullstr = ['NA', '']))`,
  columns,
})

/** The examples, as the files have them. */
export const iris = csv(
  'iris.csv',
  columns({
    sepal_length: 'number',
    sepal_width: 'number',
    petal_length: 'number',
    petal_width: 'number',
    species: 'text',
  }),
)
export const penguins = csv(
  'penguins.csv',
  columns({
    species: 'text',
    island: 'text',
    bill_length_mm: 'number',
    bill_depth_mm: 'number',
    flipper_length_mm: 'integer',
    body_mass_g: 'integer',
    sex: 'text',
  }),
)

/** A table that is written as SQL's VALUES. */
export const values = (types: Record<string, ColumnType>, ...rows: string[]): Table => ({
  from: `(SELECT row_number() OVER () AS __row, * FROM (VALUES ${rows.join(', ')}) AS t(${Object.keys(types).join(', ')}))`,
  columns: columns(types),
})

/** For the top of a test file: asks figures of tables, in DuckDB as the process `data` has it. */
export function withExplorer() {
  let duck: Duck
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cellar-explore-'))
    duck = await openDuck({ folders: [path.join(root, 'notebooks/data')], temporary: folder })
  })
  afterAll(async () => {
    duck.close()
    await rm(folder, { recursive: true })
  })
  return <F extends Figure>({ from, columns }: Table, figure: F, filters: Filter[] = []) =>
    duck.use(async (connection) => {
      const source: Source = {
        from,
        columns,
        rows: async (sql) => (await connection.runAndReadAll(sql)).getRowsJS(),
        byColumn: async (sql) => (await connection.runAndReadAll(sql)).getColumnsJS(),
      }
      return (await answerFigure(source, { figure, filters })) as AnswerTo<F>
    })
}
