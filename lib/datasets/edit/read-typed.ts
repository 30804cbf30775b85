import type { DatasetColumn, DatasetValue } from '../../protocol/dataset'
import { checkValue, misfits } from './check-value'

/** What somebody typed or pasted, as a value of a column, or why it is none. */
export type Typed = { value: DatasetValue } | { problem: string }

const yes = new Set(['true', 't', 'yes', 'y', '1'])
const no = new Set(['false', 'f', 'no', 'n', '0'])

/**
 * Reads a text as a value of a column. An empty text is a missing value, except in a column of texts, where it is an
 * empty text.
 */
export function readTyped(text: string, column: DatasetColumn): Typed {
  if (column.type === 'text') return { value: text }
  const tidy = text.trim()
  if (tidy === '') return { value: null }
  const value = parse(tidy, column.type)
  const problem = value === undefined ? misfits[column.type] : checkValue(value, column)
  return problem === undefined ? { value: value! } : { problem }
}

function parse(text: string, type: Exclude<DatasetColumn['type'], 'text'>): DatasetValue | undefined {
  switch (type) {
    case 'boolean': {
      const lower = text.toLowerCase()
      return yes.has(lower) ? true : no.has(lower) ? false : undefined
    }
    case 'integer': {
      const plain = text.replace(/\.0+$/, '')
      if (!/^[+-]?\d{1,19}$/.test(plain)) return undefined
      const number = Number(plain)
      return Number.isSafeInteger(number) ? number : BigInt(plain).toString()
    }
    case 'number': {
      if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? '-Infinity' : 'Infinity'
      const plain = /^[+-]?\d*,\d+$/.test(text) ? text.replace(',', '.') : text
      if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined
      return Number(plain)
    }
    case 'date':
      return text
    case 'datetime':
      return momentOf(text)
    case 'numbers':
      return numbersOf(text)
  }
}

/** `2020-12-31`, `2020-12-31 10:00`, with or without seconds and zone, as a moment in UTC. */
function momentOf(text: string): string | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})?)?$/.exec(
    text,
  )
  if (!found) return undefined
  const [, day, clock = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = found
  if (zone === 'Z') return `${day}T${clock}${seconds}${fraction}Z`
  const made = new Date(`${day}T${clock}${seconds}${zone}`)
  return Number.isNaN(made.getTime()) ? undefined : `${made.toISOString().slice(0, 19)}${fraction}Z`
}

function numbersOf(text: string): number[] | undefined {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.every((item) => typeof item === 'number') ? list : undefined
  } catch {
    return undefined
  }
}

/** A value as it is typed into a field, or stands in a spreadsheet. */
export const typedText = (value: DatasetValue): string =>
  value === null ? '' : Array.isArray(value) ? JSON.stringify(value) : String(value)
