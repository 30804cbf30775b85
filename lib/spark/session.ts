import { createHash, randomUUID } from 'node:crypto'
import { type Columns, fromArrow, toArrow, typesOf } from './arrow'
import type { Response, SparkClient, Stage } from './client'
import { SparkError } from './errors'
import type { Message } from './messages'

/** What came of a plan. */
export type Executed = {
  operationId: string
  columns: Columns
  rows: number
  /** Of `spark.ml`. */
  ml?: Message
  /** What an SQL text stands for. */
  relation?: Message
  /** Numbers of the stages that ran. */
  stages: number[]
}

export type SparkSession = {
  readonly sessionId: string
  /** Runs a plan to its end. Refuses a result over the limit, and says how to write it instead. */
  execute(plan: Message, how?: { operationId?: string }): Promise<Executed>
  /** What an operation came to that another process may have begun. */
  reattach(operationId: string): Promise<Executed>
  /** A relation's rows, part by part: what is not read is not sent. */
  stream(relation: Message): AsyncGenerator<Columns, void, undefined>
  analyze(request: Message): Promise<Message>
  config(keys: string[]): Promise<Record<string, string | undefined>>
  setConfig(pairs: Record<string, string>): Promise<void>
  /** Sends a table, in parts that are kept by their hash; answers the relation. */
  upload(columns: Columns): Promise<Message>
  /** The same of parts that are made one after the other. Types are those of the first. */
  uploadParts(parts: AsyncIterable<Columns>): Promise<Message>
  /** The same of Arrow streams of one schema. */
  uploadArrow(parts: AsyncIterable<Uint8Array>): Promise<Message>
}

export type SessionOptions = {
  /** Bytes of Arrow that one result may have. */
  limitBytes: number
  signal?(): AbortSignal | undefined
  /** An operation began; what it returns hears of its stages, and of its end. */
  watch?(): { stages(stages: Stage[]): void; end(): void }
}

/** Below it a table travels in the plan itself. */
const inlineBytes = 2 ** 18

/** What cells and trainings do with a client. */
export function createSession(client: SparkClient, options: SessionOptions): SparkSession {
  const { limitBytes } = options

  async function* watched(messages: AsyncIterable<Response>) {
    const watch = options.watch?.()
    try {
      for await (const message of messages) {
        if (message.execution_progress?.stages) watch?.stages(message.execution_progress.stages)
        yield message
      }
    } finally {
      watch?.end()
    }
  }

  async function gather(operationId: string, messages: AsyncIterable<Response>): Promise<Executed> {
    const batches: Uint8Array[] = []
    const stages = new Set<number>()
    const found: Pick<Executed, 'ml' | 'relation'> = {}
    let rows = 0
    let bytes = 0
    for await (const message of watched(messages)) {
      if (message.arrow_batch) {
        rows += message.arrow_batch.row_count ?? 0
        bytes += message.arrow_batch.data.length
        if (bytes > limitBytes) throw tooLarge(limitBytes, rows)
        batches.push(aligned(message.arrow_batch.data))
      }
      for (const { stage_id = 0 } of message.execution_progress?.stages ?? []) stages.add(stage_id)
      if (message.ml_command_result) found.ml = message.ml_command_result
      if (message.sql_command_result?.relation) found.relation = message.sql_command_result.relation
    }
    return {
      operationId,
      columns: fromArrow(batches),
      rows,
      ...found,
      stages: [...stages].sort((a, b) => a - b),
    }
  }

  const keep = async (data: Uint8Array) => {
    const hash = createHash('sha256').update(data).digest('hex')
    const name = `cache/${hash}`
    if (!(await client.hasArtifacts([name])).has(name)) await client.addArtifact(name, data)
    return hash
  }

  return {
    sessionId: client.sessionId,
    execute(plan, { operationId = randomUUID() } = {}) {
      return gather(operationId, client.execute(plan, { operationId, signal: options.signal?.() }))
    },
    reattach: (operationId) =>
      gather(operationId, client.reattach(operationId, { signal: options.signal?.() })),
    async *stream(relation) {
      for await (const message of watched(client.execute({ root: relation }, { signal: options.signal?.() })))
        if (message.arrow_batch?.row_count) yield fromArrow([aligned(message.arrow_batch.data)])
    },
    analyze: (request) => client.analyze(request),
    config: (keys) => client.config(keys),
    setConfig: (pairs) => client.setConfig(pairs),
    async upload(columns) {
      const hashes: string[] = []
      let held: Uint8Array | undefined
      for (const part of toArrow(columns, typesOf(columns))) {
        // Alone and small: no need to keep it.
        if (!held && hashes.length === 0) held = part
        else {
          if (held) hashes.push(await keep(held))
          held = undefined
          hashes.push(await keep(part))
        }
      }
      if (held && held.length <= inlineBytes) return { local_relation: { data: held } }
      if (held) hashes.push(await keep(held))
      return { chunked_cached_local_relation: { dataHashes: hashes } }
    },
    async uploadParts(parts) {
      const hashes: string[] = []
      let first: Columns | undefined
      let types: ReturnType<typeof typesOf> = []
      for await (const part of parts) {
        if (!first) {
          first = part
          types = typesOf(part, { whole: false })
        } else sameColumns(first, part)
        for (const data of toArrow(part, types)) hashes.push(await keep(data))
      }
      if (!first) throw new Error('no rows came, so their columns are unknown; filter less before')
      return { chunked_cached_local_relation: { dataHashes: hashes } }
    },
    async uploadArrow(parts) {
      const hashes: string[] = []
      for await (const part of parts) hashes.push(await keep(part))
      return { chunked_cached_local_relation: { dataHashes: hashes } }
    },
  }
}

function sameColumns(first: Columns, next: Columns) {
  if (first.names.join('\n') === next.names.join('\n')) return
  throw new Error(
    `rows have different columns: ${first.names.join(', ')}, later ${next.names.join(', ')}; give each row all of them`,
  )
}

/** Readers of Arrow need buffers that begin where memory is aligned. */
const aligned = (bytes: Uint8Array) => new Uint8Array(bytes)

function tooLarge(limitBytes: number, rows: number) {
  const limit = `${Math.round(limitBytes / 2 ** 20)} MiB`
  return new SparkError(
    `the result is larger than ${limit} (${rows.toLocaleString('en')} rows came until then); write it instead: await df.write.parquet('name'), or take part of it: df.limit(n), df.sample(0.01), df.stream()`,
  )
}
