import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Backend } from '../../lib/protocol/events'
import {
  type ImportJob,
  type ImportReport,
  isImported,
  type ModelFile,
} from '../../lib/protocol/imported-model'
import type { ModelReply, ModelRequest } from '../../lib/protocol/serving'
import type { ExportedModel, ModelFormat } from '../../lib/protocol/study'
import { cacheDir } from '../../lib/stack/cache'
import { isTrained } from '../../lib/training/artifact'
import { type Isolated, spawnIsolated } from '../isolate/spawn'

export type ModelPlace = {
  /** The checkout: its dist/ and node_modules/ are what a model child runs. */
  root: string
  /** The folder of secrets, never shown. */
  home: string
  /** Working folders are made and removed here. */
  workDir: string
  tensorflow: Backend
  /** The module that speaks `ModelRequest` and `ModelReply`. Default `dist/model.js`. */
  script?: string
  /** Of one model child, bytes. Default 2 GiB, or `CELLAR_MODEL_MEMORY`. */
  memoryBytes?: number
  /** How long loading, and then each call, may take before the child is ended, milliseconds. */
  loadMs?: number
  callMs?: number
}

const modelThreads = String(Math.max(1, Math.floor(availableParallelism() / 4)))

/** The model's process has ended, so nothing is known of what it was asked. */
export class ModelDied extends Error {
  override readonly name = 'ModelDied'
}

export type ModelChild = {
  /** Never rejects: a child that dies during the call answers with `ModelDied`. */
  predict(records: unknown[]): Promise<Predicted | ModelError | ModelDied>
  /** Resident bytes of its processes. */
  memory(): number
  /** Whether it has ended. */
  dead(): boolean
  kill(): void
  /** Settles when it has ended, with the reason as a clause. */
  ended: Promise<string>
}
export type Predicted = Extract<ModelReply, { type: 'predictions' }>
export type ModelError = Extract<ModelReply, { type: 'error' }>

type Call = { request: ModelRequest; ms: number; settle: (reply: ModelReply | ModelDied) => void }

/** Starts a model child and loads a bundle into it. Rejects when it cannot be loaded. */
export async function startModelChild(place: ModelPlace, bundle: Uint8Array): Promise<ModelChild> {
  const { loadMs = defaultLoadMs, callMs = 30_000 } = place
  // A model from elsewhere, or one that is data alone, is called with its input alone.
  const network = isImported(bundle) || isTrained(bundle) ? false : undefined
  const { isolated, calls } = await openModelChild(place, network)
  const loaded = await calls.ask((n) => ({ type: 'load', n, bundle }), loadMs)
  if (loaded instanceof ModelDied) throw loaded
  if (loaded.type === 'error') {
    isolated.kill()
    throw new Error(loaded.message)
  }
  return {
    predict: (records) =>
      calls.ask((n) => ({ type: 'predict', n, records }), callMs) as Promise<
        Predicted | ModelError | ModelDied
      >,
    memory: () => isolated.processes().reduce((sum, { memory }) => sum + memory, 0),
    dead: calls.dead,
    kill: isolated.kill,
    ended: calls.ended,
  }
}

const defaultLoadMs = 60_000

/**
 * Looks for a model in uploaded files, in a process of its own without network, which ends with the answer. Rejects when
 * there is none that can be served.
 */
export async function importInChild(
  place: ModelPlace,
  files: ModelFile[],
  { naming, records }: Pick<ImportJob, 'naming' | 'records'>,
): Promise<{ report: ImportReport; model: Uint8Array }> {
  const { isolated, calls } = await openModelChild(place, false)
  try {
    const ask = (n: number): ModelRequest => ({ type: 'import', n, files, naming, records })
    const reply = await calls.ask(ask, 2 * (place.loadMs ?? defaultLoadMs))
    if (reply instanceof ModelDied) throw reply
    if (reply.type !== 'imported') throw new Error(reply.type === 'error' ? reply.message : 'no answer')
    return { report: reply.report, model: reply.model }
  } finally {
    isolated.kill()
  }
}

/** Writes the model of an artifact in another format, in a process of its own without network. Rejects where it cannot. */
export async function exportInChild(
  place: ModelPlace,
  bundle: Uint8Array,
  format: ModelFormat,
): Promise<ExportedModel> {
  const { isolated, calls } = await openModelChild(place, false)
  try {
    const ask = (n: number): ModelRequest => ({ type: 'export', n, bundle, format })
    const reply = await calls.ask(ask, 2 * (place.loadMs ?? defaultLoadMs))
    if (reply instanceof ModelDied) throw reply
    if (reply.type !== 'exported') throw new Error(reply.type === 'error' ? reply.message : 'no answer')
    return { data: reply.data, note: reply.note }
  } finally {
    isolated.kill()
  }
}

async function openModelChild(place: ModelPlace, network: boolean | undefined) {
  const { root, home, workDir, tensorflow } = place
  const cwd = join(workDir, `model-${randomUUID()}`)
  await mkdir(cwd, { recursive: true })
  const memoryBytes = place.memoryBytes ?? (Number(process.env.CELLAR_MODEL_MEMORY) || 2 * 2 ** 30)
  const isolated = await spawnIsolated({
    script: place.script ?? join(root, 'dist', 'model.js'),
    nodeFlags: [`--max-old-space-size=${Math.floor((0.75 * memoryBytes) / 2 ** 20)}`],
    cwd,
    env: {
      CELLAR_ROOT: root,
      CELLAR_TF: tensorflow.name,
      TF_CPP_MIN_LOG_LEVEL: '1',
      // A batch is small: threads that hand each other slices of it cost more than they save, and starve the gateway.
      TF_NUM_INTRAOP_THREADS: modelThreads,
      TF_NUM_INTEROP_THREADS: '1',
    },
    // Its output is read and let go: a full pipe would stop it.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    readOnly: [join(root, 'node_modules'), join(root, 'package.json'), cacheDir()],
    hidden: [home],
    memoryBytes,
    network,
  })
  const calls = converse(isolated)
  isolated.exited.then(() => rm(cwd, { recursive: true, force: true }))
  return { isolated, calls }
}

/**
 * Requests and replies over the child's IPC channel. The child answers in order; a call's time begins when it comes
 * first in line, and when it is over, the child is taken for stuck and ended.
 */
function converse({ child, kill, exited }: Isolated) {
  const line: Call[] = []
  let words = ''
  let n = 0
  let timer: NodeJS.Timeout | undefined
  let stuck: string | undefined
  let died: ModelDied | undefined

  const first = () => {
    clearTimeout(timer)
    const [call] = line
    if (!call) return
    timer = setTimeout(() => {
      stuck = `it did not answer within ${call.ms / 1000} s`
      kill()
    }, call.ms)
  }
  child.on('message', (message) => {
    const reply = message as ModelReply
    // Code of a person runs there: what is not an answer to the first call is no answer.
    if (line[0]?.request.n !== reply?.n) return
    line.shift()!.settle(reply)
    first()
  })
  // A write to a child that has just died; its exit says more.
  child.on('error', () => {})
  child.stdout?.resume()
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-500)
  })
  const ended = exited.then(({ reason, outOfMemory }) => {
    clearTimeout(timer)
    const clause = stuck && !outOfMemory ? stuck : reason
    died = new ModelDied(`the model's process ended: ${clause}`, { cause: words })
    for (const call of line.splice(0)) call.settle(died)
    return clause
  })

  function ask(make: (n: number) => ModelRequest, ms: number): Promise<ModelReply | ModelDied> {
    return new Promise((settle) => {
      if (died) return settle(died)
      const request = make(++n)
      const call = { request, ms, settle }
      line.push(call)
      if (line.length === 1) first()
      try {
        child.send(request, () => {})
      } catch (error) {
        // What cannot be cloned was never sent, so no reply will come for it.
        line.splice(line.indexOf(call), 1)
        const message = error instanceof Error ? error.message : String(error)
        settle({ type: 'error', n: request.n, code: 'bad_record', message })
        if (line.length > 0) first()
      }
    })
  }
  return { ask, ended, dead: () => died !== undefined }
}
