import type { FieldSchema } from '../../../lib/protocol/schema'

/** A value that a field accepts, to begin a form with: the middle of a range, the first category, zeros. */
export function defaultValue(field: FieldSchema): unknown {
  switch (field.type) {
    case 'number': {
      const middle = ((field.min ?? 0) + (field.max ?? field.min ?? 0)) / 2
      return field.integer ? Math.round(middle) : middle
    }
    case 'string':
      return field.categories?.[0] ?? ''
    case 'boolean':
      return false
    case 'tensor':
      return zeros(field.shape)
    case 'array':
      return []
    case 'object':
      return Object.fromEntries(
        Object.entries(field.fields).map(([name, inner]) => [
          name,
          inner.nullable ? null : defaultValue(inner),
        ]),
      )
    case 'any':
      return null
  }
}

/** Nested arrays of zeros; an open dimension (-1) gets one element. */
export function zeros([size, ...rest]: number[]): unknown {
  if (size === undefined) return 0
  return Array.from({ length: size < 0 ? 1 : size }, () => zeros(rest))
}
