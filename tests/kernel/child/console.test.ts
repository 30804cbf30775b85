// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are TypeScript in strings
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startKernel, type TestKernel } from '../../support/kernel'
import { root } from '../../support/paths'

let kernel: TestKernel
beforeAll(async () => {
  kernel = await startKernel()
})
afterAll(() => kernel.close())

test.each<[string, string, string, string]>([
  ['values', "console.log('a', 1, { b: [2] }, null)", 'a 1 { b: [ 2 ] } null\n', ''],
  ['a format', "console.info('%s is %d', 'x', 3)", 'x is 3\n', ''],
  ['warnings and errors', "console.warn('w'); console.error('e')", '', 'w\ne\n'],
  [
    'groups',
    "console.group('g'); console.log('in\\nside'); console.groupEnd(); console.log('out')",
    'g\n  in\n  side\nout\n',
    '',
  ],
  ['counts', "console.count(); console.count('x'); console.count()", 'default: 1\nx: 1\ndefault: 2\n', ''],
  ['dir', 'console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 })', '{ a: [Object] }\n', ''],
  ['an assertion', "console.assert(1 > 2, 'no')", '', 'Assertion failed: no\n'],
  [
    'the streams themselves',
    "process.stdout.write('raw'); process.stderr.write(Buffer.from('bytes'))",
    'raw',
    'bytes',
  ],
  ['nothing', 'console.log()', '\n', ''],
])('prints %s', async (_, source, stdout, stderr) => {
  const ended = await kernel.run(source)
  expect([ended.stdout, ended.stderr]).toEqual([stdout, stderr])
})

test('a million lines arrive, in order, before the end of the cell', async () => {
  const { stdout } = await kernel.run('for (let i = 0; i < 1_000_000; i++) console.log(`line ${i}`)')
  const lines = stdout.split('\n')
  expect(lines.length).toBe(1_000_001)
  expect(lines.every((line, i) => line === `line ${i}` || (i === 1_000_000 && line === ''))).toBe(true)
})

test('a line is there before a long computation', async () => {
  const goOn = path.join(mkdtempSync(path.join(tmpdir(), 'cellar-console-')), 'go-on')
  const { ended, n } = kernel.start(
    `import { existsSync } from 'node:fs'; console.log("first"); while (!existsSync(${JSON.stringify(goOn)})); console.log("second")`,
  )
  await expect.poll(() => kernel.textOf(n).stdout, { interval: 10 }).toBe('first\n')
  writeFileSync(goOn, '')
  expect((await ended).stdout).toBe('first\nsecond\n')
  rmSync(path.dirname(goOn), { recursive: true })
})

test('late output belongs to the cell that made it', async () => {
  const late = await kernel.run('setTimeout(() => console.log("late"), 60)', 'early')
  await kernel.run('1', 'other')
  await expect.poll(() => kernel.textOf(late.n).stdout).toBe('late\n')
})

test('a late error and an unhandled rejection name their cell, and the kernel lives on', async () => {
  await kernel.run('setTimeout(() => { null.x }, 1)', 'thrower')
  const message = await kernel.messageThat(({ type }) => type === 'late_error')
  expect(message).toMatchObject({
    cellId: 'thrower',
    error: { ename: 'TypeError', frames: [{ cellId: 'thrower', line: 1, column: 25 }] },
  })
  await kernel.run('Promise.reject(new Error("nobody"))\n1', 'rejecter')
  const second = await kernel.messageThat(
    (each) => each.type === 'late_error' && each.error.evalue === 'nobody',
  )
  expect(second).toMatchObject({ cellId: 'rejecter', executionId: expect.any(String) })
  expect((await kernel.run('2')).text).toBe('2')
})

test('a process that a cell ends says all that it printed', async () => {
  const own = await startKernel()
  const { ended, n } = own.start('console.log("bye"); process.exit(3)')
  await expect(ended).rejects.toThrow('the kernel ended (3)')
  expect(own.textOf(n).stdout).toBe('bye\n')
  expect(await own.exited).toEqual({ code: 3, signal: null })
})

test('a child loads nothing but Node’s own modules at its start', () => {
  const bundle = readFileSync(path.join(root, 'dist/child.js'), 'utf8')
  const packages = [...bundle.matchAll(/^import .* from "([^"]+)"/gm)].map(([, name]) => name!)
  expect(packages.filter((name) => !name.startsWith('node:'))).toEqual([])
})

test('an idle child holds less than 100 MB', async () => {
  const own = await startKernel()
  const { text } = await own.run('process.memoryUsage().rss / 1e6')
  expect(Number(text)).toBeLessThan(100)
  await own.close()
})

test.runIf(Number.parseInt(process.versions.node, 10) < 24)(
  'the use of AsyncLocalStorage is warned of, once',
  async () => {
    const own = await startKernel()
    const { stderr, text } = await own.run(
      'const { AsyncLocalStorage } = await import("node:async_hooks"); const als = new AsyncLocalStorage(); als.run(1, () => als.getStore()) + als.run(2, () => als.getStore())',
    )
    expect(text).toBe('3')
    expect(stderr).toMatch(/^AsyncLocalStorage is in use: [^\n]*\n$/)
    await own.close()
  },
)
