import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseIpynb } from '../../../lib/notebook/ipynb'
import { type FileContent, parsePercentFile } from '../../../lib/notebook/percent-file'
import type { Backend } from '../../../lib/protocol/events'
import type { PullNews, PullOrder, TestResult } from '../../../lib/protocol/repository'
import { runHeadless } from '../headless'
import { createPrinter } from '../print'
import type { SessionOptions } from '../session'
import { type RepositoryPolicy, repositoryPolicy } from './address'
import { fetchRepository } from './fetch'
import { runTests, testFiles } from './tests'

export type PullPlace = {
  root: string
  home: string
  /** Checkouts are made and removed here. */
  folder: string
  backend: Backend
  policy?: RepositoryPolicy
  /** Hands a version to web. */
  promote(
    pullId: string,
    ...version: Parameters<SessionOptions['promote']>
  ): ReturnType<SessionOptions['promote']>
  /** How it goes; in order. */
  tell(news: PullNews): Promise<void>
}

/** How often its output goes to the page; and that it lives, at least once a minute. */
const tickMs = 2_000
const ticksPerMinute = 30

/** What a page shows of a run's output. */
const maxLog = 200_000

/**
 * One pull: fetches the commit, runs the tests beside the notebook, and only when all of them pass runs the notebook, whose
 * `promote()` goes through. Never rejects: what went wrong is told.
 */
export async function runPull(order: PullOrder, place: PullPlace): Promise<void> {
  const { pullId } = order
  const checkout = path.join(place.folder, pullId)
  const log = createLog()
  let told: Promise<void> = Promise.resolve()
  let state: PullNews['state'] = 'fetching'
  const tell = (news: Omit<PullNews, 'pullId'>) => {
    state = news.state
    // In order, whatever is told in between.
    told = told.catch(() => {}).then(() => place.tell({ pullId, ...news }))
    return told
  }
  let shown = ''
  let quietTicks = 0
  const timer = setInterval(() => {
    const text = log.text()
    if (text === shown && ++quietTicks < ticksPerMinute) return
    quietTicks = 0
    shown = text
    tell({ state, log: text }).catch(() => {})
  }, tickMs)
  /** What comes last: nothing is told after it. */
  const end = (news: Omit<PullNews, 'pullId'>) => {
    clearInterval(timer)
    return tell(news)
  }
  try {
    await tell({ state: 'fetching' })
    await mkdir(checkout, { recursive: true })
    const commit = await fetchRepository(order, checkout, place.policy ?? repositoryPolicy())
    await tell({ state: 'testing', commit })
    const { cells, environment, reactivity } = await readNotebook(checkout, order.path)
    const tests = await testAll(checkout, order.path, place, log)
    const failed = tests.filter(({ passed }) => !passed)
    if (failed.length > 0) {
      const many = failed.length === 1 ? 'a test failed' : `${failed.length} tests failed`
      const reason = `${many}, nothing was run or promoted: ${failed.map(({ name }) => name).join(', ')}`
      return await end({ state: 'failed', tests, log: log.text(), reason: reason.slice(0, 2000) })
    }
    await tell({ state: 'running', tests, log: log.text() })
    const run = await runHeadless({
      file: path.join(checkout, order.path),
      cells,
      inPageOrder: reactivity === 'off',
      environment,
      root: place.root,
      home: place.home,
      backend: place.backend,
      onEvent: createPrinter(log.add, log.add),
      promote: (...version) => place.promote(pullId, ...version),
      onArtifact: ({ name }) =>
        log.add(`artifact ${name}: not kept, a run of a repository has no notebook\n`),
      secret: async (name) => {
        throw new Error(`a repository's notebook is given no secrets: ${name}`)
      },
    })
    if (run.ok) return await end({ state: 'done', log: log.text() })
    const dead = run.state.kernel.state === 'dead' ? 'its kernel ended' : 'a cell failed'
    await end({ state: 'failed', log: log.text(), reason: `${dead}; what was promoted before stays` })
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 2000)
    await end({ state: 'failed', log: log.text(), reason }).catch(() => {})
  } finally {
    clearInterval(timer)
    await rm(checkout, { recursive: true, force: true })
  }
}

async function testAll(
  checkout: string,
  notebook: string,
  place: PullPlace,
  log: Log,
): Promise<TestResult[]> {
  const files = await testFiles(checkout, notebook)
  if (files.length === 0) return []
  const results: TestResult[] = []
  await runTests(checkout, files, place, { result: (result) => results.push(result), text: log.add })
  return results
}

async function readNotebook(checkout: string, notebook: string): Promise<FileContent> {
  const text = await readFile(path.join(checkout, notebook), 'utf8').catch(() => {
    throw new Error(`the commit has no such notebook: ${notebook}`)
  })
  return notebook.endsWith('.ipynb') ? parseIpynb(text) : parsePercentFile(text)
}

type Log = ReturnType<typeof createLog>

/** Text of which the end matters most. */
function createLog() {
  let text = ''
  let cut = false
  return {
    add(more: string) {
      text += more.replaceAll('\0', '')
      if (text.length <= maxLog) return
      text = text.slice(-maxLog)
      cut = true
    },
    text: () => (cut ? `… the beginning is left out\n${text}` : text),
  }
}
