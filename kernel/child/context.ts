import type { ImportedName } from '../../lib/notebook/transform/context'

/** `$K` in a transformed cell: its execution. Code that outlives the execution (a closure) keeps it. */
export type CellContext = {
  meta: { url: string; filename: string; dirname: string }
  /** Grows at each Stop. */
  stop: { readonly epoch: number }
  /** Aborted by a Stop of this execution. */
  signal: AbortSignal
  /** Passes `value` on; throws `Interrupted` if a Stop came after `epoch`. */
  after<Value>(epoch: number, value: Value): Value
  /** A use before its declaration. Throws `ReferenceError`. */
  tdz(name: string): never
  /** One of oxc's helpers. */
  helper(specifier: string): Promise<unknown>
  /** The names that the cell defines, before its first statement runs. */
  declare(lexical: string[], vars: string[]): void
  /** Cellar's `input`, for the variable of this name; any other value as it is. */
  named(name: string, target: unknown): unknown
  require(specifier: string): unknown
  dynamicImport(specifier: string, options?: ImportCallOptions): Promise<unknown>
  /** An import declaration: its names become names of the scope. */
  import(specifier: string, names: ImportedName[], type?: string): Promise<void>
}

/** What an `await` throws when it resumes after a Stop. */
export class Interrupted extends Error {
  override name = 'Interrupted'
  constructor() {
    super('the cell was stopped')
  }
}
