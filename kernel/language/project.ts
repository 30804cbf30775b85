import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DocumentDiagnosticReport } from 'vscode-languageserver-protocol'
import {
  type CellProblems,
  fingerprint,
  type LanguageCell,
  type LanguageCells,
} from '../../lib/protocol/language'
import { moduleName, moduleText, tableModuleText, wordsOf } from './module'
import { type DeclaredNames, guessNames, parseNames } from './names'
import { npmDeclarations } from './npm'
import { toProblems } from './problems'
import { createScope, type NotebookScope } from './scope'
import type { LanguageServer } from './server'

export type ProjectOptions = {
  server: LanguageServer
  /** Where the cells stand; see `folders`. */
  folder: string
  /** The problems of cells that have other ones than before. */
  onProblems(cells: CellProblems[]): void
}

/** One notebook as the language server knows it. */
export type Project = {
  update(cells: Pick<LanguageCells, 'whole' | 'order' | 'changed'>): void
  /** Takes a cell's text from a page whose edit has not come by way of web yet. */
  advance(cellId: string, source: string): void
  /** Resolves once the cell has this text; false when it has not after `ms`. */
  reaches(cellId: string, source: string, ms: number): Promise<boolean>
  /** Imports all names into a cell, so that they can be completed there. */
  activate(cellId: string): void
  uri(cellId: string): string
  has(cellId: string): boolean
  /** What was found last. */
  problems(): CellProblems[]
  /** Looks anew. Rejects where the server does not answer. */
  check(cellIds: readonly string[]): Promise<CellProblems[]>
  /** Files beside the cells have changed. */
  recheck(): void
  close(): void
}

type Known = LanguageCell & { names: DeclaredNames; words: Set<string>; written?: string }

/** Beyond this many, each importing all others would be more text than the cells. */
const joinedCells = 120
/** A pause in typing before problems are looked for. */
const quietMs = 150

export function createProject({ server, folder, onProblems }: ProjectOptions): Project {
  const cells = new Map<string, Known>()
  const found = new Map<string, CellProblems>()
  const waiting = new Set<() => void>()
  let order: string[] = []
  let scope: NotebookScope = createScope([])
  let active: string | undefined
  /** The cells that declare names, while they are few enough to be imported by each. */
  let declaring: string[] = []
  let declarations = ''
  /** Grows with every change: a look for problems that began before it is of no use. */
  let generation = 0
  let timer: NodeJS.Timeout | undefined
  let latest: string | undefined
  let closed = false

  const uriOf = (file: string) => pathToFileURL(path.join(folder, file)).href
  const uri = (cellId: string) => uriOf(`${moduleName(cellId)}.ts`)
  const declarationsUri = uriOf('../npm.d.ts')

  /** Keeps a cell's text; true where the names that other cells see may be other ones. */
  function keep(cell: LanguageCell): boolean {
    const before = cells.get(cell.id)
    if (before && before.source === cell.source && before.kind === cell.kind && before.result === cell.result)
      return false
    const names = namesOf(cell, before?.names)
    const known = { ...cell, names, words: wordsOf(cell.source), written: before?.written }
    cells.set(cell.id, known)
    latest = cell.id
    return !before || !sameNames(before.names, names)
  }

  function write(known: Known) {
    const text =
      known.kind === 'sql'
        ? tableModuleText(known.result ?? '')
        : moduleText(known, scope, known.id === active ? scope.names() : known.words, declaring)
    if (text === known.written) return
    known.written = text
    server.write(uri(known.id), text)
  }

  function writeAll(namesChanged: boolean, changed: readonly string[]) {
    if (namesChanged) {
      const ordered = order.flatMap((id) => cells.get(id) ?? [])
      scope = createScope(ordered)
      const some = ordered.filter(({ names }) => names.declared.size > 0)
      declaring = some.length > joinedCells ? [] : some.map(({ id }) => id)
    }
    const touched = namesChanged ? order : changed
    for (const id of touched) {
      const known = cells.get(id)
      if (known) write(known)
    }
    writeDeclarations()
    for (const each of [...waiting]) each()
    lookSoon()
  }

  function writeDeclarations() {
    const npm = npmDeclarations(
      [...cells.values()].map(({ source }) => source),
      // The notebook's own, else the checkout's.
      (name) => ['..', '../..'].some((up) => existsSync(path.join(folder, up, 'node_modules', name))),
    )
    if (npm !== declarations) server.write(declarationsUri, npm)
    declarations = npm
  }

  function lookSoon(ms = quietMs) {
    generation++
    clearTimeout(timer)
    timer = setTimeout(() => void look(generation), ms)
  }

  /** Asks for the problems of all cells, beginning where a person types. */
  async function look(mine: number) {
    const ids = order.filter((id) => cells.get(id)?.kind === 'code')
    if (latest && ids.includes(latest)) ids.unshift(...ids.splice(ids.indexOf(latest), 1))
    const news: CellProblems[] = []
    const tell = () => {
      if (news.length > 0) onProblems(news.splice(0))
    }
    for (const id of ids) {
      const known = cells.get(id)
      if (!known) continue
      // A server that has ended twice in a row, or refuses: what was found before stays until it is back.
      const cell = await problemsOf(known).catch(() => undefined)
      if (closed || generation !== mine) return tell()
      if (!cell) continue
      if (JSON.stringify(found.get(id)) === JSON.stringify(cell)) continue
      found.set(id, cell)
      news.push(cell)
      // The cell at hand at once, the rest together.
      if (id === ids[0]) tell()
    }
    tell()
  }

  async function problemsOf({ id, source }: Known): Promise<CellProblems> {
    const report = await server.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: uri(id) },
    })
    const items = report.kind === 'full' ? report.items : []
    const problems = toProblems(items, (name) => isAssignable(name, id))
    return { cellId: id, text: fingerprint(source), problems }
  }

  function isAssignable(name: string, cellId: string) {
    const definer = scope.definer(name, cellId)
    return definer !== undefined && cells.get(definer)?.names.declared.get(name)?.assignable === true
  }

  return {
    update({ whole, order: now, changed }) {
      const moved = JSON.stringify(now) !== JSON.stringify(order)
      order = now
      const kept = new Set(now)
      const gone: CellProblems[] = []
      if (whole) for (const { id } of changed) kept.add(id)
      for (const id of [...cells.keys()]) {
        if (kept.has(id) && (!whole || changed.some((cell) => cell.id === id))) continue
        cells.delete(id)
        server.close(uri(id))
        // A cell that became text is still on the page.
        if (found.delete(id)) gone.push({ cellId: id, text: 0, problems: [] })
      }
      if (gone.length > 0) onProblems(gone)
      const namesChanged = changed.map(keep).includes(true)
      writeAll(
        namesChanged || moved,
        changed.map(({ id }) => id),
      )
    },
    advance(cellId, source) {
      const known = cells.get(cellId)
      if (!known || known.source === source) return
      const { id, kind, result } = known
      const namesChanged = keep({ id, kind, source, ...(result !== undefined && { result }) })
      writeAll(namesChanged, [cellId])
    },
    reaches(cellId, source, ms) {
      const is = () => cells.get(cellId)?.source === source
      if (is()) return Promise.resolve(true)
      return new Promise((resolve) => {
        const end = (reached: boolean) => {
          clearTimeout(late)
          waiting.delete(see)
          resolve(reached)
        }
        const see = () => is() && end(true)
        const late = setTimeout(() => end(false), ms)
        waiting.add(see)
      })
    },
    activate(cellId) {
      if (cellId === active) return
      const before = active && cells.get(active)
      active = cellId
      for (const known of [before, cells.get(cellId)]) if (known) write(known)
    },
    uri,
    has: (cellId) => cells.get(cellId)?.kind === 'code',
    problems: () => [...found.values()],
    check: (cellIds) =>
      Promise.all(
        cellIds.flatMap((id) => {
          const known = cells.get(id)
          return known?.kind === 'code' ? [problemsOf(known)] : []
        }),
      ),
    recheck() {
      writeDeclarations()
      lookSoon()
    },
    close() {
      closed = true
      clearTimeout(timer)
      for (const id of cells.keys()) server.close(uri(id))
      server.close(declarationsUri)
    },
  }
}

/** While a cell cannot be parsed, what it last declared counts beside what its lines seem to declare now. */
function namesOf(cell: LanguageCell, before?: DeclaredNames): DeclaredNames {
  if (cell.kind === 'sql') {
    const declared = cell.result ? [[cell.result, { assignable: false }] as const] : []
    return { declared: new Map(declared), exported: new Set(declared.map(([name]) => name)) }
  }
  const parsed = parseNames(cell.source)
  if (parsed) return parsed
  const guessed = guessNames(cell.source)
  const words = wordsOf(cell.source)
  for (const [name, kind] of before?.declared ?? [])
    if (words.has(name) && !guessed.declared.has(name)) guessed.declared.set(name, kind)
  return guessed
}

const sameNames = (a: DeclaredNames, b: DeclaredNames) =>
  a.declared.size === b.declared.size &&
  [...a.declared].every(([name, { assignable }]) => b.declared.get(name)?.assignable === assignable)
