import { randomUUID } from 'node:crypto'
import type { ChildMessage } from '../../lib/protocol/kernel'
import { tracking as limits } from '../../lib/protocol/limits'
import type { RunOutput } from '../../lib/protocol/mime'
import type {
  RunEnd,
  Tracked,
  TrackedNumber,
  TrackedParam,
  TrackedPoint,
  TrackedRun,
} from '../../lib/protocol/tracking'
import type { ArtifactOptions, RunHost, TrackHost } from '../sdk/track'
import { artifactFiles } from './artifact-files'
import type { Execution, Executions } from './executions'
import type { HostCalls } from './host-calls'

/** The runs that cells record. */
export type Tracking = TrackHost & {
  /** An epoch of a training has ended: recorded where its cell has a run already. Epochs count from 1. */
  epoch(epoch: number, logs: Record<string, number>): void
  /** The newest run that a cell recorded into, by its id. */
  runOf(cellId: string): string | undefined
  /** An execution has ended, and its runs with it. */
  ended(state: RunEnd): void
}

export type TrackingOptions = {
  executions: Executions
  send: (message: ChildMessage) => void
  hostCalls: HostCalls
  /** Says under the cell that there is a run. */
  show: (run: RunOutput) => void
  /** Said under the cell, once, when something is too much to be kept. */
  warn: (text: string) => void
  /** Node, backend and package versions. */
  environment: () => Record<string, string>
}

/** How long a record waits for others, ms. */
const flushEvery = 250

export function createTracking(options: TrackingOptions): Tracking {
  const { executions } = options
  /** The open runs of the last execution that recorded something, the innermost last. */
  let open: { execution: Execution; runs: RunRecord[] } | undefined
  const latest = new Map<string, string>()

  const openRuns = () => {
    const execution = executions.owner()
    if (!execution) throw new Error('there is no cell that this could be recorded for')
    if (open?.execution.n !== execution.n) open = { execution, runs: [] }
    return open
  }
  const begin = ({ execution, runs }: NonNullable<typeof open>, name: string | null) => {
    const run = createRun(options, execution, name)
    runs.push(run)
    latest.set(execution.cellId, run.id)
    return run
  }
  const current = () => {
    const found = openRuns()
    return found.runs.at(-1) ?? begin(found, null)
  }
  const running = () => {
    const execution = executions.current()
    return execution && open?.execution.n === execution.n ? open.runs.at(-1) : undefined
  }

  return {
    current,
    runOf: (cellId) => latest.get(cellId),
    async run(name, work) {
      const found = openRuns()
      const run = begin(found, name)
      try {
        const result = await work(run)
        run.end('done')
        return result
      } catch (error) {
        run.end('failed')
        throw error
      } finally {
        found.runs = found.runs.filter((each) => each !== run)
      }
    },
    epoch(epoch, logs) {
      const run = running()
      if (!run) return
      for (const [name, value] of Object.entries(logs))
        if (typeof value === 'number') run.metric(name, value, epoch)
    },
    ended(state) {
      for (const run of open?.runs ?? []) run.end(state)
    },
  }
}

type RunRecord = RunHost & { id: string; end(state: RunEnd): void }

/** Gathers what one run records, and sends it from time to time. */
function createRun(
  { send, hostCalls, show, warn, environment }: TrackingOptions,
  { executionId, cellId }: Execution,
  name: string | null,
): RunRecord {
  const run: TrackedRun = {
    id: randomUUID(),
    name: name === null ? null : cut(name),
    startedAt: Date.now(),
    environment: environment(),
  }
  const counts = new Map<string, number>()
  const knownParams = new Set<string>()
  const warned = new Set<string>()
  let artifacts = 0
  let ended = false
  let params: Record<string, TrackedParam> = {}
  let tags: string[] = []
  let points: Record<string, TrackedPoint[]> = {}
  let waiting = 0
  let timer: NodeJS.Timeout | undefined

  const flush = (end?: Tracked['end']) => {
    clearTimeout(timer)
    timer = undefined
    const news: Tracked = { run }
    if (Object.keys(params).length > 0) news.params = params
    if (tags.length > 0) news.tags = tags
    if (waiting > 0) news.points = points
    if (end) news.end = end
    params = {}
    tags = []
    points = {}
    waiting = 0
    send({ type: 'track', executionId, cellId, news })
  }
  const later = () => {
    // What comes after the end, such as from a timer, finds nobody who waits for more.
    if (ended) flush()
    else timer ??= setTimeout(flush, flushEvery)
  }
  const refuse = (sentence: string) => {
    if (warned.has(sentence)) return
    warned.add(sentence)
    warn(`${sentence}\n`)
  }
  flush()
  show({ id: run.id, name: run.name })

  return {
    id: run.id,
    params(values) {
      for (const [key, value] of Object.entries(values)) {
        const name = cut(key)
        if (knownParams.size >= limits.params && !knownParams.has(name)) {
          refuse(`a run keeps ${limits.params} parameters; not kept: ${name}`)
          continue
        }
        knownParams.add(name)
        params[name] = paramOf(value)
      }
      later()
    },
    metric(key, value, step) {
      const name = cut(key)
      const index = counts.get(name) ?? 0
      if (index === 0 && counts.size >= limits.metrics)
        return refuse(`a run keeps ${limits.metrics} metrics; not kept: ${name}`)
      if (index >= limits.pointsPerMetric)
        return refuse(
          `a metric keeps ${limits.pointsPerMetric.toLocaleString('en')} points, later ones are left out: ${name}`,
        )
      counts.set(name, index + 1)
      points[name] ??= []
      points[name].push([index, step ?? index, numberOf(value), Date.now()])
      if (++waiting >= limits.pointsPerMessage) flush()
      else later()
    },
    tag(words) {
      tags.push(...words.map(cut))
      tags = tags.slice(0, limits.tags)
      later()
    },
    async artifact(name, value, options: ArtifactOptions) {
      for (const { path, type, bytes } of await artifactFiles(name, value, options)) {
        if (bytes.length > limits.artifactBytes)
          throw new RangeError(
            `an artifact holds ${limits.artifactBytes.toLocaleString('en')} bytes at most, ${path} has ${bytes.length.toLocaleString('en')}`,
          )
        if (++artifacts > limits.artifacts)
          throw new RangeError(`a run keeps ${limits.artifacts} artifacts; not kept: ${path}`)
        const params = { run, cellId, executionId, name: path, type }
        await hostCalls.call({ method: 'artifact', params }, bytes)
      }
    },
    end(state) {
      if (ended) return
      ended = true
      flush({ state, at: Date.now() })
    },
  }
}

const cut = (text: string) => text.slice(0, limits.nameLength)

/** JSON has no NaN and no infinities. */
const numberOf = (value: number): TrackedNumber =>
  Number.isFinite(value) ? value : (String(value) as TrackedNumber)

function paramOf(value: unknown): TrackedParam {
  if (typeof value === 'number') return numberOf(value)
  if (typeof value === 'boolean' || value === null) return value
  if (value === undefined) return null
  const text = typeof value === 'object' ? (JSON.stringify(value) ?? String(value)) : String(value)
  return text.slice(0, limits.paramLength)
}
