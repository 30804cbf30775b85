import type { FieldSchema, RecordSchema } from '../../lib/protocol/schema'
import type { TrainedModel } from '../../lib/training/model-format'
import type { ColumnFacts } from './column-facts'
import type { TrainColumn, TrainData } from './data'

/** As many as a form offers as a choice. */
const mostChoices = 100

/** What records of the model look like, and its answers. `columns`: facts of all rows. */
export function schemaOf({ features, target }: TrainedModel, columns: ColumnFacts[]): RecordSchema {
  const byName = new Map(columns.map((column) => [column.name, column]))
  const fields = Object.fromEntries(features.map(({ column }) => [column, fieldOf(byName.get(column)!)]))
  return { input: { type: 'object', fields }, output: outputOf(target) }
}

function fieldOf(column: ColumnFacts): FieldSchema {
  if (column.type === 'numbers') return { type: 'tensor', shape: column.shape }
  if (column.type === 'text') {
    const nullable = column.missing > 0 && { nullable: true }
    const { counts } = column
    if (!counts || counts.size > mostChoices) return { type: 'string', ...nullable }
    return { type: 'string', categories: [...counts.keys()].sort(), open: true, ...nullable }
  }
  const nullable = column.count < column.rows && { nullable: true }
  switch (column.type) {
    case 'number':
    case 'integer':
      // A model of whole numbers answers others as well, so they are not refused.
      return { type: 'number', min: column.least, max: column.most, ...nullable }
    case 'boolean':
      return { type: 'boolean', ...nullable }
    case 'date':
    case 'datetime':
      return { type: 'string', ...nullable }
  }
}

function outputOf(target: TrainedModel['target']): FieldSchema {
  if (!target)
    return {
      type: 'object',
      fields: { cluster: { type: 'number', integer: true }, distance: { type: 'number' } },
    }
  if (target.type === 'number') return { type: 'object', fields: { prediction: { type: 'number' } } }
  const { classes } = target
  const [first] = classes
  const prediction: FieldSchema =
    typeof first === 'string'
      ? { type: 'string', ...(classes.length <= mostChoices && { categories: classes as string[] }) }
      : typeof first === 'boolean'
        ? { type: 'boolean' }
        : { type: 'number' }
  const fields = Object.fromEntries(classes.map((each) => [String(each), { type: 'number' as const }]))
  return { type: 'object', fields: { prediction, probabilities: { type: 'object', fields } } }
}

/** Rows as an application would send them. */
export function recordsOf(
  { features }: TrainedModel,
  { columns }: TrainData,
  rows: ArrayLike<number>,
): Record<string, unknown>[] {
  const wanted = new Set(features.map(({ column }) => column))
  const used = columns.filter(({ name }) => wanted.has(name))
  return Array.from(rows, (row) =>
    Object.fromEntries(used.map((column) => [column.name, valueAt(column, row)])),
  )
}

function valueAt(column: TrainColumn, row: number): unknown {
  if (column.type === 'text') return column.codes[row]! < 0 ? null : column.categories[column.codes[row]!]!
  if (column.type === 'numbers') return nested(column, row)
  const value = column.values[row]!
  if (Number.isNaN(value)) return null
  if (column.type === 'boolean') return value === 1
  if (column.type === 'date') return new Date(value).toISOString().slice(0, 10)
  return column.type === 'datetime' ? new Date(value).toISOString() : value
}

function nested({ shape, values }: Extract<TrainColumn, { type: 'numbers' }>, row: number): unknown {
  const size = shape.reduce((product, length) => product * length, 1)
  const build = (from: number, [length = 0, ...inner]: number[], span: number): unknown => {
    const part = span / length
    return Array.from({ length }, (_, i) =>
      inner.length === 0 ? values[from + i]! : build(from + i * part, inner, part),
    )
  }
  return build(row * size, shape, size)
}
