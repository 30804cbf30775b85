import type { ColumnTable } from './column-table'
import { createLiveTable, type LiveTable } from './live-table'
import { tableOf } from './table-of'

/** The tables that cells show, by name, for the pages that look through them. */
export type ShownTables = {
  /** A table was shown; `cellId`: by which cell. The name is of this kernel's life alone. */
  add(source: object, table: ColumnTable, cellId: string | undefined): string
  /** Throws `TableGoneError` where the table was let go. */
  find(name: string): LiveTable
  /** The cell runs again, or is gone: what it showed is held no more. */
  release(cellId: string): void
}

export class TableGoneError extends Error {
  override name = 'TableGoneError'
  constructor() {
    super('the kernel holds this table no more; run the cell again')
  }
}

/** Tables, and bytes of them together, that are held because a page shows them; the newest is held whatever its size. */
const mostHeld = 32
const mostHeldBytes = 256 * 1024 * 1024
/** Tables whose last pages are kept ready. */
const mostReady = 4
/** What a value takes where a column does not say. */
const guessedBytes = 16

/**
 * A shown table lives while a variable has it, or while it is among the newest that cells show now: an expression's
 * table can be paged through, and a loop that shows a thousand of them fills no memory.
 */
export function createShownTables(): ShownTables {
  const instance = process.hrtime.bigint().toString(36)
  const sources = new Map<string, WeakRef<object>>()
  const gone = new FinalizationRegistry<string>((name) => sources.delete(name))
  /** Oldest first. */
  const held = new Map<string, { source: object; cellId: string | undefined; bytes: number }>()
  const ready = new Map<string, LiveTable>()
  let serial = 0

  const letGo = (name: string) => {
    held.delete(name)
    ready.delete(name)
  }
  const limit = () => {
    let bytes = 0
    for (const entry of held.values()) bytes += entry.bytes
    for (const [name, entry] of held) {
      if (held.size <= 1 || (held.size <= mostHeld && bytes <= mostHeldBytes)) return
      letGo(name)
      bytes -= entry.bytes
    }
  }

  return {
    add(source, table, cellId) {
      const name = `table-${instance}-${++serial}`
      sources.set(name, new WeakRef(source))
      gone.register(source, name)
      const bytes = table.bytes ?? table.length * table.columns.length * guessedBytes
      held.set(name, { source, cellId, bytes })
      limit()
      return name
    },
    find(name) {
      const source = sources.get(name)?.deref()
      if (!source) throw new TableGoneError()
      const live = ready.get(name) ?? createLiveTable(tableOf(source)!)
      ready.delete(name)
      ready.set(name, live)
      const [oldest] = ready.keys()
      if (ready.size > mostReady) ready.delete(oldest!)
      return live
    },
    release(cellId) {
      for (const [name, entry] of [...held]) if (entry.cellId === cellId) letGo(name)
    },
  }
}
