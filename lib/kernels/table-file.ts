import { allRows } from '../protocol/all-rows'
import type { AskParams, AskResults } from '../protocol/asks'
import {
  type TableFile,
  type TableFormat,
  type TableQuery,
  tableFormat,
  tableQuery,
} from '../protocol/tables'
import { Refused } from '../refused'

type Method = 'table.file' | 'table.part'
/** Asks the notebook's kernel; refuses where none lives or it holds the table no more. Whoever calls stood at the door. */
export type AskOfTable = <M extends Method>(
  of: { notebookId: string; userId: string },
  method: M,
  params: AskParams<M>,
) => Promise<AskResults[M]>

const shared = globalThis as typeof globalThis & { cellarAskOfTable?: AskOfTable }

/** The socket server says how to reach kernels. */
export function provideTables(ask: AskOfTable) {
  shared.cellarAskOfTable = ask
}

export type TableRequest = { table: string; format: TableFormat; query: TableQuery }

/** What a download's address asks for: `format`, and `query` as JSON (all rows unless given). */
export function readTableRequest(table: string, asked: Record<string, string>): TableRequest {
  const format = tableFormat.safeParse(asked.format)
  if (!format.success)
    throw new Refused(400, 'bad_request', `the format is csv or parquet, not: ${asked.format}`)
  const query = tableQuery.safeParse(asked.query === undefined ? allRows : parse(asked.query))
  if (!query.success) throw new Refused(400, 'bad_request', 'the query is not one of a table')
  return { table, format: format.data, query: query.data }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A table's file, part by part as the receiver takes it: the kernel makes the next when it is asked for. */
export async function openTableFile(
  of: { notebookId: string; userId: string },
  request: TableRequest,
): Promise<Omit<TableFile, 'file'> & { bytes: ReadableStream<Uint8Array> }> {
  const ask = shared.cellarAskOfTable
  if (!ask) throw new Refused(503, 'host_absent', 'the machine that holds this table is not connected')
  const { file, ...about } = await ask(of, 'table.file', request)
  const next = () => ask(of, 'table.part', { file })
  // The first part is asked for at once: what fails is then an answer, and not a broken file.
  let first: Awaited<ReturnType<typeof next>> | undefined = await next()
  const bytes = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { base64, done } = await (first ?? next())
      first = undefined
      if (base64 !== '') controller.enqueue(Buffer.from(base64, 'base64'))
      if (done) controller.close()
    },
  })
  return { ...about, bytes }
}
