import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Cell } from '../../lib/notebook/document'
import type { Environment } from '../../lib/notebook/environment'
import { executedText } from '../../lib/notebook/executed-text'
import { analyse, isExecuted } from '../../lib/notebook/graph/analyse'
import { noNames } from '../../lib/notebook/graph/analysis'
import { createGraph } from '../../lib/notebook/graph/graph'
import { applyEvent, emptyState, type NotebookState } from '../../lib/notebook/state'
import type { Backend, KernelEvent } from '../../lib/protocol/events'
import type { Promotion } from '../../lib/protocol/hosts'
import { secretValue } from '../../lib/protocol/secrets'
import type { TrackedArtifact } from '../../lib/protocol/tracking'
import { sparkAccess } from '../../lib/spark/access'
import { createCompiler } from './compile'
import { createLaunch } from './launch'
import { createPackages } from './packages'
import { createSession, type Session, type SessionOptions } from './session'
import { createSparkBroker } from './spark/broker'

export type HeadlessOptions = {
  /** The notebook file: its folder is the working folder, `data` in it a place of `dataset`. */
  file: string
  cells: Cell[]
  /** As the cells stand on the page, not first those whose names others use: the mode `off`. */
  inPageOrder?: boolean
  /** Folders that `dataset` looks in after the working folder; unless given, `data` in it. */
  data?: string[]
  /** Its packages, as the file says. */
  environment?: Environment
  /** The checkout. */
  root: string
  /** The folder of secrets, hidden from cells. */
  home: string
  backend: Backend
  onEvent(event: KernelEvent): void
  /** What a cell promotes. Unless given there is no web to take it, and `onPromotion` hears of it. */
  promote?: SessionOptions['promote']
  onPromotion?(promotion: Promotion, bundle: Uint8Array): void
  /** A version of a data set; without it, cells read files only. */
  dataset?: SessionOptions['dataset']
  /** A cell saves a data set: it is not kept, since there is no web to take it. */
  onSave?(name: string): void
  /** Folders that cells may read beside their own. */
  readOnly?: string[]
  /** A secret's value; from the environment of the command unless given. */
  secret?: (name: string) => Promise<string>
  /** A cell keeps a file of a run: there is no store for it either. */
  onArtifact(artifact: TrackedArtifact, bytes: Uint8Array): void
  /** Once all cells are done, while the kernel lives. */
  afterwards?(session: Session): Promise<void>
  /** Aborted: the running cell is stopped, and no other begins. */
  signal?: AbortSignal
}

const ends = new Set(['done', 'failed', 'interrupted', 'cancelled'])
const notebookId = '00000000-0000-0000-0000-000000000000'

/** Runs a notebook's cells with the same kernel and in the same order as a page does, until one fails. */
export async function runHeadless(options: HeadlessOptions): Promise<{ ok: boolean; state: NotebookState }> {
  const { file, root, home, backend, signal } = options
  const folder = dirname(file)
  const logs = mkdtempSync(join(tmpdir(), 'cellar-run-'))
  const spark = createSparkBroker(() => sparkAccess(home))
  const code = options.cells
    .filter(({ kind }) => isExecuted(kind))
    .map((cell) => ({ ...cell, source: executedText(cell) }))
    .filter(({ source }) => source.trim() !== '')
  const ordered = options.inPageOrder ? code : inputsFirst(code)
  const executions = ordered.map(({ id, source }) => ({
    cellId: id,
    executionId: id,
    source,
    inputs: [],
    inPageOrder: true,
    userId: '',
  }))
  const waiting = new Set(executions.map(({ executionId }) => executionId))
  let state = emptyState()
  let finish = () => {}
  const finished = new Promise<void>((done) => {
    finish = done
  })
  // A folder of its own: the same file may be run twice at once.
  const packages = createPackages({
    folder: join(home, 'environments'),
    root,
    // What a cell adds is there for this run; the file stays as it is.
    onChange: async () => {},
  })(`run-${randomUUID()}`)
  if (options.environment) packages.set(options.environment)
  const session = createSession({
    notebookId,
    launch: createLaunch({
      root,
      home,
      cwd: folder,
      data: options.data ?? [join(folder, 'data')],
      tensorflow: backend,
      readOnly: [packages.folder, ...(options.readOnly ?? [])],
    }),
    packages,
    createCompiler,
    logFolder: logs,
    // Nobody has to scroll through it: every line is printed.
    rates: { bytesPerSecond: Number.POSITIVE_INFINITY, messagesPerSecond: Number.POSITIVE_INFINITY },
    backend,
    onStats: () => {},
    onEvent(event) {
      state = applyEvent(state, event)
      options.onEvent(event)
      if (event.type === 'execution' && ends.has(event.state)) waiting.delete(event.executionId)
      if (waiting.size === 0 || state.kernel.state === 'dead') finish()
    },
    promote:
      options.promote ??
      (async (promotion, _request, bundle) => {
        options.onPromotion?.(promotion, bundle)
        return { endpoint: promotion.endpoint, version: 'not promoted', url: '', page: '' }
      }),
    artifact: async (artifact, bytes) => options.onArtifact(artifact, bytes),
    secret: options.secret ?? secretOfEnvironment,
    dataset: options.dataset,
    async saveDataset({ name }) {
      options.onSave?.(name)
      return { name, version: 0, rows: 0, hash: '', page: '' }
    },
    spark: spark.kernel(),
    nextEpoch: () => Promise.reject(new Error('a run without a page is not restarted')),
  })
  const abort = () => void session.interrupt()
  signal?.addEventListener('abort', abort)
  try {
    await session.start(1)
    if (waiting.size === 0) finish()
    session.execute(executions)
    // While the kernel started there was nothing yet to be stopped.
    if (signal?.aborted) abort()
    await finished
    const ok =
      Object.values(state.cells).every((cell) => cell.state === 'done') && state.kernel.state !== 'dead'
    if (ok) await options.afterwards?.(session)
    return { ok, state }
  } finally {
    signal?.removeEventListener('abort', abort)
    await session.stop('the run is over')
    spark.close()
    rmSync(logs, { recursive: true, force: true })
    rmSync(packages.folder, { recursive: true, force: true })
  }
}

/** A cell that cannot be understood says so where it stands. */
function inputsFirst(cells: Cell[]): Cell[] {
  const nodes = cells.map(({ id, kind, source }) => {
    const analysis = analyse(kind, source)
    return { id, analysis: analysis instanceof Error ? noNames() : analysis }
  })
  const byId = new Map(cells.map((cell) => [cell.id, cell]))
  return createGraph(nodes).order.map((id) => byId.get(id)!)
}

/** Without a web there is no store of secrets: they come from the environment of the command. */
async function secretOfEnvironment(name: string): Promise<string> {
  const variable = `CELLAR_SECRET_${name}`
  const value = process.env[variable]
  if (value === undefined) throw new Error(`no such secret: ${name}; set ${variable}`)
  const checked = secretValue.safeParse(value)
  if (!checked.success) throw new Error(`${variable} is ${checked.error.issues[0]?.message}`)
  return value
}
