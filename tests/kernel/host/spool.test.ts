import { spawn } from 'node:child_process'
import { appendFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'
import { openSpool } from '../../../kernel/host/spool'
import type { KernelEvent } from '../../../lib/protocol/events'
import { temporary } from './support'

const event = (seq: number, text = `text ${seq}`, epoch = 1): KernelEvent => ({
  type: 'stream',
  cellId: 'c',
  executionId: 'x',
  name: 'stdout',
  text,
  epoch,
  seq,
  at: 0,
})
const at = (seq: number, epoch = 1) => ({ epoch, seq })
const numbers = (events: KernelEvent[]) => events.map(({ epoch, seq }) => [epoch, seq])

test('events are read again after any position, in parts', () => {
  const spool = openSpool(temporary(), 500)
  for (let seq = 1; seq <= 20; seq++) spool.append(event(seq))
  spool.append(event(1, 'next life', 2))
  expect([
    numbers(spool.read(at(0), 250)),
    numbers(spool.read(at(2), 1)),
    numbers(spool.read(at(18), 1e6)),
    numbers(spool.read(at(20), 1e6)),
    numbers(spool.read(at(1, 2), 1e6)),
    spool.position(),
  ]).toEqual([
    [
      [1, 1],
      [1, 2],
    ],
    [[1, 3]],
    [
      [1, 19],
      [1, 20],
      [2, 1],
    ],
    [[2, 1]],
    [],
    at(1, 2),
  ])
})

test('acknowledged segments are deleted, the newest stays', () => {
  const folder = temporary()
  const spool = openSpool(folder, 500)
  for (let seq = 1; seq <= 20; seq++) spool.append(event(seq))
  const before = readdirSync(folder).length
  spool.acknowledge(at(10))
  expect(numbers(spool.read(at(10), 1e6))).toEqual(Array.from({ length: 10 }, (_, i) => [1, 11 + i]))
  const middle = readdirSync(folder).length
  spool.acknowledge(at(20))
  expect([before > middle, middle > 1, readdirSync(folder).length, spool.position()]).toEqual([
    true,
    true,
    1,
    at(20),
  ])
})

test('a spool opened again goes on where it stood, without a half-written line', () => {
  const folder = temporary()
  const spool = openSpool(folder)
  spool.append(event(1))
  spool.append(event(2))
  spool.close()
  appendFileSync(join(folder, readdirSync(folder)[0]!), '{"type":"stream","cellId":"c","ex')
  const again = openSpool(folder)
  again.append(event(3))
  expect([numbers(again.read(at(0), 1e6)), again.last()]).toEqual([
    [
      [1, 1],
      [1, 2],
      [1, 3],
    ],
    event(3),
  ])
})

test('whatever a killed process said it had appended is there, in order, without a gap', async () => {
  const folder = temporary()
  const script = join(temporary(), 'appender.mjs')
  buildSync({
    entryPoints: [resolve('tests/kernel/host/fixtures/appender.ts')],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
  })
  let told = 0
  for (const life of [40, 90, 60]) {
    const child = spawn(process.execPath, [script, folder])
    let errors = ''
    child.stderr.on('data', (text) => {
      errors += text
    })
    child.stdout.on('data', (text) => {
      for (const line of String(text).split('\n')) told = Math.max(told, Number(line))
      if (told > life * 10) child.kill('SIGKILL')
    })
    await new Promise((done) => child.once('close', done))
    expect(errors).toBe('')
    const spool = openSpool(folder, 200_000)
    const events: KernelEvent[] = []
    for (let part = spool.read(at(0), 1e6); part.length > 0; part = spool.read(events.at(-1)!, 1e6))
      events.push(...part)
    spool.close()
    expect(numbers(events)).toEqual(events.map((_, i) => [1, i + 1]))
    expect(events.length).toBeGreaterThanOrEqual(told)
    expect(
      events.every(
        ({ seq, ...body }) => body.type === 'stream' && body.text.length === (seq * 7919) % 30_000,
      ),
    ).toBe(true)
  }
})
