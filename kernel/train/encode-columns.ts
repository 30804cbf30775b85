import { type FeatureEncoding, widthOf } from '../../lib/training/model-format'
import { timePart } from '../serve/model/trained/encode'
import type { Matrix, TrainColumn, TrainData } from './data'

/** Numbers of a row of all features. */
export const widthOfAll = (features: FeatureEncoding[]) =>
  features.reduce((sum, feature) => sum + widthOf(feature), 0)

/** Makes numbers of the columns that the features name: of these rows, of all unless given. */
export function encodeColumns(
  { rows: all, columns }: TrainData,
  features: FeatureEncoding[],
  rows?: Int32Array,
): Matrix {
  const byName = new Map(columns.map((column) => [column.name, column]))
  const width = widthOfAll(features)
  const count = rows?.length ?? all
  const values = new Float64Array(count * width)
  const rowOf = rows ? (i: number) => rows[i]! : (i: number) => i
  let at = 0
  for (const feature of features) {
    writeColumn({ values, width, at, count, rowOf }, byName.get(feature.column)!, feature)
    at += widthOf(feature)
  }
  return { rows: count, width, values, names: features.flatMap(namesOf) }
}

/** What the numbers of a feature are called. */
export function namesOf(feature: FeatureEncoding): string[] {
  const { column } = feature
  switch (feature.encoding) {
    case 'number':
    case 'index':
      return [column]
    case 'one_hot':
      return feature.categories.map((category) => `${column} = ${category ?? '(missing)'}`)
    case 'time':
      return feature.parts.map((part) => `${column} (${part})`)
    case 'numbers':
      return Array.from({ length: widthOf(feature) }, (_, i) => `${column}[${i}]`)
  }
}

/** Where a column is written: from `at` on in each row. */
type Place = {
  values: Float64Array
  width: number
  at: number
  count: number
  rowOf: (i: number) => number
}

function writeColumn(
  { values, width, at, count, rowOf }: Place,
  column: TrainColumn,
  feature: FeatureEncoding,
) {
  if (column.type === 'text') {
    const { categories, encoding } = feature as Extract<FeatureEncoding, { encoding: 'one_hot' | 'index' }>
    const places = new Map(categories.map((category, i) => [category, i]))
    const placeOf = column.categories.map((category) => places.get(category))
    const missing = places.get(null)
    for (let i = 0; i < count; i++) {
      const code = column.codes[rowOf(i)]!
      const place = code < 0 ? missing : placeOf[code]
      if (encoding === 'index') values[i * width + at] = place ?? categories.length
      else if (place !== undefined) values[i * width + at + place] = 1
    }
    return
  }
  if (column.type === 'numbers') {
    const size = widthOf(feature)
    for (let i = 0; i < count; i++) {
      const from = rowOf(i) * size
      for (let j = 0; j < size; j++) values[i * width + at + j] = column.values[from + j]!
    }
    return
  }
  const { missing } = feature as Extract<FeatureEncoding, { encoding: 'number' | 'time' }>
  for (let i = 0; i < count; i++) {
    const value = column.values[rowOf(i)]!
    const known = Number.isNaN(value) ? missing! : value
    if (feature.encoding !== 'time') values[i * width + at] = known
    else
      for (let j = 0; j < feature.parts.length; j++)
        values[i * width + at + j] = timePart(feature.parts[j]!, known)
  }
}
