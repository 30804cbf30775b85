import type { AlgorithmName } from '../../lib/protocol/training'
import type { Category } from '../../lib/protocol/training-result'
import { algorithms } from '../../lib/training/algorithms'
import { TrainingError } from '../../lib/training/training-error'
import type { Target, TargetKind, TrainColumn } from './data'

/** Whole numbers of so few values are classes, where an algorithm takes both. */
const fewClasses = 10
const mostClasses = 200
/** Different values that are counted; of numbers, most rows have one of their own. */
const mostValues = 100_000

export type FittedTarget = {
  target: Target
  /** Rows that have a target. */
  rows: Int32Array
  notes: string[]
}

/** What is to be told of each row. Throws `TrainingError` where the column cannot be told with the algorithm. */
export function fitTarget(column: TrainColumn, algorithm: AlgorithmName): FittedTarget {
  const gathered = gatherTarget()
  gathered.add(column)
  const { kind, notes } = gathered.kind(column, algorithm)
  const length = column.type === 'text' ? column.codes.length : (column.values as Float64Array).length
  const rows = Int32Array.from({ length }, (_, row) => row).filter(hasTarget(column))
  return { target: { ...kind, values: targetValues(column, kind) } as Target, rows, notes }
}

/** Gathers the different values of a target that comes part by part. */
export function gatherTarget() {
  const values = new Set<Category>()
  let rows = 0
  let present = 0
  return {
    add(column: TrainColumn) {
      if (column.type === 'numbers') return
      if (column.type === 'text') {
        rows += column.codes.length
        const seen = new Uint8Array(column.categories.length)
        for (const code of column.codes)
          if (code >= 0) {
            present++
            seen[code] = 1
          }
        column.categories.forEach((text, code) => {
          if (seen[code] && values.size <= mostValues) values.add(text)
        })
        return
      }
      rows += column.values.length
      for (const value of column.values) {
        if (Number.isNaN(value)) continue
        present++
        if (values.size <= mostValues) values.add(column.type === 'boolean' ? value === 1 : value)
      }
    },
    /** How many rows have a value. */
    present: () => present,
    /** What it is to be taken for. Throws `TrainingError` where it cannot be told with the algorithm. */
    kind(column: Pick<TrainColumn, 'name' | 'type'>, algorithm: AlgorithmName) {
      const kind = kindOf(column, algorithm, values)
      const notes = present < rows ? [`${rows - present} rows are left out: they have no ${column.name}`] : []
      if (kind.type === 'class' && algorithms[algorithm].target === 'either' && column.type === 'integer')
        notes.push(`${column.name} has ${values.size} whole values: each is taken for a class`)
      return { kind, notes }
    },
  }
}

/** Whether a row has a target. */
export function hasTarget(column: TrainColumn): (row: number) => boolean {
  if (column.type === 'text') return (row) => column.codes[row]! >= 0
  const { values } = column
  return (row) => !Number.isNaN(values[row]!)
}

/** The targets of all rows: numbers, or numbers of their classes. */
export function targetValues(column: TrainColumn, kind: TargetKind): Float64Array | Int32Array {
  if (kind.type === 'number') return (column as { values: Float64Array }).values
  const places = new Map(kind.classes.map((each, i) => [each, i]))
  if (column.type === 'text') {
    const placeOf = column.categories.map((text) => places.get(text) ?? 0)
    return Int32Array.from(column.codes, (code) => (code < 0 ? 0 : placeOf[code]!))
  }
  const isBoolean = column.type === 'boolean'
  return Int32Array.from(
    column.values as Float64Array,
    (value) => places.get(isBoolean ? value === 1 : value) ?? 0,
  )
}

function kindOf(
  { name, type }: Pick<TrainColumn, 'name' | 'type'>,
  algorithm: AlgorithmName,
  values: ReadonlySet<Category>,
): TargetKind {
  const { target: wanted, label } = algorithms[algorithm]
  if (type === 'numbers' || type === 'date' || type === 'datetime')
    throw new TrainingError(
      `the target cannot be of this type, choose a column of numbers or classes: ${name} is ${type}`,
    )
  if (wanted === 'number' && (type === 'text' || type === 'boolean'))
    throw new TrainingError(
      `${label} tells numbers, and the target is ${type}: choose logistic regression, or another target than ${name}`,
    )
  if (values.size === 0) throw new TrainingError(`no row has a value of the target: ${name}`)
  const asClasses =
    wanted === 'class' ||
    type === 'text' ||
    type === 'boolean' ||
    (wanted === 'either' && type === 'integer' && values.size <= fewClasses)
  if (asClasses) return { type: 'class', classes: classesOf(name, type, values) }
  if (values.size < 2)
    throw new TrainingError(
      `the target has one value only, there is nothing to learn: ${name} is ${[...values][0]}`,
    )
  return { type: 'number' }
}

function classesOf(name: string, type: TrainColumn['type'], values: ReadonlySet<Category>): Category[] {
  const classes = [...values].sort((a, b) => (a < b ? -1 : 1))
  if (classes.length < 2)
    throw new TrainingError(
      `the target has one class only, there is nothing to tell apart: ${name} is ${classes[0]}`,
    )
  const count = classes.length > mostValues ? `more than ${mostValues}` : classes.length
  if (classes.length > mostClasses)
    throw new TrainingError(
      type === 'text'
        ? `the target has too many classes (${count}, at most ${mostClasses}): choose another column than ${name}`
        : `the target has ${count} different numbers: choose linear regression, or another algorithm for numbers, for ${name}`,
    )
  return classes
}
