import { readFileSync } from 'node:fs'
import path from 'node:path'
import { csvParse } from 'd3-dsv'
import type { TrainColumn, TrainData } from '../../../kernel/train/data'
import { root } from '../../support/paths'

export const irisNames = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width']

/** The flowers, as they are read from a data set. */
export function iris(names: string[] = [...irisNames, 'species']): TrainData {
  const rows = csvParse(readFileSync(path.join(root, 'notebooks/data/iris.csv'), 'utf8'))
  const columns = names.map(
    (name): TrainColumn =>
      name === 'species'
        ? textColumn(
            name,
            rows.map((row) => row.species ?? null),
          )
        : numberColumn(
            name,
            rows.map((row) => Number(row[name])),
          ),
  )
  return { rows: rows.length, columns }
}

export const numberColumn = (
  name: string,
  values: number[],
  type: 'number' | 'integer' | 'boolean' = 'number',
): TrainColumn => ({
  name,
  type,
  values: Float64Array.from(values),
})

export function textColumn(name: string, values: (string | null)[]): TrainColumn {
  const categories = [...new Set(values)].filter((value) => value !== null)
  return {
    name,
    type: 'text',
    categories,
    codes: Int32Array.from(values, (value) => (value === null ? -1 : categories.indexOf(value))),
  }
}
