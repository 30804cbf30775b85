import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach } from 'vitest'
import { startLanguage } from '../../../kernel/host/language'
import type { LanguageService } from '../../../kernel/language/service'
import type { CellProblems, LanguageCell, TextEdit, TextPosition } from '../../../lib/protocol/language'
import { root } from '../../support/paths'

export const notebookId = '00000000-0000-4000-8000-000000000001'
const asker = { notebookId, userId: '00000000-0000-4000-8000-000000000002' }

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** A notebook in a language service of its own, spoken to as a page would. Cells are written as `id: source`. */
export function openNotebook(cells: Record<string, string | Partial<LanguageCell>>) {
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'cellar-language-')))
  const found = new Map<string, CellProblems>()
  const listeners = new Set<() => void>()
  const complaints: string[] = []
  const service: LanguageService = startLanguage(
    { root, home, workDir: path.join(home, 'work') },
    ({ cells }) => {
      for (const cell of cells) found.set(cell.cellId, cell)
      for (const listener of [...listeners]) listener()
    },
    (complaint) => complaints.push(complaint),
  )
  ends.push(() => {
    service.end()
    rmSync(home, { recursive: true, force: true })
  })
  const sources = new Map<string, LanguageCell>()
  const tell = (changed: Record<string, string | Partial<LanguageCell>>, whole = false) => {
    const list = Object.entries(changed).map(([id, cell]): LanguageCell => {
      const rest = typeof cell === 'string' ? { source: cell } : cell
      return { id, kind: 'code', source: '', ...rest }
    })
    for (const cell of list) sources.set(cell.id, cell)
    service.update({ notebookId, whole, order: [...sources.keys()], changed: list })
  }
  tell(cells, true)
  const place = (id: string, needle: string) => ({
    cellId: id,
    source: source(id),
    position: positionOf(source(id), needle),
  })
  const source = (id: string) => sources.get(id)!.source
  return {
    service,
    asker,
    complaints,
    workFolder: path.join(home, 'work', notebookId),
    /** Installs packages of one file of declarations each, as a change of the notebook's packages does. */
    install(packages: Record<string, string>) {
      const folder = path.join(home, 'environments/notebooks', notebookId)
      const generation = `generation-${Object.keys(packages).length}`
      for (const [name, types] of Object.entries(packages)) {
        const at = path.join(folder, generation, 'node_modules', name)
        mkdirSync(at, { recursive: true })
        writeFileSync(path.join(at, 'package.json'), JSON.stringify({ name, types: 'index.d.ts' }))
        writeFileSync(path.join(at, 'index.d.ts'), types)
      }
      symlinkSync(generation, path.join(folder, 'next'))
      renameSync(path.join(folder, 'next'), path.join(folder, 'current'))
    },
    source,
    write: tell,
    /** Deletes a cell, or makes it text. */
    remove(id: string) {
      sources.delete(id)
      service.update({ notebookId, whole: false, order: [...sources.keys()], changed: [] })
    },
    /** A place in a cell: where `|` stands in a piece of its text. */
    place,
    /** Resolves with a cell's problems, as `line:column severity message`, once they are what `is` says. */
    problems(id: string, is: (problems: string[]) => boolean): Promise<string[]> {
      const read = () => (found.get(id)?.problems ?? []).map(say)
      return new Promise((resolve) => {
        const look = () => {
          if (!found.has(id) || !is(read())) return
          listeners.delete(look)
          resolve(read())
        }
        listeners.add(look)
        look()
      })
    },
  }
}

const say = ({ range, severity, message }: CellProblems['problems'][number]) =>
  `${range.start.line}:${range.start.character} ${severity} ${message}`

function positionOf(source: string, needle: string): TextPosition {
  const at = source.indexOf(needle.replace('|', ''))
  if (at < 0) throw new Error(`not in the cell: ${needle}`)
  const before = source.slice(0, at + needle.indexOf('|')).split('\n')
  return { line: before.length - 1, character: before.at(-1)!.length }
}

/** A text after edits. */
export function edited(source: string, edits: readonly TextEdit[]): string {
  const lines = source.split('\n')
  const offset = ({ line, character }: TextPosition) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (text, { range, newText }) =>
        text.slice(0, offset(range.start)) + newText + text.slice(offset(range.end)),
      source,
    )
}
