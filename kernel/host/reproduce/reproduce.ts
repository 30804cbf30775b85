import { rm } from 'node:fs/promises'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { NotebookState } from '../../../lib/notebook/state'
import type { Backend } from '../../../lib/protocol/events'
import type { PromoteRequest } from '../../../lib/protocol/kernel'
import type {
  ReproducedBundle,
  ReproductionNews,
  ReproductionOrder,
} from '../../../lib/protocol/reproduction'
import type { Datasets } from '../datasets'
import { copyFolder } from '../files/copy'
import { runHeadless } from '../headless'
import { changedData } from './changed-data'

export type ReproductionPlace = {
  root: string
  home: string
  /** Working folders of these runs are made and removed here. */
  folder: string
  /** Folders that `dataset` looks in after the working folder. */
  data: string[]
  backend: Backend
  /** A notebook's working folder. */
  filesOf(notebookId: string): string
  datasets: Pick<Datasets, 'folderOf' | 'give' | 'forget'>
  /** How it goes; in order. */
  tell(news: ReproductionNews): Promise<void>
  /** Hands over what the cells promoted: web compares it and keeps the result. */
  compare(of: ReproducedBundle, request: PromoteRequest, bundle: Uint8Array): Promise<void>
}

/** How often a run that has nothing to tell says that it lives. */
const aliveMs = 10_000

/**
 * Runs a version's cells again, with copies of the notebook's files, in a kernel of its own that is given no secrets, and
 * hands what they promote to web. Never rejects: what went wrong is told. Once `signal` is aborted nothing is told any
 * more: web knows.
 */
export async function runReproduction(
  order: ReproductionOrder,
  place: ReproductionPlace,
  signal: AbortSignal,
): Promise<void> {
  const { reproductionId, cells, cellId, endpoint, version, variable } = order
  const folder = path.join(place.folder, reproductionId)
  let told: Promise<void> = Promise.resolve()
  let now = { note: 'copies the files of the notebook', cellsDone: 0 }
  const tell = (news: Partial<ReproductionNews>) => {
    if (signal.aborted) return told
    now = { note: news.note ?? now.note, cellsDone: news.cellsDone ?? now.cellsDone }
    const whole = { reproductionId, ...now, ...news }
    // In order, whatever is told in between.
    told = told.catch(() => {}).then(() => place.tell(whole))
    return told
  }
  const alive = setInterval(() => void tell({}).catch(() => {}), aliveMs)
  const fail = (note: string, trace: string | null = null) => {
    clearInterval(alive)
    return tell({ note: note.slice(0, 2000), failed: { trace } })
  }
  try {
    await tell({})
    await copyFolder(place.filesOf(order.notebookId), folder)
    const changed = await changedData(order.data, [folder, ...place.data])
    await tell({ note: 'starts a fresh kernel', changed })
    let promoted: { request: PromoteRequest; bundle: Uint8Array } | undefined
    const done = new Set<string>()
    const run = await runHeadless({
      file: path.join(folder, 'notebook.ts'),
      cells,
      environment: order.environment,
      data: place.data,
      root: place.root,
      home: place.home,
      backend: place.backend,
      signal,
      onEvent(event) {
        if (event.type !== 'execution') return
        if (event.state === 'done') done.add(event.cellId)
        if (event.state !== 'done' && event.state !== 'running') return
        const note = done.size < cells.length ? 'runs the cells' : 'promotes in a fresh process'
        void tell({ note, cellsDone: done.size }).catch(() => {})
      },
      async promote(promotion, request, bundle) {
        const isIt = promotion.cellId === cellId && request.endpoint === endpoint
        // A cell may promote more than one thing; what has the version's name is it.
        if (isIt && (!promoted || request.variable === variable)) promoted = { request, bundle }
        return { endpoint: request.endpoint, version, url: '', page: '' }
      },
      // Promoted by a press, not by the cell.
      afterwards: async (session) => {
        if (!promoted) await session.promote('', cellId, variable, endpoint)
      },
      onArtifact: () => {},
      readOnly: [place.datasets.folderOf(reproductionId)],
      async dataset({ name, version }) {
        const found = order.datasets.findLast(
          (each) => each.name === name && (version === undefined || each.version === version),
        )
        if (!found) throw notRead(name, version)
        return place.datasets.give(reproductionId, found, { reproductionId })
      },
      secret: async (name) => {
        throw new Error(`cells that are run again for a version are given no secrets: ${name}`)
      },
    })
    if (signal.aborted) return
    if (!run.ok) {
      const { note, trace } = whatFailed(run.state, cells)
      return await fail(note, trace)
    }
    if (!promoted) return await fail(`the cells ran, but promoted nothing as ${endpoint}`)
    await tell({ note: 'compares the predictions', cellsDone: cells.length })
    await place.compare({ reproductionId }, promoted.request, promoted.bundle)
  } catch (error) {
    await fail(error instanceof Error ? error.message : String(error)).catch(() => {})
  } finally {
    clearInterval(alive)
    await rm(folder, { recursive: true, force: true })
    await place.datasets.forget(reproductionId)
  }
}

/** What a version was made of is what its cells are given again, no more. */
const notRead = (name: string, version?: number) =>
  Object.assign(
    new Error(
      `the cells had not read this data set: ${name}${version === undefined ? '' : `, version ${version}`}`,
    ),
    { name: 'not_found' },
  )

function whatFailed(state: NotebookState, cells: ReproductionOrder['cells']) {
  const index = cells.findIndex(({ id }) => state.cells[id]?.state === 'failed')
  const of = `cell ${index + 1} of ${cells.length}`
  const error = state.cells[cells[index]?.id ?? '']?.outputs.find((output) => output.output_type === 'error')
  if (error) {
    const trace = stripVTControlCharacters(error.traceback.join('\n')).slice(-100_000)
    return { note: `${of} failed: ${error.ename}: ${error.evalue}`, trace }
  }
  const reason = state.kernel.state === 'dead' ? state.kernel.reason : undefined
  if (reason) return { note: `the kernel ended: ${reason}`, trace: null }
  return { note: index < 0 ? 'a cell was stopped' : `${of} failed`, trace: null }
}
