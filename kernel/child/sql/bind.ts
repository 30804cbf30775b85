import type { DuckDBPreparedStatement, DuckDBType, DuckDBValue } from '@duckdb/node-api'
import type { Duck } from './duckdb'
import { SqlError } from './errors'

/** Gives a statement the values of its placeholders: `$value_1` is the first. A statement may lack some. */
export function bindValues(duck: Duck, prepared: DuckDBPreparedStatement, values: readonly unknown[]) {
  for (let i = 1; i <= prepared.parameterCount; i++) {
    const number = /^value_(\d+)$/.exec(prepared.parameterName(i))?.[1]
    if (number === undefined)
      throw new SqlError(
        `a parameter without value: $${prepared.parameterName(i)}; write \${…} around an expression`,
      )
    const [value, type] = toDuck(duck, values[Number(number) - 1], Number(number))
    prepared.bindValue(i, value, type)
  }
}

function toDuck(duck: Duck, value: unknown, number: number): [DuckDBValue, DuckDBType?] {
  const { api } = duck
  switch (typeof value) {
    case 'undefined':
      return [null]
    case 'string':
    case 'boolean':
      return [value]
    case 'bigint':
      return [value, BigInt.asIntN(64, value) === value ? api.BIGINT : api.HUGEINT]
    case 'number':
      return Number.isSafeInteger(value) ? [BigInt(value), api.BIGINT] : [value, api.DOUBLE]
    case 'object':
      if (value === null) return [null]
      if (value instanceof Date)
        return [new api.DuckDBTimestampValue(BigInt(value.getTime()) * 1000n), api.TIMESTAMP]
      if (value instanceof Uint8Array) return [new api.DuckDBBlobValue(value), api.BLOB]
      if (Array.isArray(value) || ArrayBuffer.isView(value)) return listOf(duck, value, number)
  }
  throw new SqlError(
    `no value of SQL: a placeholder takes a number, a text, a boolean, a date, bytes, an array of these, or a table; the ${ordinal(number)} is ${describe(value)}`,
  )
}

function listOf(duck: Duck, list: object, number: number): [DuckDBValue, DuckDBType] {
  const { api } = duck
  const items = Array.from(list as ArrayLike<unknown>, (item) => toDuck(duck, item, number))
  const types = items.flatMap(([, type]) => (type ? [type] : []))
  // Whole numbers beside others: one type for all.
  const type = types.includes(api.DOUBLE)
    ? api.DOUBLE
    : (types[0] ?? (items.some(([item]) => typeof item === 'boolean') ? api.BOOLEAN : api.VARCHAR))
  const values = items.map(([item]) =>
    type === api.DOUBLE && typeof item === 'bigint' ? Number(item) : item,
  )
  return [api.listValue(values), api.LIST(type)]
}

const ordinal = (number: number) => ['first', 'second', 'third'][number - 1] ?? `${number}th`
const describe = (value: unknown) =>
  typeof value === 'object' ? (value!.constructor?.name ?? 'an object') : `a ${typeof value}`
