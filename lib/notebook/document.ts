import { generateNKeysBetween } from 'fractional-indexing'
import * as Y from 'yjs'
import { freeResultName } from './sql/result-name'

/** The notebook as people edit it. The Y.Doc is the only document; outputs and execution states are not in it. */

export type CellKind = 'code' | 'markdown' | 'sql'
/** A cell as plain data. `result`: of an SQL cell, the variable that holds its table. */
export type Cell = { id: string; kind: CellKind; source: string; result?: string }
/** What a cell is marked with, besides its text. */
export type CellAttributes = {
  /** The graph never runs it. */
  manual?: boolean
  codeHidden?: boolean
  outputHidden?: boolean
  /** Of a Markdown cell with a heading: the cells of its section are out of sight. */
  sectionFolded?: boolean
  /** Of an SQL cell: the variable that holds its table. */
  result?: string
}
/** A cell in the document: `kind`, `order` (a fractional key), `source` (a Y.Text), and its attributes. */
export type SharedCell = Y.Map<string | boolean | Y.Text>

/** 12 random characters of [0-9a-z]; also a file name in traces: `cell-<id>.ts`. */
export function newCellId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')
}

// A map by id with order keys: moving inside a Y.Array is a delete and an insert, and two people
// who move the same cell would duplicate it.
export const sharedCells = (document: Y.Doc) => document.getMap('cells') as Y.Map<SharedCell>

export const cellSource = (cell: SharedCell) => cell.get('source') as Y.Text
export const cellKind = (cell: SharedCell) => cell.get('kind') as CellKind
export function cellAttributes(cell: SharedCell): CellAttributes {
  const found = attributeNames.flatMap((name) => (cell.has(name) ? [[name, cell.get(name)]] : []))
  return Object.fromEntries(found)
}
export const attributeNames = [
  'manual',
  'codeHidden',
  'outputHidden',
  'sectionFolded',
  'result',
] as const satisfies (keyof CellAttributes)[]
const cellOrder = (cell: SharedCell) => cell.get('order') as string

/** Ids in page order. Equal keys, made by two people at once, are told apart by the id. */
export function cellIds(document: Y.Doc): string[] {
  return [...sharedCells(document)]
    .map(([id, cell]) => [id, cellOrder(cell)] as const)
    .sort(([a, x], [b, y]) => (x === y ? compare(a, b) : compare(x, y)))
    .map(([id]) => id)
}
const compare = (a: string, b: string) => (a < b ? -1 : 1)

/** The cells as plain data, in page order. */
export function toCells(document: Y.Doc): Cell[] {
  const cells = sharedCells(document)
  return cellIds(document).map((id) => toCell(id, cells.get(id)!))
}

/** One cell as plain data. */
export function toCell(id: string, cell: SharedCell): Cell {
  const kind = cellKind(cell)
  const plain: Cell = { id, kind, source: cellSource(cell).toString() }
  const { result } = cellAttributes(cell)
  return kind === 'sql' && result !== undefined ? { ...plain, result } : plain
}

/** Fills an empty document. */
export function fillDocument(document: Y.Doc, cells: Cell[]) {
  const keys = generateNKeysBetween(null, null, cells.length)
  document.transact(() => {
    for (const [i, cell] of cells.entries()) put(document, cell, keys[i]!)
  })
}

/** Inserts a cell before the one at `index` (0 … length) and returns its id. An SQL cell's result gets a free name. */
export const insertCell = (document: Y.Doc, index: number, kind: CellKind = 'code', source = ''): string =>
  insertCells(document, index, [{ kind, source }])[0]!

/** Names an SQL cell's result, unless it has a name that no other has. */
function nameResult(document: Y.Doc, id: string) {
  const cells = sharedCells(document)
  const cell = cells.get(id)!
  const { result } = cellAttributes(cell)
  const others = [...cells].flatMap(([other, each]) => (other === id ? [] : [cellAttributes(each).result]))
  if (result === undefined || others.includes(result)) cell.set('result', freeResultName(others))
}

/** Inserts cells before the one at `index` (0 … length), as one step, and returns their ids. */
export function insertCells(document: Y.Doc, index: number, cells: readonly Omit<Cell, 'id'>[]): string[] {
  const keys = keysAt(document, index, cells.length)
  const added = cells.map((cell) => ({ ...cell, id: newCellId() }))
  document.transact(() => {
    for (const [i, cell] of added.entries()) {
      put(document, cell, keys[i]!)
      if (cell.kind === 'sql') nameResult(document, cell.id)
    }
  })
  return added.map(({ id }) => id)
}

/** Brings a cell back under the id that it had, before the one at `index`. */
export function insertCellAgain(document: Y.Doc, index: number, cell: Cell) {
  const [key] = keysAt(document, index, 1)
  document.transact(() => put(document, cell, key!))
}

/** Moves a cell so that it stands at `index` among the others. */
export const moveCell = (document: Y.Doc, id: string, index: number) => moveCells(document, [id], index)

/** Moves cells, in the order given, so that the first of them stands at `index` among the others. */
export function moveCells(document: Y.Doc, ids: readonly string[], index: number) {
  const cells = ids.flatMap((id) => sharedCells(document).get(id) ?? [])
  const keys = keysAt(document, index, cells.length, ids)
  document.transact(() => {
    for (const [i, cell] of cells.entries()) cell.set('order', keys[i]!)
  })
}

export const deleteCell = (document: Y.Doc, id: string) => deleteCells(document, [id])

/** Deletes cells as one step. */
export function deleteCells(document: Y.Doc, ids: readonly string[]) {
  document.transact(() => {
    for (const id of ids) sharedCells(document).delete(id)
  })
}

export function setCellKind(document: Y.Doc, id: string, kind: CellKind) {
  const cell = sharedCells(document).get(id)
  if (!cell || cellKind(cell) === kind) return
  document.transact(() => {
    cell.set('kind', kind)
    if (kind === 'sql') nameResult(document, id)
  })
}

/** Marks a cell, or with `undefined` takes the mark away. */
export function setCellAttribute<K extends keyof CellAttributes>(
  document: Y.Doc,
  id: string,
  name: K,
  value: CellAttributes[K],
) {
  const cell = sharedCells(document).get(id)
  if (!cell || cell.get(name) === value) return
  document.transact(() => {
    if (value === undefined) cell.delete(name)
    else cell.set(name, value)
  })
}

/** Cuts a cell at a UTF-16 offset; what follows becomes a new cell below, whose id is returned. */
export function splitCell(document: Y.Doc, id: string, offset: number): string | undefined {
  const cell = sharedCells(document).get(id)
  if (!cell) return
  const source = cellSource(cell)
  const text = source.toString()
  const below = newCellId()
  document.transact(() => {
    const rest = text.slice(offset).replace(/^\n/, '')
    const key = keyAt(document, cellIds(document).indexOf(id) + 1)
    put(document, { id: below, kind: cellKind(cell), source: rest }, key)
    if (cellKind(cell) === 'sql') nameResult(document, below)
    const keep = text.slice(0, offset).replace(/\n$/, '')
    source.delete(keep.length, text.length - keep.length)
  })
  return below
}

/** Joins a cell with the next of its kind, or of any kind: the first one's kind stays. */
export function mergeCellBelow(document: Y.Doc, id: string) {
  const ids = cellIds(document)
  const next = ids[ids.indexOf(id) + 1]
  if (next !== undefined) mergeCells(document, [id, next])
}

/** Joins cells into the first of them, in the order given, as one step. */
export function mergeCells(document: Y.Doc, ids: readonly string[]) {
  const cells = sharedCells(document)
  const [first, ...others] = ids.flatMap((id) => (cells.has(id) ? [{ id, cell: cells.get(id)! }] : []))
  if (!first) return
  document.transact(() => {
    const source = cellSource(first.cell)
    for (const { id, cell } of others) {
      const addition = cellSource(cell).toString()
      source.insert(source.length, source.length && addition ? `\n${addition}` : addition)
      cells.delete(id)
    }
  })
}

function put(document: Y.Doc, { id, kind, source, result }: Cell, order: string) {
  const cell: SharedCell = new Y.Map()
  cell.set('kind', kind)
  cell.set('order', order)
  cell.set('source', new Y.Text(source))
  if (result !== undefined) cell.set('result', result)
  sharedCells(document).set(id, cell)
}

/** A key that sorts before the cell now at `index`. */
const keyAt = (document: Y.Doc, index: number) => keysAt(document, index, 1)[0]!

/** Keys that sort before the cell now at `index`, not counting `without`. */
function keysAt(document: Y.Doc, index: number, count: number, without: readonly string[] = []) {
  const cells = sharedCells(document)
  const moved = new Set(without)
  const orders = cellIds(document)
    .filter((id) => !moved.has(id))
    .map((id) => cellOrder(cells.get(id)!))
  const before = orders[index - 1] ?? null
  // Equal keys leave no room between them; the first larger one does.
  const after = orders.slice(index).find((order) => before === null || order > before) ?? null
  return generateNKeysBetween(before, after, count)
}
