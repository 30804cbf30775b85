import { stat } from 'node:fs/promises'
import readWorkbook from 'read-excel-file/node'
import { Refused } from '../../../lib/refused'
import { writeText } from './write-text'

/** A workbook is read whole, and is several times as large when it is unpacked. */
const maxBytes = 50 * 2 ** 20

/** Writes one sheet of a workbook as CSV, a line for each of its rows; the first sheet unless one is named. */
export async function sheetAsCsv(source: string, target: string, wanted?: string) {
  const { size } = await stat(source)
  if (size > maxBytes)
    throw new Refused(
      413,
      'too_large',
      `a workbook may have ${maxBytes} bytes at most; save its sheet as CSV: ${size}`,
    )
  const sheets = await readWorkbook(source).catch((cause: Error) => {
    throw new Refused(422, 'damaged', `the workbook is damaged or protected: ${cause.message}`)
  })
  const names = sheets.map(({ sheet }) => sheet)
  const found = wanted === undefined ? sheets[0] : sheets.find(({ sheet }) => sheet === wanted)
  if (!found) {
    throw new Refused(
      422,
      'no_sheet',
      `the workbook has no such sheet; there are ${names.join(', ') || 'none'}: ${wanted ?? ''}`,
    )
  }
  const width = found.data.reduce((most, row) => Math.max(most, row.length), 0)
  await writeText(target, lines(found.data, width))
  return { sheet: found.sheet, sheets: names }
}

function* lines(rows: readonly (readonly unknown[])[], width: number) {
  for (const row of rows) {
    const blank = row.every((value) => value === null || value === undefined || value === '')
    yield blank ? '\n' : `${Array.from({ length: width }, (_, i) => quote(textOf(row[i]))).join(',')}\n`
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '')
  return String(value)
}

const quote = (text: string) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
