import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { type TestResult, testResult } from '../../../lib/protocol/repository'
import { cacheDir } from '../../../lib/stack/cache'
import { spawnIsolated } from '../../isolate/spawn'
import { kernelMemory } from '../launch'
import { kernelNode } from '../node'

export type TestPlace = { root: string; home: string; ms?: number }

/** Long enough for a suite that trains something small. */
const defaultMs = 10 * 60_000

/** Files beside a notebook that test what it uses, by their paths in the repository. */
export async function testFiles(checkout: string, notebook: string): Promise<string[]> {
  const folder = path.dirname(notebook)
  const names = await readdir(path.join(checkout, folder))
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => path.join(folder, name))
}

/**
 * Runs test files in a process that is isolated as a kernel is. `onResult`, `onText`: as they come. Rejects when the
 * process does not come to its end: tests that nobody heard of have not passed.
 */
export async function runTests(
  checkout: string,
  files: string[],
  { root, home, ms = defaultMs }: TestPlace,
  on: { result(result: TestResult): void; text(text: string): void },
): Promise<void> {
  const memoryBytes = kernelMemory()
  const { child, exited, kill } = await spawnIsolated({
    script: path.join(root, 'dist', 'repository-tests.js'),
    node: kernelNode(),
    args: files,
    cwd: checkout,
    env: { CELLAR_ROOT: root },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    readOnly: [path.join(root, 'node_modules'), path.join(root, 'package.json'), cacheDir()],
    given: [checkout],
    hidden: [home],
    memoryBytes,
  })
  let late = false
  const timer = setTimeout(() => {
    late = true
    kill()
  }, ms)
  let heard = 0
  createInterface({ input: child.stdio[3] as Readable }).on('line', (line) => {
    const told = parseLine(line)
    if (told && 'text' in told) return on.text(told.text)
    if (!told) return
    heard++
    on.result(told.result)
  })
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => on.text(text))
  const exit = await exited
  clearTimeout(timer)
  if (late) throw new Error(`the tests took longer than ${ms / 1000} s`)
  // node:test sets 1 where a test has failed, which was heard.
  if (exit.code !== 0 && !(exit.code === 1 && heard > 0))
    throw new Error(`the tests broke off: ${exit.reason}`)
  if (heard === 0) throw new Error('the test files hold no test')
}

function parseLine(line: string): { result: TestResult } | { text: string } | undefined {
  try {
    const told = JSON.parse(line) as { result?: unknown; text?: unknown }
    if (typeof told.text === 'string') return { text: told.text }
    const { success, data } = testResult.safeParse(told.result)
    return success ? { result: data } : undefined
  } catch {
    return
  }
}
