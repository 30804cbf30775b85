import type { SqlSchema } from '../../../../lib/notebook/sql/complete'
import type { NotebookSession } from '../session'

/** Longer than this completion does not wait for the kernel, ms. */
const patience = 110
/** What was told is taken for true this long while nothing runs, ms: files come and go. */
const fresh = 5000

type Known = { schema: SqlSchema; at: number; position: unknown; files: string }
const known = new WeakMap<NotebookSession, Known>()
const asking = new WeakMap<NotebookSession, Map<string, Promise<void>>>()

/**
 * What queries can read, as the kernel said last; asked again where cells have run since, or a query names other files.
 * `late`: where the kernel has not answered yet, because a cell holds it or it opens a file, resolves when it has.
 */
export async function knownSchema(
  session: NotebookSession,
  files: readonly string[],
): Promise<{ schema: SqlSchema; late?: Promise<void> }> {
  const { position } = session.store.get().kernel
  const key = JSON.stringify(files)
  const last = known.get(session)
  const isFresh = last?.files === key && last.position === position && performance.now() - last.at < fresh
  const asked = isFresh ? undefined : ask(session, files, key, position)
  const late = asked && (await isLate(asked)) ? asked : undefined
  const { schema } = known.get(session) ?? { schema: { tables: [], files: [] } }
  return { schema: withResults(session, schema), late }
}

/** One question at a time for the same files. */
function ask(session: NotebookSession, files: readonly string[], key: string, position: unknown) {
  const open = asking.get(session) ?? new Map<string, Promise<void>>()
  asking.set(session, open)
  const asked =
    open.get(key) ??
    session
      .ask('sql.schema', { files: files.slice(0, 10) })
      .then((schema) => {
        known.set(session, { schema, at: performance.now(), position, files: key })
      })
      // Without a kernel there are no tables but those that cells will make.
      .catch(() => {})
      .finally(() => open.delete(key))
  open.set(key, asked)
  return asked
}

const isLate = (asked: Promise<void>) =>
  Promise.race([
    asked.then(() => false),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(true), patience)),
  ])

/** The results of SQL cells that have not run yet have a name already. */
function withResults({ store }: NotebookSession, schema: SqlSchema): SqlSchema {
  const { ids, kinds, attributes } = store.get()
  const names = ids.flatMap((id) => (kinds[id] === 'sql' ? (attributes[id]?.result ?? []) : []))
  const missing = names.filter((name) => !schema.tables.some((table) => table.name === name))
  return { ...schema, tables: [...schema.tables, ...missing.map((name) => ({ name, columns: [] }))] }
}
