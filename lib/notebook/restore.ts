import type * as Y from 'yjs'
import {
  attributeNames,
  cellIds,
  cellSource,
  deleteCell,
  insertCellAgain,
  moveCell,
  setCellAttribute,
  setCellKind,
  sharedCells,
} from './document'
import { sharedEnvironment } from './environment'
import { longestIncreasing } from './longest-increasing'
import type { RevisionContent } from './revision-content'
import { readSettings, setSetting, sharedSettings } from './settings'

/** All that a restore edits: what an undo must know of to take it back. */
export const restoredParts = (document: Y.Doc) => [
  sharedCells(document),
  sharedSettings(document),
  sharedEnvironment(document),
]

/**
 * Edits a document until it reads like a content, in one transaction and with as few edits as there are differences:
 * cursors stay where text stays, and one undo takes all of it back.
 */
export function restoreContent(document: Y.Doc, { cells, settings, environment = {} }: RevisionContent) {
  document.transact(() => {
    const wanted = new Set(cells.map(({ id }) => id))
    for (const id of cellIds(document)) if (!wanted.has(id)) deleteCell(document, id)
    reorder(
      document,
      cells.map(({ id }) => id),
    )
    for (const [index, cell] of cells.entries()) {
      const { id, kind, source, attributes } = cell
      const shared = sharedCells(document).get(id)
      if (shared) {
        replaceText(cellSource(shared), source)
        setCellKind(document, id, kind)
      } else insertCellAgain(document, index, cell)
      for (const name of attributeNames) setCellAttribute(document, id, name, attributes[name])
    }
    const present = readSettings(document)
    for (const name of Object.keys(settings) as (keyof typeof settings)[])
      if (present[name] !== settings[name]) setSetting(document, name, settings[name])
    restoreMap(sharedEnvironment(document), environment)
  })
}

/** Brings the cells that are there into the order of `wanted`; those that keep their order do not move. */
function reorder(document: Y.Doc, wanted: string[]) {
  const places = new Map(cellIds(document).map((id, index) => [id, index]))
  const there = wanted.filter((id) => places.has(id))
  const inPlace = longestIncreasing(there.map((id) => places.get(id)!))
  const settled = there.filter((_, index) => inPlace.has(index))
  for (const [index, id] of there.entries()) {
    if (inPlace.has(index)) continue
    // Before the first settled cell that follows it.
    const next = there.slice(index + 1).find((other) => settled.includes(other))
    const others = cellIds(document).filter((other) => other !== id)
    moveCell(document, id, next === undefined ? others.length : others.indexOf(next))
    settled.push(id)
  }
}

function replaceText(text: Y.Text, wanted: string) {
  const present = text.toString()
  if (present === wanted) return
  let start = 0
  while (start < present.length && start < wanted.length && present[start] === wanted[start]) start++
  // Yjs would spoil both halves of a surrogate pair that is cut.
  if (isHighSurrogate(present, start - 1)) start--
  let end = 0
  const most = Math.min(present.length, wanted.length) - start
  while (end < most && present[present.length - 1 - end] === wanted[wanted.length - 1 - end]) end++
  if (end > 0 && isHighSurrogate(present, present.length - end - 1)) end--
  text.delete(start, present.length - start - end)
  text.insert(start, wanted.slice(start, wanted.length - end))
}

const isHighSurrogate = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xd800

function restoreMap(map: Y.Map<unknown>, wanted: Record<string, unknown>) {
  for (const key of map.keys()) if (!Object.hasOwn(wanted, key)) map.delete(key)
  for (const [key, value] of Object.entries(wanted))
    if (JSON.stringify(map.get(key)) !== JSON.stringify(value)) map.set(key, value)
}
