import { createWriter } from './column-writer'
import type { Columns } from './columns'
import { distinctNames } from './distinct-names'
import { type Duck, quoted, schema } from './duckdb'

/**
 * Makes the table `name` of these columns. `pause` is awaited now and then: the event loop turns, and what it throws
 * ends the work.
 */
export async function appendTable(
  { api, bindings, writes }: Duck,
  name: string,
  { rows, columns }: Columns,
  pause: () => Promise<void>,
) {
  const size = bindings.vector_size()
  const writers = []
  for (const { column } of columns) {
    writers.push(createWriter(bindings, column, rows, size))
    await pause()
  }
  const names = distinctNames(columns.map((each) => each.name))
  const definitions = writers.map(({ type }, i) => `${quoted(names[i]!)} ${type}`)
  await writes.run(`CREATE TABLE ${schema}.${name} (${definitions.join(', ')})`)
  const appender = await writes.createAppender(name, schema)
  const types = writers.map(({ logicalType }) => bindings.create_logical_type(logicalType))
  const chunk = bindings.create_data_chunk(types)
  const chunkToAppend = new api.DuckDBDataChunk(chunk)
  let held = performance.now()
  try {
    for (let from = 0; from < rows; from += size) {
      const count = Math.min(size, rows - from)
      bindings.data_chunk_reset(chunk)
      for (const [i, { write }] of writers.entries())
        write(bindings.data_chunk_get_vector(chunk, i), from, count)
      bindings.data_chunk_set_size(chunk, count)
      appender.appendDataChunk(chunkToAppend)
      if (performance.now() - held > holdMs) {
        await pause()
        held = performance.now()
      }
    }
  } finally {
    appender.closeSync()
  }
}

/** How long the event loop may be held: a Stop asks every 150 ms. */
const holdMs = 20
