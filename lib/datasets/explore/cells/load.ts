import type { DatasetColumn } from '../../../protocol/dataset'
import type { Filter } from '../filter'
import { key, member, quote, variableOf } from './names'

/** Above so many rows cells draw a sample: objects of more would fill a kernel's memory. */
const mostRows = 200_000

const types = {
  boolean: 'boolean',
  integer: 'number',
  number: 'number',
  text: 'string',
  date: 'Date',
  datetime: 'Date',
  numbers: 'number[]',
} as const

type Loaded = {
  dataset: string
  version: number
  /** Of the version. */
  rows: number
  /** Those that the figure and its filters need. */
  columns: readonly DatasetColumn[]
  filters: readonly Filter[]
}

/** The lines that read a version and give `rows`, those that the filters leave. */
export function loadRows({ dataset, version, rows, columns, filters }: Loaded): string[] {
  const variable = variableOf(dataset)
  const names = columns.map(({ name }) => quote(name)).join(', ')
  const fields = columns.map(({ name, type }) => `${key(name)}: ${types[type]} | null`)
  const type =
    fields.join('; ').length < 90
      ? [`type Row = { ${fields.join('; ')} }`]
      : ['type Row = {', ...fields.map((field) => `  ${field}`), '}']
  const isSample = rows > mostRows
  const conditions = filters.map((filter) => condition(filter, columns))
  return [
    `const ${variable} = await dataset(${quote(dataset)}, { version: ${version} })`,
    ...type,
    ...(isSample ? [`// A sample: objects of all rows would fill the kernel's memory.`] : []),
    `const all = ${variable}.select(${names})${isSample ? `.sample(${mostRows})` : ''}.objects() as Row[]`,
    conditions.length === 0
      ? 'const rows = all'
      : `const rows = all.filter((row) => ${conditions.join(' && ')})`,
  ]
}

function condition(filter: Filter, columns: readonly DatasetColumn[]): string {
  const value = member(filter.column)
  const type = columns.find(({ name }) => name === filter.column)?.type
  const isTime = type === 'date' || type === 'datetime'
  switch (filter.kind) {
    case 'missing':
      return `${value} == null`
    case 'values': {
      const one = (each: string | null) => {
        if (each === null) return `${value} == null`
        const literal =
          type === 'text'
            ? quote(each)
            : isTime
              ? `+new Date(${quote(`${each.replace(' ', 'T')}${type === 'date' ? '' : 'Z'}`)})`
              : each
        // NaN equals nothing.
        return literal === 'nan'
          ? `Number.isNaN(${value})`
          : `${isTime ? `Number(${value})` : value} === ${literal}`
      }
      const tests = filter.values.map(one)
      return tests.length === 1 ? tests[0]! : `(${tests.join(' || ')})`
    }
    case 'range': {
      const end = (at: number) => (isTime ? `Date.UTC(${utc(at)})` : String(at))
      const measured = isTime ? `Number(${value})` : value
      const tests = [
        `${value} != null`,
        ...(filter.from === null ? [] : [`${measured} >= ${end(filter.from)}`]),
        ...(filter.to === null ? [] : [`${measured} ${filter.closed ? '<=' : '<'} ${end(filter.to)}`]),
      ]
      return tests.join(' && ')
    }
  }
}

/** The arguments of `Date.UTC`. */
function utc(at: number): string {
  const date = new Date(at)
  const parts = [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  ]
  while (parts.length > 2 && parts.at(-1) === (parts.length === 3 ? 1 : 0)) parts.pop()
  return parts.join(', ')
}
