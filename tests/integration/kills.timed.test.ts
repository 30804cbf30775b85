import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Person, signUp } from '../../bench/client'
import { toCells } from '../../lib/notebook/document'
import { isAlive } from '../../lib/stack/processes'
import { type Started, startCellar } from '../support/cellar'
import { newKey, predict, promoteEndpoint } from '../support/endpoint'
import { newPage, openPage, printed } from '../support/page'

/** Any process may be killed at any moment. What was acknowledged is there afterwards, and pages come back by themselves. */

// Processes start again in each test; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 })

let cellar: Started
let person: Person

beforeAll(async () => {
  cellar = await startCellar()
  person = await signUp(cellar.origin)
})
afterAll(async () => {
  await cellar?.stop()
})

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}\n`).join('')
const training = `for (let i = 0; i < 1500; i++) {
  console.log('line ' + i)
  await new Promise((later) => setTimeout(later, 4))
}`

/** SIGKILL to one of Cellar's processes; resolves when it is gone. */
async function kill(name: 'web' | 'host' | 'worker') {
  const pid = (await cellar.pids())[name]!
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => isAlive(pid), { interval: 20 }).toBe(false)
}

test('web killed in a training: the kernel goes on, and pages old and new show every line once', async () => {
  const page = await newPage(person)
  await page.execute('let before = 7')
  const cellId = page.type(training)
  await page.begin(cellId)
  await page.sees(({ cells }) => printed(cells[cellId]).includes('line 150\n'))
  await kill('web')
  // Typed while nobody listens.
  page.type('typedWhileAway')
  const { cells } = await page.sees(({ cells }) => cells[cellId]?.state === 'done', 60_000)
  expect(printed(cells[cellId])).toBe(numbered(1500))
  await page.saved()
  const later = openPage(person, page.notebookId)
  const stored = await later.sees(({ cells }) => cells[cellId] !== undefined)
  expect(printed(stored.cells[cellId])).toBe(numbered(1500))
  expect(toCells(later.document).map(({ source }) => source)).toContain('typedWhileAway')
  expect(await later.value('before')).toBe('7')
  await page.request('kernel.stop', {})
  page.close()
  later.close()
})

test('two people who type while web is killed end with one text, and nothing of it is lost', async () => {
  const one = await newPage(person)
  const two = openPage(person, one.notebookId)
  await two.saved()
  const typed: string[] = []
  let typing = true
  const type = async (page: typeof one, name: string) => {
    for (let i = 0; typing; i++) {
      typed.push(`${name} ${i}`)
      page.type(`${name} ${i}`)
      await new Promise((later) => setTimeout(later, 15))
    }
  }
  const typists = [type(one, 'one'), type(two, 'two')]
  await expect.poll(() => typed.length).toBeGreaterThan(20)
  await kill('web')
  const atKill = typed.length
  await expect.poll(() => typed.length).toBeGreaterThan(atKill + 40)
  typing = false
  await Promise.all(typists)
  await Promise.all([one.saved(), two.saved()])
  const sources = (page: typeof one) => toCells(page.document).map(({ source }) => source)
  // The other's last edit may still be on its way.
  await expect.poll(() => sources(one).length).toBe(sources(two).length)
  expect(sources(one)).toEqual(sources(two))
  // A new notebook has an empty cell.
  expect([...sources(one)].sort()).toEqual(['', ...typed].sort())
  const fresh = openPage(person, one.notebookId)
  await fresh.saved()
  expect(sources(fresh)).toEqual(sources(one))
  for (const page of [one, two, fresh]) page.close()
})

test('host killed: pages are told that the kernel is dead and why, what it printed stays, nothing runs by itself', async () => {
  const page = await newPage(person)
  const cellId = page.type(training)
  await page.begin(cellId)
  await page.sees(({ cells }) => printed(cells[cellId]).includes('line 100\n'))
  await kill('host')
  const dead = await page.sees(({ kernel }) => kernel.state === 'dead')
  expect(dead.kernel.reason).toMatch(/host process was restarted/)
  expect(dead.cells[cellId]?.state).toBe('interrupted')
  const text = printed(dead.cells[cellId])
  expect(numbered(1500).startsWith(text)).toBe(true)
  expect(text).toContain('line 100\n')
  // A new kernel begins when a person asks for it, and does not take up what ran.
  expect(await page.value('1 + 1')).toBe('2')
  expect(page.state().cells[cellId]?.state).toBe('interrupted')
  expect(printed(page.state().cells[cellId])).toBe(text)
  await page.request('kernel.stop', {})
  page.close()
})

test('a second start in the same folder says that one runs, and where', async () => {
  await expect(startCellar({ home: cellar.home })).rejects.toThrow(
    new RegExp(`cellar runs already in this checkout: ${cellar.origin} \\(process ${cellar.process.pid}\\)`),
  )
})

test('kill -9 of the supervisor, then a new start: notebooks, outputs and endpoints are there', async () => {
  const page = await newPage(person, 'survivor')
  const cell = await page.execute("console.log('kept'); 6 * 7")
  await promoteEndpoint(page, 'price')
  const { token } = await newKey(person)
  const ask = () =>
    predict(
      cellar.origin,
      'price',
      { size: 3, colour: 'blue', note: null },
      { authorization: `Bearer ${token}` },
    )
  const answer = { status: 200, body: { version: '1.0.0', predictions: [{ price: 30 }] } }
  expect(await ask()).toMatchObject(answer)
  const cells = toCells(page.document)
  const { process: supervisor, home, origin } = cellar
  const left = Object.values(await cellar.pids())
  const ended = once(supervisor, 'exit')
  supervisor.kill('SIGKILL')
  await ended
  // As if a version had been in its self-test ten minutes ago.
  const { databaseUrl } = JSON.parse(readFileSync(`${home}/config.json`, 'utf8')) as { databaseUrl: string }
  const sql = postgres(databaseUrl, { max: 1 })
  await sql`insert into model_versions (endpoint_id, version, artifact, artifact_bytes, schema, environment, created_at)
    select id, '1.0.1', 'none', 1, '{"input":{"type":"any"},"output":{"type":"any"}}', '{}', now() - interval '10 minutes'
    from endpoints where name = 'price'`
  await sql.end()

  cellar = await startCellar({ home, env: { PORT: new URL(origin).port } })
  expect(left.filter(isAlive)).toEqual([])
  expect(await ask()).toMatchObject(answer)
  const versions = async () => {
    const { versions } = (await (await person.request('/api/endpoints/price')).json()) as {
      versions: { version: string; state: string }[]
    }
    return versions.map(({ version, state }) => `${version} ${state}`).sort()
  }
  await expect.poll(versions).toEqual(['1.0.0 ready', '1.0.1 rejected'])
  // The page that stayed open is back by itself.
  await page.sees(({ kernel }) => kernel.state === 'dead' || kernel.state === 'stopped')
  const later = openPage(person, page.notebookId)
  const state = await later.sees(({ cells }) => Object.keys(cells).length > 0)
  expect(toCells(later.document)).toEqual(cells)
  expect(Object.values(state.cells)[0]?.outputs).toEqual(cell.outputs)
  expect(await later.value('6 * 7')).toBe('42')
  page.close()
  later.close()
})

/** Command lines that name a folder: servers, Cellar's own processes, kernels in their sandboxes. */
function processesOf(folder: string) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return line.includes(folder) ? [line] : []
      } catch {
        return []
      }
    })
}

test('Ctrl-C ends every process in order', async () => {
  const own = [...Object.values(await cellar.pids()), cellar.process.pid!]
  const page = await newPage(person)
  await page.execute('1')
  page.close()
  expect(processesOf(cellar.home).length).toBeGreaterThan(2)
  const began = Date.now()
  const ended = once(cellar.process, 'exit')
  cellar.process.kill('SIGINT')
  expect(await ended).toEqual([0, null])
  expect(Date.now() - began).toBeLessThan(10_000)
  expect({ own: own.filter(isAlive), others: processesOf(cellar.home) }).toEqual({ own: [], others: [] })
  await rm(cellar.home, { recursive: true, force: true })
})
