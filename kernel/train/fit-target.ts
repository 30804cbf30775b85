import type { AlgorithmName } from '../../lib/protocol/training'
import type { Category } from '../../lib/protocol/training-result'
import { algorithms } from '../../lib/training/algorithms'
import { TrainingError } from '../../lib/training/training-error'
import type { Target, TrainColumn } from './data'

/** Whole numbers of so few values are classes, where an algorithm takes both. */
const fewClasses = 10
const mostClasses = 200

export type FittedTarget = {
  target: Target
  /** Rows that have a target. */
  rows: Int32Array
  notes: string[]
}

/** What is to be told of each row. Throws `TrainingError` where the column cannot be told with the algorithm. */
export function fitTarget(column: TrainColumn, algorithm: AlgorithmName): FittedTarget {
  const { name } = column
  const { target: wanted, label } = algorithms[algorithm]
  if (column.type === 'numbers' || column.type === 'date' || column.type === 'datetime')
    throw new TrainingError(
      `the target cannot be of this type, choose a column of numbers or classes: ${name} is ${column.type}`,
    )
  if (wanted === 'number' && (column.type === 'text' || column.type === 'boolean'))
    throw new TrainingError(
      `${label} tells numbers, and the target is ${column.type}: choose logistic regression, or another target than ${name}`,
    )
  const has =
    column.type === 'text'
      ? (row: number) => column.codes[row]! >= 0
      : (row: number) => !Number.isNaN(column.values[row]!)
  const length = column.type === 'text' ? column.codes.length : column.values.length
  const rows = Int32Array.from({ length }, (_, row) => row).filter(has)
  if (rows.length === 0) throw new TrainingError(`no row has a value of the target: ${name}`)
  const notes =
    rows.length < length ? [`${length - rows.length} rows are left out: they have no ${name}`] : []
  const distinct =
    column.type === 'text' ? undefined : new Set(Array.from(rows, (row) => column.values[row]!))
  const asClasses =
    wanted === 'class' ||
    column.type === 'text' ||
    column.type === 'boolean' ||
    (wanted === 'either' && column.type === 'integer' && distinct!.size <= fewClasses)
  if (!asClasses) {
    if (distinct!.size < 2)
      throw new TrainingError(
        `the target has one value only, there is nothing to learn: ${name} is ${[...distinct!][0]}`,
      )
    return { target: { type: 'number', values: (column as { values: Float64Array }).values }, rows, notes }
  }
  if (wanted === 'either' && column.type === 'integer')
    notes.push(`${name} has ${distinct!.size} whole values: each is taken for a class`)
  return { ...classesOf(column, rows), rows, notes }
}

function classesOf(column: TrainColumn, rows: Int32Array): { target: Target } {
  const { name } = column
  const classOf = (row: number): Category =>
    column.type === 'text'
      ? column.categories[column.codes[row]!]!
      : column.type === 'boolean'
        ? (column.values as Float64Array)[row] === 1
        : (column.values as Float64Array)[row]!
  const classes = [...new Set(Array.from(rows, classOf))].sort((a, b) => (a < b ? -1 : 1))
  if (classes.length < 2)
    throw new TrainingError(
      `the target has one class only, there is nothing to tell apart: ${name} is ${classes[0]}`,
    )
  if (classes.length > mostClasses)
    throw new TrainingError(
      column.type === 'text'
        ? `the target has too many classes (${classes.length}, at most ${mostClasses}): choose another column than ${name}`
        : `the target has ${classes.length} different numbers: choose linear regression, or another algorithm for numbers, for ${name}`,
    )
  const places = new Map(classes.map((each, i) => [each, i]))
  const values = new Int32Array(column.type === 'text' ? column.codes.length : column.values.length)
  for (const row of rows) values[row] = places.get(classOf(row))!
  return { target: { type: 'class', classes, values } }
}
