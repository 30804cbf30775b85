import { datasetAsk, type HostDataset, type OpenedDataset } from '../../lib/protocol/dataset-read'
import { type HostSave, type SavedDataset, saveAsk } from '../../lib/protocol/dataset-save'
import type { Promotion } from '../../lib/protocol/hosts'
import type { HostCall, Promoted, PromoteRequest } from '../../lib/protocol/kernel'
import type { TablePart } from '../../lib/protocol/tables'
import type { ArtifactUpload, TrackedArtifact } from '../../lib/protocol/tracking'
import type { KernelChild } from './child'
import type { Executions } from './executions'
import type { Redactor } from './secrets/redactor'
import type { KernelSpark } from './spark/broker'

/** Who does what a kernel's child cannot do itself. */
export type CallOptions = {
  /** A secret's value, for a person; rejects with why it is not given. */
  secret(name: string, userId: string): Promise<string>
  /** A version of a data set, for a person; where there is none, cells read files only. */
  dataset?(ask: Omit<HostDataset, 'notebookId'>): Promise<OpenedDataset>
  /** Makes a version of a data set, for a person, from a Parquet file as it comes; where there is none, nothing takes it. */
  saveDataset?(save: Omit<HostSave, 'notebookId'>, parts: AsyncIterable<Uint8Array>): Promise<SavedDataset>
  /** Its kernel's way to Spark, where there is one. */
  spark?: KernelSpark
  promote(promotion: Promotion, request: PromoteRequest, bundle: Uint8Array): Promise<Promoted>
  /** Keeps a file of a run; resolves after that. */
  artifact(upload: ArtifactUpload, bytes: Uint8Array): Promise<void>
}

/** Of the life of a kernel whose calls these are. */
export type Caller = {
  notebookId: string
  epoch: number
  child(): KernelChild | undefined
  /** The next part of a file that the child writes. */
  part(file: string): Promise<TablePart>
  executions: Executions
  redactor: Redactor
}

/** What a kernel's child asks of its host, each for the person whose cell asks. */
export type Calls = {
  call(n: number, call: HostCall): void
  /** The bytes of a call that has some. */
  bytes(n: number, bytes: Uint8Array): void
  /** Somebody promotes a cell outside of its execution, until what is returned is called. */
  promoting(userId: string, cellId: string, endpoint: string): () => void
}

/** The calls of one life of a kernel. */
export function createCalls(options: CallOptions, caller: Caller): Calls {
  const { notebookId, epoch, child, part, executions, redactor } = caller
  const withBytes = new Map<number, CallWithBytes>()
  const promoters = new Map<string, string>()
  const lastPerson = () => executions.last()?.userId ?? ''

  /** Whatever comes of it goes to the child that asked, even where another has taken its place. */
  const answerCall = async (n: number, work: () => unknown) => {
    const asked = child()
    try {
      asked?.send({ type: 'answer', n, result: await work() })
    } catch (cause) {
      const { name, message } = cause as Error
      asked?.send({ type: 'answer', n, error: { name, message } })
    }
  }

  const secret = async (name: string) => {
    const value = await options.secret(name, lastPerson())
    // From now on it is in nothing that the kernel says.
    redactor.add(name, value)
    return value
  }

  const dataset = (params: DatasetCall) => {
    if (!options.dataset)
      throw Object.assign(new Error(`a run from a file reads files, no data sets: ${params.name}`), {
        name: 'not_found',
      })
    const { name, version } = datasetAsk.parse(params)
    const cellId = String(params.cellId)
    const userId = executions.ofCell(cellId)?.userId ?? lastPerson()
    return options.dataset({ name, version, cellId, userId })
  }

  const saveDataset = (params: SaveCall) => {
    if (!options.saveDataset) throw new Error(`no data set can be saved from here: ${params.name}`)
    const save = saveAsk.parse(params)
    const userId = executions.ofCell(save.cellId)?.userId ?? lastPerson()
    return options.saveDataset({ ...save, userId }, partsOf(String(params.file)))
  }

  async function* partsOf(file: string) {
    for (;;) {
      const { base64, done } = await part(file)
      const bytes = Buffer.from(base64, 'base64')
      const [held] = redactor.heldBy(bytes)
      if (held) throw new Error(`the table holds the secret ${held}, which must not leave the kernel`)
      if (bytes.length > 0) yield bytes
      if (done) return
    }
  }

  const spark = () => {
    if (!options.spark) throw new Error('no spark can be reached from here')
    return options.spark.open()
  }

  const artifact = async (params: TrackedArtifact, bytes: Uint8Array) => {
    const [held] = redactor.heldBy(bytes)
    if (held) throw new Error(`the artifact holds the secret ${held}, which must not leave the kernel`)
    const userId = executions.byId(params.executionId)?.userId ?? lastPerson()
    await options.artifact({ ...params, notebookId, userId, epoch }, bytes)
  }

  const promote = async (params: PromoteRequest, bundle: Uint8Array) => {
    const { endpoint, cellId, variable, environment } = params
    const userId = promoters.get(promoterKey(cellId, endpoint)) ?? lastPerson()
    const cellSource = executions.ofCell(cellId)?.source ?? ''
    const promotion = { notebookId, userId, endpoint, cellId, variable, cellSource, environment }
    const held = [...redactor.heldBy(bundle), ...redactor.heldBy(JSON.stringify([params, cellSource]))]
    if (held.length > 0)
      throw new Error(`the promotion holds the secret ${held[0]}, which must not leave the kernel`)
    return options.promote(promotion, params, bundle)
  }

  return {
    call(n, call) {
      switch (call.method) {
        case 'secret':
          return void answerCall(n, () => secret(call.params.name))
        case 'dataset':
          return void answerCall(n, () => dataset(call.params))
        case 'saveDataset':
          return void answerCall(n, () => saveDataset(call.params))
        case 'spark':
          return void answerCall(n, spark)
        default:
          // Its bytes are the next frame.
          withBytes.set(n, call)
      }
    },
    bytes(n, bytes) {
      const call = withBytes.get(n)
      withBytes.delete(n)
      if (call)
        void answerCall(n, () =>
          call.method === 'promote' ? promote(call.params, bytes) : artifact(call.params, bytes),
        )
    },
    promoting(userId, cellId, endpoint) {
      const key = promoterKey(cellId, endpoint)
      promoters.set(key, userId)
      return () => void promoters.delete(key)
    },
  }
}

const promoterKey = (cellId: string, endpoint: string) => `${cellId} ${endpoint}`

type CallWithBytes = Extract<HostCall, { method: 'promote' | 'artifact' }>
type DatasetCall = Extract<HostCall, { method: 'dataset' }>['params']
type SaveCall = Extract<HostCall, { method: 'saveDataset' }>['params']
