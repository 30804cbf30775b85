import { randomUUID } from 'node:crypto'
import { type CallOptions, Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js'
import { isPassing, isUnknownOperation, SparkAwayError, SparkError, toSparkError } from './errors'
import { decode, encode, type Message } from './messages'
import type { SparkRemote } from './remote'

export type Stage = { stage_id?: number; num_tasks?: number; num_completed_tasks?: number; done?: boolean }

/** One message of a running operation. */
export type Response = {
  response_id?: string
  arrow_batch?: {
    row_count?: number
    data: Uint8Array
    start_offset?: number
    chunk_index?: number
    num_chunks_in_batch?: number
  }
  execution_progress?: { stages?: Stage[]; num_inflight_tasks?: number }
  result_complete?: Message
  schema?: Message
  sql_command_result?: { relation?: Message }
  ml_command_result?: Message
  metrics?: Message
  checkpoint_command_result?: { relation: Message }
}

export type OperationState = 'RUNNING' | 'TERMINATING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'UNKNOWN'

/** A session of a Spark Connect server. */
export type SparkClient = {
  readonly sessionId: string
  /** Runs a plan; its messages in order, as they come: what is not read is not sent. Survives a broken connection. */
  execute(
    plan: Message,
    how?: { operationId?: string; signal?: AbortSignal },
  ): AsyncGenerator<Response, void, undefined>
  /** Messages of an operation that this or another process began, from its first. */
  reattach(operationId: string, how?: { signal?: AbortSignal }): AsyncGenerator<Response, void, undefined>
  analyze<Answer extends Message>(request: Message): Promise<Answer>
  /** Values of Spark's settings. */
  config(keys: string[]): Promise<Record<string, string | undefined>>
  setConfig(pairs: Record<string, string>): Promise<void>
  /** Keeps a file under a name in the session. */
  addArtifact(name: string, data: Uint8Array): Promise<void>
  /** Which of the artifacts the session has. */
  hasArtifacts(names: string[]): Promise<Set<string>>
  interrupt(operationId: string): Promise<void>
  operationState(operationId: string): Promise<OperationState>
  /** The same of all operations of the session that the server knows, whoever began them. */
  operationStates(): Promise<OperationState[]>
  /** Ends the session and what it keeps: its models, its cached tables. */
  release(): Promise<void>
  close(): void
}

const mebibyte = 2 ** 20
const service = '/spark.connect.SparkConnectService/'
const clientType = 'cellar'
/** Between tries to take a broken stream up again. */
const waits = [50, 200, 800, 2_000, 4_000, 8_000]

/** Opens a session, or takes up the one of this id. Nothing is sent before the first call. */
export function connect(remote: SparkRemote, sessionId: string = randomUUID()): SparkClient {
  const where = `${remote.host}:${remote.port}`
  const channel = new Client(where, remote.ssl ? credentials.createSsl() : credentials.createInsecure(), {
    'grpc.max_receive_message_length': 256 * mebibyte,
    'grpc.max_send_message_length': 256 * mebibyte,
    'grpc.keepalive_time_ms': 60_000,
  })
  const metadata = new Metadata()
  if (remote.token) metadata.set('authorization', `Bearer ${remote.token}`)
  const context = {
    session_id: sessionId,
    user_context: { user_id: remote.userId ?? 'cellar' },
    client_type: clientType,
  }

  const call = <Answer>(method: string, type: string, message: Message, timeoutMs = 60_000) =>
    new Promise<Answer>((done, failed) =>
      channel.makeUnaryRequest(
        service + method,
        (value: Message) => encode(`${type}Request`, value),
        (bytes: Buffer) => decode<Answer>(`${type}Response`, bytes),
        { ...context, ...message },
        metadata,
        { deadline: Date.now() + timeoutMs },
        (error: ServiceError | null, answer?: Answer) =>
          error ? failed(toSparkError(error, where)) : done(answer!),
      ),
    )
  const stream = (method: string, type: string, message: Message, options: CallOptions = {}) =>
    channel.makeServerStreamRequest(
      service + method,
      (value: Message) => encode(`${type}Request`, value),
      (bytes: Buffer) => decode<Response>('ExecutePlanResponse', bytes),
      { ...context, ...message },
      metadata,
      options,
    )

  /** The server may end a stream in the middle (it does so every two minutes), or the connection may break. */
  async function* follow(
    operationId: string,
    plan?: Message,
    signal?: AbortSignal,
  ): AsyncGenerator<Response, void, undefined> {
    let last: string | undefined
    let known = plan === undefined
    let tries = 0
    let complete = false
    const begin = () =>
      known
        ? stream('ReattachExecute', 'ReattachExecute', {
            operation_id: operationId,
            ...(last && { last_response_id: last }),
          })
        : stream('ExecutePlan', 'ExecutePlan', {
            operation_id: operationId,
            plan,
            request_options: [{ reattach_options: { reattachable: true } }],
          })
    try {
      while (!complete) {
        signal?.throwIfAborted()
        const messages = begin()
        const abort = () => messages.cancel()
        signal?.addEventListener('abort', abort)
        try {
          for await (const message of messages as AsyncIterable<Response>) {
            known = true
            tries = 0
            last = message.response_id ?? last
            if (message.result_complete) complete = true
            else yield message
          }
        } catch (thrown) {
          signal?.throwIfAborted()
          // Never arrived: it is sent again. What has answered once is not run twice.
          if (isUnknownOperation(thrown) && plan && last === undefined && known) known = false
          else if (!isPassing(thrown)) throw toSparkError(thrown, where)
          else known = true
          const wait = waits[tries++]
          if (wait === undefined) throw toSparkError(thrown, where)
          await new Promise((later) => setTimeout(later, wait))
        } finally {
          signal?.removeEventListener('abort', abort)
          messages.cancel()
        }
      }
    } finally {
      // Frees what the server keeps for a reattachment; an operation that is left early would go on without anybody.
      if (complete)
        void call('ReleaseExecute', 'ReleaseExecute', { operation_id: operationId, release_all: {} }).catch(
          () => {},
        )
      else void interrupt(operationId).catch(() => {})
    }
  }
  const statesOf = async (operation_ids: string[]) => {
    const { operation_statuses: found = [] } = await call<{ operation_statuses?: { state?: string }[] }>(
      'GetStatus',
      'GetStatus',
      { operation_status: { operation_ids } },
    )
    return found.map(({ state = 'UNKNOWN' }) => state.replace('OPERATION_STATE_', '') as OperationState)
  }
  const interrupt = async (operationId: string) => {
    await call('Interrupt', 'Interrupt', {
      interrupt_type: 'INTERRUPT_TYPE_OPERATION_ID',
      operation_id: operationId,
    })
  }

  return {
    sessionId,
    execute: (plan, { operationId = randomUUID(), signal } = {}) => follow(operationId, plan, signal),
    reattach: (operationId, { signal } = {}) => follow(operationId, undefined, signal),
    analyze: (request) => call('AnalyzePlan', 'AnalyzePlan', request),
    async config(keys) {
      const operation = { get_option: { keys } }
      const { pairs = [] } = await call<{ pairs?: { key: string; value?: string }[] }>('Config', 'Config', {
        operation,
      })
      return Object.fromEntries(pairs.map(({ key, value }) => [key, value]))
    },
    async setConfig(values) {
      const pairs = Object.entries(values).map(([key, value]) => ({ key, value }))
      await call('Config', 'Config', { operation: { set: { pairs } } })
    },
    async addArtifact(name, data) {
      await new Promise<void>((done, failed) => {
        const parts = channel.makeClientStreamRequest(
          `${service}AddArtifacts`,
          (value: Message) => encode('AddArtifactsRequest', value),
          (bytes: Buffer) => decode<Message>('AddArtifactsResponse', bytes),
          metadata,
          (error: ServiceError | null, answer?: Message) => {
            const summaries = (answer?.artifacts ?? []) as { is_crc_successful?: boolean }[]
            if (error) failed(toSparkError(error, where))
            else if (summaries.some((each) => !each.is_crc_successful))
              failed(new SparkError('data arrived damaged at spark; run it again'))
            else done()
          },
        )
        const chunks = artifactChunks(name, data)
        const next = () => {
          for (;;) {
            const { value, done: ended } = chunks.next()
            if (ended) return parts.end()
            if (!parts.write({ ...context, ...value })) return parts.once('drain', next)
          }
        }
        next()
      })
    },
    async hasArtifacts(names) {
      const { statuses = {} } = await call<{ statuses?: Record<string, { exists?: boolean }> }>(
        'ArtifactStatus',
        'ArtifactStatuses',
        { names },
      )
      return new Set(names.filter((name) => statuses[name]?.exists))
    },
    interrupt,
    async operationState(operationId) {
      const [found = 'UNKNOWN'] = await statesOf([operationId])
      return found
    },
    operationStates: () => statesOf([]),
    async release() {
      await call('ReleaseSession', 'ReleaseSession', {}, 5_000)
    },
    close: () => channel.close(),
  }
}

const chunkBytes = 2 ** 20

function* artifactChunks(name: string, data: Uint8Array): Generator<Message, void> {
  const count = Math.max(1, Math.ceil(data.length / chunkBytes))
  for (let i = 0; i < count; i++) {
    const part = data.subarray(i * chunkBytes, (i + 1) * chunkBytes)
    const chunk = { data: part, crc: crc32(part) }
    if (count === 1) yield { batch: { artifacts: [{ name, data: chunk }] } }
    else if (i === 0)
      yield { begin_chunk: { name, total_bytes: data.length, num_chunks: count, initial_chunk: chunk } }
    else yield { chunk }
  }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

/** Node has one of its own from 22 on. */
function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (let i = 0; i < bytes.length; i++) c = crcTable[(c ^ bytes[i]!) & 0xff]! ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

export { SparkAwayError, SparkError }
