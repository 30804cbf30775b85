import type { FieldSchema } from '../../../lib/protocol/schema'

/** A line of the schema table. */
export type FieldLine = { path: string; type: string; values: string; nullable: boolean }

/** The fields of a schema, inner ones by their path: `address.city`, `scores[]`. `(record)` is the whole of it. */
export function describeFields(field: FieldSchema, path = ''): FieldLine[] {
  if (field.type === 'object')
    return Object.entries(field.fields).flatMap(([name, inner]) =>
      describeFields(inner, path ? `${path}.${name}` : name),
    )
  const line = {
    path: path || '(record)',
    type: typeName(field),
    values: valuesOf(field),
    nullable: field.nullable ?? false,
  }
  if (field.type !== 'array' || field.items.type !== 'object') return [line]
  return [line, ...describeFields(field.items, `${path}[]`)]
}

/** `integer`, `text`, `28 × 28 numbers`, `list of text`. */
export function typeName(field: FieldSchema): string {
  switch (field.type) {
    case 'number':
      return field.integer ? 'integer' : 'number'
    case 'string':
      return field.categories ? 'category' : 'text'
    case 'boolean':
      return 'true or false'
    case 'tensor':
      return `${field.shape.map((size) => (size < 0 ? 'n' : size)).join(' × ')} numbers`
    case 'array':
      return `list of ${typeName(field.items)}`
    case 'object':
      return 'object'
    case 'any':
      return 'any JSON'
  }
}

const shortNumber = (value: number) => String(Number(value.toPrecision(6)))

function valuesOf(field: FieldSchema): string {
  if (field.type === 'number' && field.min !== undefined && field.max !== undefined)
    return `${shortNumber(field.min)} to ${shortNumber(field.max)} seen`
  if (field.type === 'string' && field.categories)
    return `${field.categories.join(', ')}${field.open ? '; others allowed' : ''}`
  return ''
}
