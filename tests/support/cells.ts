import path from 'node:path'
import { createExecute } from '../../kernel/child/execute'
import { createImporter, type Module } from '../../kernel/child/importer'
import { createLocalModules } from '../../kernel/child/local-modules'
import { createScope } from '../../kernel/child/scope'
import { type DefinitionKind, transformCell } from '../../lib/notebook/transform'
import { root } from './paths'

/** A small notebook: its cells in order. `2: source` is the cell with the id 2; otherwise each is a cell of its own. */
export type Cells = string[]

const folder = path.join(root, 'tests/kernel/cells/fixtures')

/**
 * Runs the cells in this process, through the real transform, scope and importer. Gives the last cell's value, or
 * what went wrong as `Name: message`; a failure of an earlier cell is passed over if its source begins with `//fails`.
 */
export async function runCells(cells: Cells): Promise<unknown> {
  const scope = createScope()
  const stop = { epoch: 0 }
  const names = new Map<string, DefinitionKind>()
  let files = 0
  const importerFor = (where: string, loadTypeScript: (file: string) => Promise<Module>) =>
    createImporter({ folder: where, root, loadTypeScript })
  const load = createLocalModules({
    transform: transformCell,
    importerFor,
    stop,
    register: (file) => `${file}#${++files}`,
  })
  const execute = createExecute({
    scope,
    importer: importerFor(folder, load),
    stop,
    nameOf: ({ file }, n) => `${file}#${n}`,
  })
  let value: unknown
  for (const [i, cell] of cells.entries()) {
    const [, id = `own${i}`, source = ''] = /^(?:(\d+): )?(.*)$/s.exec(cell)!
    try {
      const consts = [...names]
        .filter(([, kind]) => kind === 'const' || kind === 'import')
        .map(([name]) => name)
      const transformed = transformCell(source, { id, known: names.keys(), consts })
      for (const [name, kind] of transformed.defs) names.set(name, kind)
      value = await execute(transformed.cell, i + 1, new AbortController().signal)
    } catch (error) {
      if (!source.startsWith('//fails')) return describe(error)
    }
  }
  return value
}

const describe = (error: unknown) =>
  error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`
