import { textOf } from './cell'
import type { Column, ColumnTable } from './column-table'
import type { Rows } from './live-table'
import { createPause } from './pause'

/** Rows that are written between two looks at the clock. */
const block = 1000

/** A table as RFC 4180 says it, with a line of names; missing values are empty, empty text is `""`. */
export async function* writeCsv({ columns }: ColumnTable, rows: Rows): AsyncGenerator<Uint8Array> {
  const pause = createPause()
  yield Buffer.from(`${columns.map(({ name }) => quote(name)).join(',')}\r\n`)
  for (let from = 0; from < rows.count; from += block) {
    await pause()
    let text = ''
    for (const row of await rows.page(from, from + block)) {
      for (let i = 0; i < columns.length; i++) {
        if (i > 0) text += ','
        text += field(columns[i]!, row)
      }
      text += '\r\n'
    }
    yield Buffer.from(text)
  }
}

function field({ at, kind }: Column, row: number): string {
  const value = at(row)
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' && kind === 'number') return String(value)
  return quote(wholeText(value, kind))
}

/** A value's text in a file, where nothing is cut: lists and objects as JSON. */
export function wholeText(value: unknown, kind: Column['kind']): string {
  if (typeof value !== 'object' || value === null || value instanceof Date) return textOf(value, kind)
  try {
    const plain = ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<unknown>) : value
    return JSON.stringify(plain, (_, each) => (typeof each === 'bigint' ? String(each) : each))
  } catch {
    return textOf(value, kind)
  }
}

const quote = (text: string) =>
  text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
