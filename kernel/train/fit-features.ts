import { type FeatureEncoding, type Scaling, widthOf } from '../../lib/training/model-format'
import { TrainingError } from '../../lib/training/training-error'
import { timePart } from '../serve/model/trained/encode'
import type { Matrix, TrainColumn, TrainData } from './data'

export type Fitted = {
  features: FeatureEncoding[]
  scaling: Scaling | null
  /** Of all rows, scaled. */
  matrix: Matrix
  /** Columns of the matrix that are places in a list of categories. */
  categories: ReadonlySet<number>
  notes: string[]
}

export type FitOptions = { categories: 'one_hot' | 'index'; standardize: boolean }

/** More values than these are too few rows each; the rest is told together. */
const mostCategories = 200
/** Of the matrix: what a process of ours may hold beside the data. */
const mostBytes = 2 ** 30

/** Finds out of some rows how columns become numbers, and makes numbers of all. */
export function fitFeatures(
  data: TrainData,
  fitRows: Int32Array,
  { categories, standardize }: FitOptions,
): Fitted {
  const notes: string[] = []
  const features: FeatureEncoding[] = []
  const used: TrainColumn[] = []
  for (const column of data.columns) {
    const feature = fitColumn(column, fitRows, categories, notes)
    if (!feature) continue
    features.push(feature)
    used.push(column)
  }
  if (features.length === 0)
    throw new TrainingError(
      `no column tells rows apart, each has one value only: ${data.columns.map(({ name }) => name).join(', ')}`,
    )
  const width = features.reduce((sum, feature) => sum + widthOf(feature), 0)
  if (data.rows * width * 8 > mostBytes)
    throw new TrainingError(
      `the columns become ${width} numbers for each of ${data.rows} rows, which is more than fits into memory (${(mostBytes / 2 ** 30).toFixed(0)} GiB); choose fewer columns, or train on a sample of the rows`,
    )
  const values = new Float64Array(data.rows * width)
  let at = 0
  const indexed = new Set<number>()
  for (const [i, feature] of features.entries()) {
    writeColumn(values, width, at, used[i]!, feature)
    if (feature.encoding === 'index') indexed.add(at)
    at += widthOf(feature)
  }
  const matrix = { rows: data.rows, width, values, names: features.flatMap(namesOf) }
  const scaling = standardize ? fitScaling(matrix, fitRows) : null
  if (scaling) applyScaling(values, width, scaling)
  return { features, scaling, matrix, categories: indexed, notes }
}

function fitColumn(
  column: TrainColumn,
  rows: Int32Array,
  categories: 'one_hot' | 'index',
  notes: string[],
): FeatureEncoding | undefined {
  const { name } = column
  if (column.type === 'text') return fitText(column, rows, categories, notes)
  if (column.type === 'numbers') return { column: name, encoding: 'numbers', shape: column.shape }
  const { values } = column
  let [count, sum, least, most] = [0, 0, Infinity, -Infinity]
  for (const row of rows) {
    const value = values[row]!
    if (Number.isNaN(value)) continue
    count++
    sum += value
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  if (count === 0 || (least === most && count === rows.length)) {
    const why = count === 0 ? 'no row has a value' : 'every row has the same value'
    notes.push(`${name} is left out: ${why}`)
    return
  }
  if (count < rows.length)
    notes.push(`${name} has no value in ${rows.length - count} rows: their mean stands in`)
  const missing = sum / count
  if (column.type === 'date' || column.type === 'datetime')
    return {
      column: name,
      encoding: 'time',
      type: column.type,
      parts: column.type === 'date' ? ['days', 'month', 'weekday'] : ['days', 'month', 'weekday', 'hour'],
      missing,
    }
  return { column: name, encoding: 'number', type: column.type, missing }
}

function fitText(
  { name, categories, codes }: Extract<TrainColumn, { type: 'text' }>,
  rows: Int32Array,
  encoding: 'one_hot' | 'index',
  notes: string[],
): FeatureEncoding | undefined {
  const counts = new Float64Array(categories.length)
  let missing = 0
  for (const row of rows) {
    const code = codes[row]!
    if (code < 0) missing++
    else counts[code]!++
  }
  const present = Array.from(counts.keys()).filter((code) => counts[code]! > 0)
  if (present.length + (missing > 0 ? 1 : 0) < 2) {
    notes.push(`${name} is left out: every row has the same value`)
    return
  }
  if (present.length > mostCategories && present.length > rows.length / 2) {
    notes.push(
      `${name} is left out: nearly every row has a text of its own (${present.length} texts in ${rows.length} rows), which tells nothing about others`,
    )
    return
  }
  present.sort((a, b) => counts[b]! - counts[a]! || (categories[a]! < categories[b]! ? -1 : 1))
  if (present.length > mostCategories)
    notes.push(
      `${name} has ${present.length} values: the ${mostCategories} most frequent are told apart, the others are taken together`,
    )
  const kept: (string | null)[] = present
    .slice(0, mostCategories)
    .map((code) => categories[code]!)
    .sort()
  if (missing > 0) {
    kept.push(null)
    notes.push(`${name} has no value in ${missing} rows: that is a value of its own`)
  }
  return encoding === 'one_hot'
    ? { column: name, encoding, categories: kept, unknown: 'zeros' }
    : { column: name, encoding, categories: kept, unknown: 'last' }
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

function writeColumn(
  matrix: Float64Array,
  width: number,
  at: number,
  column: TrainColumn,
  feature: FeatureEncoding,
) {
  if (column.type === 'text') {
    const { categories, encoding } = feature as Extract<FeatureEncoding, { encoding: 'one_hot' | 'index' }>
    const places = new Map(categories.map((category, i) => [category, i]))
    const placeOf = column.categories.map((category) => places.get(category))
    const missing = places.get(null)
    column.codes.forEach((code, row) => {
      const place = code < 0 ? missing : placeOf[code]
      if (encoding === 'index') matrix[row * width + at] = place ?? categories.length
      else if (place !== undefined) matrix[row * width + at + place] = 1
    })
    return
  }
  if (column.type === 'numbers') {
    const size = widthOf(feature)
    for (let i = 0; i < column.values.length; i++)
      matrix[Math.floor(i / size) * width + at + (i % size)] = column.values[i]!
    return
  }
  const { missing } = feature as Extract<FeatureEncoding, { encoding: 'number' | 'time' }>
  column.values.forEach((value, row) => {
    const known = Number.isNaN(value) ? missing! : value
    if (feature.encoding === 'time')
      feature.parts.forEach((part, i) => {
        matrix[row * width + at + i] = timePart(part, known)
      })
    else matrix[row * width + at] = known
  })
}

/** To mean 0 and deviation 1; a column that is constant there becomes 0. */
function fitScaling({ width, values }: Matrix, rows: Int32Array): Scaling {
  const shift = new Float64Array(width)
  const squares = new Float64Array(width)
  for (const row of rows) for (let j = 0; j < width; j++) shift[j]! += values[row * width + j]! / rows.length
  for (const row of rows)
    for (let j = 0; j < width; j++) squares[j]! += (values[row * width + j]! - shift[j]!) ** 2 / rows.length
  return {
    shift: Array.from(shift),
    scale: Array.from(squares, (square, j) =>
      square > 1e-24 * (1 + shift[j]! ** 2) ? 1 / Math.sqrt(square) : 0,
    ),
  }
}

function applyScaling(values: Float64Array, width: number, { shift, scale }: Scaling) {
  for (let i = 0, j = 0; i < values.length; i++, j = j + 1 === width ? 0 : j + 1)
    values[i] = (values[i]! - shift[j]!) * scale[j]!
}
