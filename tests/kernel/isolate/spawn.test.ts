import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { buildSync } from 'esbuild'
import { afterAll, describe, expect, test } from 'vitest'
import { isolationLevel } from '../../../kernel/isolate/level'
import { processTree, readProcesses } from '../../../kernel/isolate/processes'
import { type IsolatedScript, spawnIsolated } from '../../../kernel/isolate/spawn'

const script = resolve('tests/kernel/isolate/fixtures/evaluate.mjs')
// Not below `/tmp`, of which a sandbox has its own: a planted file there would be invisible anyway.
const base = mkdtempSync(resolve('node_modules/.isolate-'))
const home = join(base, '.cellar')
const cwd = join(home, 'work', 'notebook')
const data = join(base, 'data')
mkdirSync(cwd, { recursive: true })
mkdirSync(data)
writeFileSync(join(home, 'config.json'), 'the secret')
writeFileSync(join(data, 'iris.csv'), 'a,b')
afterAll(() => rmSync(base, { recursive: true }))

const { level } = await isolationLevel()

async function run(code: string, options: Partial<IsolatedScript> = {}) {
  const isolated = await spawnIsolated({
    script,
    args: [code],
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    readOnly: [base],
    hidden: [home],
    memoryBytes: 2 ** 30,
    ...options,
  })
  const { child, exited } = isolated
  const [out, err, exit] = await Promise.all([text(child.stdout!), text(child.stderr!), exited])
  return { out: out.trim(), err, exit }
}
const attempt = (code: string) => `try { ${code} } catch (error) { return error.code }`
const json = async (code: string, options?: Partial<IsolatedScript>) =>
  JSON.parse((await run(code, options)).out)

test('a process that ends tells its exit code', async () => {
  expect((await run('process.exit(3)')).exit).toEqual({
    code: 3,
    signal: null,
    outOfMemory: false,
    killed: false,
    reason: 'it ended with exit code 3',
  })
})

test('a process that dies by a signal tells which', async () => {
  const { exit } = await run("process.kill(process.pid, 'SIGSEGV')")
  expect(exit).toEqual({
    code: null,
    signal: 'SIGSEGV',
    outOfMemory: false,
    killed: false,
    reason: 'it was ended by SIGSEGV',
  })
})

test('memory outside of the JavaScript heap is limited', async () => {
  const { exit } = await run(
    'const all = []; while (all.length < 40) { all.push(Buffer.alloc(2e7, 1)); await new Promise((r) => setTimeout(r, 30)) }',
    { memoryBytes: 3e8 },
  )
  expect({ outOfMemory: exit.outOfMemory, reason: exit.reason }).toEqual({
    outOfMemory: true,
    reason: 'out of memory: it used more than 0.3 GiB',
  })
})

test('descriptors above 2 and the message channel reach the process', async () => {
  const isolated = await spawnIsolated({
    script,
    args: [
      "fs.writeSync(4, fs.readFileSync(3, 'utf8').toUpperCase()); process.send('over ipc'); process.disconnect()",
    ],
    cwd,
    stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe', 'ipc'],
    memoryBytes: 2 ** 30,
  })
  const { child, exited } = isolated
  const message = new Promise((done) => child.once('message', done))
  ;(child.stdio[3] as NodeJS.WritableStream).end('hello')
  const written = await text(child.stdio[4] as NodeJS.ReadableStream)
  expect([written, await message, (await exited).code]).toEqual(['HELLO', 'over ipc', 0])
})

test('nothing of the environment is inherited', async () => {
  process.env.PLANTED_SECRET = 'the secret'
  const names = await json('return Object.keys(process.env).sort()', { env: { CELLAR_DATA: data } })
  expect(names.filter((name: string) => name !== 'PWD')).toEqual([
    'CELLAR_DATA',
    'HOME',
    'LANG',
    'PATH',
    'TMPDIR',
  ])
})

test('killing it ends what it started, a fork bomb too', async () => {
  const bomb =
    "const { spawn } = child_process; spawn('/bin/sh', ['-c', 'b() { b & b & sleep 60; }; b'], { detached: true }); await new Promise((r) => setTimeout(r, 60000))"
  const isolated = await spawnIsolated({
    script,
    args: [bomb],
    cwd,
    stdio: ['ignore', 'ignore', 'ignore'],
    memoryBytes: 2 ** 30,
    tasks: 60,
  })
  let tree = isolated.processes()
  for (const end = Date.now() + 10_000; tree.length < 12 && Date.now() < end; tree = isolated.processes())
    await new Promise(setImmediate)
  isolated.kill()
  const exit = await isolated.exited
  expect(exit.killed).toBe(true)
  expect(tree.length).toBeLessThanOrEqual(60)
  for (
    const end = Date.now() + 5_000;
    Date.now() < end && processTreeLeft(tree.map(({ pid }) => pid)).length > 0;
  )
    await new Promise(setImmediate)
  expect(processTreeLeft(tree.map(({ pid }) => pid))).toEqual([])
})
const processTreeLeft = (pids: number[]) => {
  const now = readProcesses()
  return pids.filter((pid) => processTree(pid, now).length > 0 && !existsZombie(pid))
}
const existsZombie = (pid: number) => {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return true
  }
}

describe.runIf(level === 2)('in bubblewrap', () => {
  test('the folder of secrets cannot be seen, the working folder in it can', async () => {
    const code = `fs.writeFileSync('made.txt', 'x'); return [fs.readdirSync(${JSON.stringify(home)}), fs.readdirSync('.'), fs.readdirSync(${JSON.stringify(data)})]`
    expect(await json(code)).toEqual([['work'], ['made.txt'], ['iris.csv']])
    expect(existsSync(join(cwd, 'made.txt'))).toBe(true)
  })

  test('nothing but the working folder and /tmp can be written', async () => {
    const places = [join(data, 'x'), '/x', '/usr/x', '/etc/x', resolve('tests/x'), join(home, 'x'), '/dev/x']
    const code = (place: string) =>
      attempt(`fs.writeFileSync(${JSON.stringify(place)}, 'x'); return 'written'`)
    const results = await json(`return [${places.map((place) => `(() => { ${code(place)} })()`).join(', ')}]`)
    // /dev, the hidden home and what lies below /tmp are the sandbox's own tmpfs, gone with it.
    const ownPlaces = ['/dev/', '/tmp/', `${home}/`]
    const elsewhere = places.filter(
      (place, i) => results[i] === 'written' && !ownPlaces.some((own) => place.startsWith(own)),
    )
    expect(elsewhere).toEqual([])
    expect(places.filter((place) => existsSync(place))).toEqual([])
    const own = `/tmp/${base.slice(-6)}`
    expect(await json(`fs.writeFileSync('${own}', 'x'); return fs.readFileSync('${own}', 'utf8')`)).toBe('x')
    expect(existsSync(own)).toBe(false)
  })

  test('it sees no process but its own, and none of their secrets', async () => {
    process.env.PLANTED_SECRET = 'the secret'
    const code = `const seen = fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)); return seen.map((pid) => { try { return fs.readFileSync('/proc/' + pid + '/environ', 'latin1') + fs.readFileSync('/proc/' + pid + '/cmdline', 'latin1') } catch { return '' } })`
    const seen: string[] = await json(code)
    expect(seen.length).toBeLessThan(5)
    expect(seen.join('').includes('the secret')).toBe(false)
  })

  test('it is nobody, without capabilities', async () => {
    const code = `return [process.getuid(), /CapEff:\\s*(\\w+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]]`
    expect(await json(code)).toEqual([65534, '0000000000000000'])
  })

  test('it ends with the process that started it, however that ends', async () => {
    const parent = join(base, 'parent.mjs')
    buildSync({
      entryPoints: [resolve('tests/kernel/isolate/fixtures/parent.ts')],
      outfile: parent,
      bundle: true,
      format: 'esm',
      platform: 'node',
    })
    const child = spawn(process.execPath, [parent, script, cwd], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [words] = await once(child.stdout, 'data')
    const pids = String(words).trim().split(' ').map(Number)
    expect(processTreeLeft(pids)).toEqual(pids)
    child.kill('SIGKILL')
    await expect.poll(() => processTreeLeft(pids)).toEqual([])
  })
})
