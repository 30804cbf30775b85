import type { ColumnType, DatasetColumn, DatasetValue } from '../../protocol/dataset'

const integer = /^[+-]?\d{1,19}$/
const date = /^(\d{4})-(\d{2})-(\d{2})$/
const moment = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,6})?Z$/
const least = -(2n ** 63n)
const greatest = 2n ** 63n - 1n

/** What is said of something that is no value of a column of the type. */
export const misfits: Record<ColumnType, string> = {
  text: 'this is not a text',
  boolean: 'this is neither true nor false',
  integer: 'this is not a whole number of 64 bits',
  number: 'this is not a number',
  date: 'this is not a day, as 2020-12-31',
  datetime: 'this is not a moment, as 2020-12-31T23:59:59Z',
  numbers: 'this is not a list of numbers, as [1, 2]',
}

/**
 * Why a value cannot stand in a column; undefined where it can. Any column may miss a value, even where none did before.
 */
export function checkValue(value: DatasetValue, { type, shape }: DatasetColumn): string | undefined {
  if (value === null) return undefined
  if (type === 'numbers' && Array.isArray(value)) {
    const length = (shape ?? []).reduce((product, size) => product * size, 1)
    return value.length === length ? undefined : `this list has ${value.length} numbers instead of ${length}`
  }
  return fits(value, type) ? undefined : misfits[type]
}

function fits(value: DatasetValue, type: ColumnType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return isInteger(value)
    case 'number':
      return typeof value === 'number'
        ? Number.isFinite(value)
        : value === 'Infinity' || value === '-Infinity'
    case 'date':
      return typeof value === 'string' && isDate(value)
    case 'datetime':
      return typeof value === 'string' && isMoment(value)
    case 'numbers':
      return false
  }
}

function isInteger(value: DatasetValue): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'string' || !integer.test(value)) return false
  const number = BigInt(value)
  return number >= least && number <= greatest
}

/** Whether the calendar has the day. */
function isDate(text: string): boolean {
  const [, year, month, day] = date.exec(text) ?? []
  if (!year) return false
  const made = new Date(`${text}T00:00:00Z`)
  return (
    !Number.isNaN(made.getTime()) &&
    made.getUTCMonth() + 1 === Number(month) &&
    made.getUTCDate() === Number(day)
  )
}

function isMoment(text: string): boolean {
  const [, day, hour, minute, second] = moment.exec(text) ?? []
  return day !== undefined && isDate(day) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
}
