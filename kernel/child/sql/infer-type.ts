/** The types that a column of plain values can have in SQL. */
export type ValueType =
  | 'BOOLEAN'
  | 'INTEGER'
  | 'BIGINT'
  | 'HUGEINT'
  | 'DOUBLE'
  | 'TIMESTAMP'
  | 'VARCHAR'
  | 'JSON'

/** The narrowest type that holds every value; text where they are of several kinds, JSON where there are objects. */
export function inferType(at: (row: number) => unknown, rows: number): ValueType {
  let type: ValueType | undefined
  for (let row = 0; row < rows; row++) {
    const value = at(row)
    if (isMissing(value)) continue
    const found = typeOf(value)
    if (found === type) continue
    type = type === undefined ? found : both(type, found)
    if (type === 'JSON') return type
  }
  return type ?? 'VARCHAR'
}

/** NULL in SQL. NaN is none: it is a value of SQL's DOUBLE too. */
export const isMissing = (value: unknown): value is null | undefined =>
  value === null || value === undefined || (value instanceof Date && Number.isNaN(value.getTime()))

function typeOf(value: unknown): ValueType {
  switch (typeof value) {
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) return 'DOUBLE'
      return value >= -0x80000000 && value <= 0x7fffffff ? 'INTEGER' : 'BIGINT'
    case 'bigint':
      return BigInt.asIntN(64, value) === value ? 'BIGINT' : 'HUGEINT'
    case 'boolean':
      return 'BOOLEAN'
    case 'string':
      return 'VARCHAR'
    case 'object':
      return value instanceof Date ? 'TIMESTAMP' : 'JSON'
    default:
      return 'VARCHAR'
  }
}

const numbers: ValueType[] = ['INTEGER', 'BIGINT', 'HUGEINT', 'DOUBLE']

function both(one: ValueType, other: ValueType): ValueType {
  if (one === 'JSON' || other === 'JSON') return 'JSON'
  const [a, b] = [numbers.indexOf(one), numbers.indexOf(other)]
  return a >= 0 && b >= 0 ? numbers[Math.max(a, b)]! : 'VARCHAR'
}
