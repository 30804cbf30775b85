import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSheet } from '../../../../app/_data/workbook/read-sheet'
import { unpacked } from '../../../../app/_data/workbook/unpacked'
import { workbook } from '../../../../lib/protocol/limits'
import { row, workbookOf } from '../../../support/workbooks'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cellar-workbooks-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function given(content: Uint8Array) {
  const source = path.join(folder, crypto.randomUUID())
  await writeFile(source, content)
  return { source, target: `${source}.csv` }
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'not refused',
    ({ status, message }: { status: number; message: string }) => `${status} ${message}`,
  )
const plants = row({ A1: 'name', B1: 'petals' }) + row({ A2: 'iris, blue', B2: 3 }) + row({ B3: 5 })

test('the first sheet, or the one that is named, becomes CSV', async () => {
  const { source, target } = await given(workbookOf({ plants, Notes: row({ A1: 'n' }) + row({ A2: 1 }) }))
  expect(await readSheet({ source, target })).toEqual({ sheet: 'plants', sheets: ['plants', 'Notes'] })
  expect(await readFile(target, 'utf8')).toBe('name,petals\n"iris, blue",3\n,5\n')
  expect(await readSheet({ source, target, wanted: 'Notes' })).toEqual({
    sheet: 'Notes',
    sheets: ['plants', 'Notes'],
  })
  expect(await readFile(target, 'utf8')).toBe('n\n1\n')
  expect(await refusal(readSheet({ source, target, wanted: 'notes' }))).toBe(
    '422 the workbook has no such sheet; there are plants, Notes: notes',
  )
})

test('a workbook that unpacks to more than may be held is refused while it is unpacked', async () => {
  const { source, target } = await given(
    workbookOf({ plants }, { 'xl/media/note.xml': new Uint8Array(workbook.unpackedBytes) }),
  )
  expect(await refusal(readSheet({ source, target }))).toBe(
    `413 a workbook may have ${workbook.unpackedBytes} bytes at most when it is unpacked; save its sheet as CSV`,
  )
})

test('what a workbook says of its own sizes is not believed', async () => {
  const content = Buffer.from(workbookOf({ plants }))
  // The first part's unpacked size, in the header before it: a reader of streams would allocate it.
  content.writeUInt32LE(0xfffffff0, 22)
  const { source, target } = await given(content)
  expect(await readSheet({ source, target })).toEqual({ sheet: 'plants', sheets: ['plants'] })
  // And in the directory at the end.
  content.writeUInt32LE(10, content.indexOf('PK\x01\x02') + 24)
  await writeFile(source, content)
  expect(await refusal(readSheet({ source, target }))).toMatch(/^422 the workbook is damaged or protected: /)
})

test('a workbook of very many parts is refused', async () => {
  const parts = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.xml`, new Uint8Array(1)]))
  const { source } = await given(workbookOf({ plants }, parts))
  expect(await refusal(unpacked(source, { ...workbook, parts: 20 }))).toBe(
    '413 a workbook may have 20 parts at most; save its sheet as CSV',
  )
})

test('a sheet with a cell at its far end ends the reader, not the process that asked', async () => {
  const { source, target } = await given(workbookOf({ far: row({ A1: 1 }) + row({ XFD1048576: 1 }) }))
  const small = { ...workbook, heapBytes: 64 * 2 ** 20 }
  expect(await refusal(readSheet({ source, target }, small))).toBe(
    '413 the workbook has more cells than can be read, counted from its first to its last row and column; save its sheet as CSV',
  )
})

test('a workbook that takes too long is refused, and one that is too large before it is read', async () => {
  const { source, target } = await given(workbookOf({ plants }))
  expect(await refusal(readSheet({ source, target }, { ...workbook, ms: 1 }))).toMatch(/^413 /)
  const { length } = await readFile(source)
  expect(await refusal(readSheet({ source, target }, { ...workbook, bytes: 10 }))).toBe(
    `413 a workbook may have 10 bytes at most; save its sheet as CSV: ${length}`,
  )
})
