import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Launch, startChild } from '../../../kernel/host/child'
import { createSession, type Session, type SessionOptions } from '../../../kernel/host/session'
import type { KernelEvent, KernelEventBody } from '../../../lib/protocol/events'

export const notebookId = '00000000-0000-4000-8000-000000000001'
const userId = '00000000-0000-4000-8000-000000000002'

/** A folder of the test's own. */
export const temporary = () => mkdtempSync(join(tmpdir(), 'cellar-host-'))

/** Starts the misbehaving child of the fixtures. */
export function launchFixture(folder: string, memoryBytes = 2 ** 30): Launch {
  const cwd = join(folder, 'work')
  mkdirSync(cwd, { recursive: true })
  const script = resolve('tests/kernel/host/fixtures/child.mjs')
  return (handlers) => startChild({ script, cwd, memoryBytes }, handlers)
}

/** A compiler that leaves cells as they are; `syntax error` is one. */
export const plainCompiler = () => ({
  compile(cellId: string, source: string) {
    if (source === 'syntax error') throw Object.assign(new Error('unexpected token'), { line: 1, column: 8 })
    const file = `cell-${cellId}.ts`
    return { cell: { cellId, file, source, known: [], consts: [], code: source, defs: [] } }
  },
  ahead: () => undefined,
  forget: () => [],
})

export type Driven = {
  session: Session
  events: KernelEvent[]
  folder: string
  /** Settles when an event comes (or has come) for which `test` holds. */
  until(test: (event: KernelEvent) => boolean): Promise<KernelEvent>
  /** Executes cells and settles when the last one has ended. */
  run(...sources: string[]): Promise<KernelEvent[]>
}

/** A session with its events at hand. */
export function drive(
  options: Partial<SessionOptions> & { folder?: string; memoryBytes?: number } = {},
): Driven {
  const folder = options.folder ?? temporary()
  const events: KernelEvent[] = []
  const waiting = new Set<(event: KernelEvent) => void>()
  let epoch = 1
  const session = createSession({
    notebookId,
    launch: launchFixture(folder, options.memoryBytes),
    createCompiler: plainCompiler,
    onStats: () => {},
    logFolder: join(folder, 'logs'),
    backend: { name: 'none' },
    secret: () => Promise.reject(new Error('no web')),
    promote: () => Promise.reject(new Error('no web')),
    artifact: () => Promise.reject(new Error('no web')),
    nextEpoch: async () => ++epoch,
    ...options,
    onEvent(event) {
      events.push(event)
      for (const each of waiting) each(event)
    },
  })
  const until: Driven['until'] = (test) => {
    const found = events.find(test)
    if (found) return Promise.resolve(found)
    return new Promise((done) => {
      const look = (event: KernelEvent) => {
        if (!test(event)) return
        waiting.delete(look)
        done(event)
      }
      waiting.add(look)
    })
  }
  let count = 0
  const run: Driven['run'] = async (...sources) => {
    const from = events.length
    const cells = sources.map((source, i) => ({
      cellId: `c${i + 1}`,
      executionId: `x${++count}`,
      source,
      inputs: [],
      inPageOrder: true,
      userId,
    }))
    session.execute(cells)
    const last = cells.at(-1)!.executionId
    const ends = ['done', 'failed', 'interrupted', 'cancelled']
    await until((e) => e.type === 'execution' && e.executionId === last && ends.includes(e.state))
    return events.slice(from)
  }
  return { session, events, folder, until, run }
}

/** An event without what differs between runs. */
export function plain(event: KernelEvent): KernelEventBody | { type: string } {
  const { epoch: _epoch, seq: _seq, at: _at, ...body } = event
  if (body.type === 'execution' && 'ms' in body) return { ...body, ms: 0 }
  return body
}
