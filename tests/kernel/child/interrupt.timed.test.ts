import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { childFlags } from '../../../kernel/child/flags'
import { transformCell } from '../../../lib/notebook/transform'
import { encodeJson } from '../../../lib/protocol/frames'
import type { HostMessage } from '../../../lib/protocol/kernel'
import { scenarios, startForScenario, stopScenario } from '../../support/interrupts'
import { startKernel } from '../../support/kernel'
import { root } from '../../support/paths'

const tries = 3

test.each(scenarios)('$sentence stops within two seconds, and what was there is kept', async (scenario) => {
  const kernel = await startForScenario(scenario)
  for (let i = 0; i < tries; i++) {
    const { ms, ...outcome } = await stopScenario(kernel, scenario, 80 + 60 * i)
    expect(outcome).toEqual({ state: 'interrupted', word: 'stopped', kept: '42', after: 'true' })
    expect(ms).toBeLessThan(2000)
  }
  await kernel.close()
})

test('a Stop of an idle kernel changes nothing', async () => {
  const kernel = await startKernel()
  await kernel.run('const kept = 1')
  const { n, ended } = kernel.start('2')
  await ended
  expect(await kernel.interrupt(n)).toBe('stopped')
  expect((await kernel.run('kept')).text).toBe('1')
  await kernel.close()
})

test('a Stop that overtakes its execution cancels it', async () => {
  const kernel = await startKernel()
  const word = kernel.interrupt(1)
  expect(await word).toBe('stopped')
  const { state } = await kernel.run('globalThis.ran = true')
  expect(state).toBe('interrupted')
  expect((await kernel.run('typeof ran')).text).toBe("'undefined'")
  await kernel.close()
})

test('the signal of the cell is aborted', async () => {
  const kernel = await startKernel()
  const { n, ended } = kernel.start(
    'const { setTimeout: sleep } = await import("node:timers/promises"); let why = ""; try { await sleep(1e6) } finally { why = "left" }',
  )
  await new Promise((done) => setTimeout(done, 50))
  await kernel.interrupt(n)
  expect((await ended).state).toBe('interrupted')
  await kernel.close()
})

test('a spinning child ends when its host is gone', async () => {
  const { cell } = transformCell('console.log("spinning"); for(;;){}')
  const request = encodeJson({
    type: 'execute',
    n: 1,
    executionId: 'e',
    executionCount: 1,
    cell,
  } as HostMessage)
  const command = [...childFlags, path.join(root, 'dist/child.js')]
  const host = `const { spawn } = require('node:child_process')
const child = spawn(process.execPath, ${JSON.stringify(command)}, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe', 'pipe'] })
child.stdio[5].on('data', (bytes) => { if (bytes.includes('spinning\\n')) console.log(child.pid) })
child.stdio[4].write(Buffer.from('${Buffer.from(request).toString('base64')}', 'base64'))
setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['-e', host], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = await new Promise<string>((done) => {
    parent.stdout.once('data', (text) => done(String(text).trim()))
  })
  expect(existsSync(`/proc/${pid}/fd`)).toBe(true)
  parent.kill('SIGKILL')
  await expect.poll(() => isRunning(pid)).toBe(false)
})

/** Not gone, and no zombie that nobody has waited for. */
function isRunning(pid: string) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
