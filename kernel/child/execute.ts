import vm from 'node:vm'
import type { CompiledCell } from '../../lib/protocol/kernel'
import { type CellContext, Interrupted } from './context'
import type { Importer } from './importer'
import type { Scope } from './scope'

export type ExecuteOptions = {
  scope: Scope
  importer: Importer
  /** Grows at each Stop. */
  stop: { readonly epoch: number }
  /** The file name of a cell's execution, from which traces find it. */
  nameOf: (cell: CompiledCell, n: number) => string
  /** A cell's names are declared: what its former run made is no longer theirs. */
  onDeclared?: (cellId: string) => void
  /** `named` of the cells' contexts. */
  named?: CellContext['named']
}

/** Runs execution `n` of a cell; resolves to its last expression's value, rejects with what it throws. */
export type Execute = (cell: CompiledCell, n: number, signal: AbortSignal) => Promise<unknown>

export function createExecute({
  scope,
  importer,
  stop,
  nameOf,
  onDeclared,
  named = (_, target) => target,
}: ExecuteOptions): Execute {
  return async (cell, n, signal) => {
    const context: CellContext = {
      meta: importer.meta,
      stop,
      signal,
      after(epoch, value) {
        if (epoch !== stop.epoch) throw new Interrupted()
        return value
      },
      tdz(name) {
        throw new ReferenceError(`Cannot access '${name}' before initialization`)
      },
      helper: importer.helper,
      declare(lexical, vars) {
        scope.declare(cell.cellId, lexical, vars)
        onDeclared?.(cell.cellId)
      },
      named,
      require: importer.require,
      dynamicImport: importer.import,
      async import(specifier, names, type) {
        const module = await importer.import(specifier, type ? { with: { type } } : undefined)
        scope.bind(specifier, names, module)
      },
    }
    const run = vm.runInThisContext(cell.code, { filename: nameOf(cell, n) }) as CellFunction
    return run(scope.S, scope.C, context)
  }
}

type CellFunction = (S: Scope['S'], C: Scope['C'], K: CellContext) => Promise<unknown>
