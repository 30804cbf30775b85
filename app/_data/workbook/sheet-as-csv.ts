import readWorkbook from 'read-excel-file/node'
import { Refused } from '../../../lib/refused'
import { writeText } from '../import/write-text'
import { unpacked } from './unpacked'

/** Writes one sheet of a workbook as CSV, a line for each of its rows; the first sheet unless one is named. */
export async function sheetAsCsv(source: string, target: string, wanted?: string) {
  const sheets = await read(source).catch((cause: Error) => {
    if (cause instanceof Refused) throw cause
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

const read = async (source: string) => readWorkbook(await unpacked(source))

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
