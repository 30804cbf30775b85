import { readFileSync } from 'node:fs'
import path from 'node:path'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, signUp } from '../../bench/client'
import { config as configSchema } from '../../lib/config'
import { type Started, startCellar } from '../support/cellar'
import { newPage, type Page } from '../support/page'

/** What a cell can reach of the installation, and what another site's page can. */

let cellar: Started
let person: Person
let page: Page
let other: Page
let secrets: string[]

beforeAll(async () => {
  cellar = await startCellar()
  person = await signUp(cellar.origin)
  page = await newPage(person)
  other = await newPage(await signUp(cellar.origin))
  await other.execute("import fs from 'node:fs'; fs.writeFileSync('private.txt', 'mine')")
  const config = configSchema.parse(JSON.parse(readFileSync(path.join(cellar.home, 'config.json'), 'utf8')))
  const passwords = [config.databaseUrl, config.redisUrl].map((url) => new URL(url).password)
  secrets = [config.authSecret, config.machineToken, ...passwords].filter(Boolean)
})
afterAll(async () => {
  page?.close()
  other?.close()
  await cellar?.stop()
})

/** A cell's value as JSON. */
async function seen<T>(source: string): Promise<T> {
  const { outputs } = await page.execute(source)
  const last = outputs.at(-1)
  if (last?.output_type !== 'stream') throw new Error(`nothing printed: ${JSON.stringify(outputs)}`)
  return JSON.parse(last.text) as T
}

describe('a cell', () => {
  test.each(['config.json', 'run.json', 'logs/cellar.log', 'postgres', 'redis', 'artifacts', 'spool'])(
    "cannot read Cellar's own %s",
    async (name) => {
      const file = path.join(cellar.home, name)
      const code = await seen(`import fs from 'node:fs'
try { fs.statSync(${JSON.stringify(file)}).isDirectory() ? fs.readdirSync(${JSON.stringify(file)}) : fs.readFileSync(${JSON.stringify(file)}); console.log('"read"') }
catch (error) { console.log(JSON.stringify(error.code)) }`)
      expect(['ENOENT', 'EACCES']).toContain(code)
    },
  )

  test("sees its own working folder and no other notebook's", async () => {
    const folder = path.join(cellar.home, 'work')
    const found = await seen(`import fs from 'node:fs'
const reads = (file) => { try { return fs.readFileSync(file, 'utf8') } catch (error) { return error.code } }
let listed
try { listed = fs.readdirSync(${JSON.stringify(folder)}) } catch (error) { listed = [error.code] }
console.log(JSON.stringify({ listed, file: reads(${JSON.stringify(path.join(folder, other.notebookId, 'private.txt'))}), cwd: process.cwd() }))`)
    expect(found).toMatchObject({ cwd: path.join(folder, page.notebookId) })
    expect((found as { listed: string[] }).listed).not.toContain(other.notebookId)
    expect(['ENOENT', 'EACCES']).toContain((found as { file: string }).file)
  })

  test('finds no secret in its environment, nor in any process that it can see', async () => {
    const text = await seen<string>(`import fs from 'node:fs'
const texts = [JSON.stringify(process.env), process.argv.join(' ')]
for (const pid of fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)))
  for (const name of ['environ', 'cmdline']) try { texts.push(fs.readFileSync('/proc/' + pid + '/' + name, 'utf8')) } catch {}
console.log(JSON.stringify(texts.join('\\n')))`)
    expect(secrets.length).toBeGreaterThan(2)
    for (const secret of secrets) expect(text.includes(secret)).toBe(false)
  })

  test("can signal none of Cellar's processes", async () => {
    const pids = Object.values(await cellar.pids())
    const codes = await seen(`const codes = ${JSON.stringify(pids)}.map((pid) => {
  try { process.kill(pid, 0); return 'reached' } catch (error) { return error.code }
})
console.log(JSON.stringify(codes))`)
    for (const code of codes as string[]) expect(['ESRCH', 'EPERM']).toContain(code)
  })

  test("cannot write to the checkout, where everybody's kernel gets its packages", async () => {
    const code = await seen(`import fs from 'node:fs'
try { fs.writeFileSync(process.env.CELLAR_ROOT + '/node_modules/zod/index.js', ''); console.log('"written"') }
catch (error) { console.log(JSON.stringify(error.code)) }`)
    expect(['EROFS', 'EACCES', 'EPERM', 'ENOENT']).toContain(code)
  })
})

describe('every page', () => {
  test.each(['/sign-in', '/notebooks', '/n/none', '/api/notebooks'])(
    '%s may load and run its own parts only',
    async (at) => {
      const { headers } = await person.request(at)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic'(;|$)/)
      expect(policy).toContain("object-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
      })
    },
  )

  test('the session is kept from scripts and from other sites', async () => {
    const fresh = await fetch(`${cellar.origin}/api/auth/csrf`)
    for (const cookie of fresh.headers.getSetCookie()) {
      if (/callback-url/.test(cookie)) continue
      expect(cookie).toMatch(/HttpOnly/i)
      expect(cookie).toMatch(/SameSite=Lax/i)
    }
  })
})

describe("another site's page", () => {
  const foreign = ['https://evil.example', 'null', undefined]

  test.each(foreign)('%s cannot write with the session that the browser adds', async (origin) => {
    const answer = await fetch(`${cellar.origin}/api/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: person.cookie(), ...(origin && { origin }) },
      body: '{"name":"stolen"}',
    })
    expect([answer.status, await answer.json()]).toEqual([
      403,
      { error: expect.objectContaining({ code: 'cross_origin' }) },
    ])
  })

  test.each(foreign)('%s cannot open a socket with it', async (origin) => {
    const socket = io(cellar.origin, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: person.cookie(), ...(origin && { origin }) },
    })
    const outcome = await new Promise((done) => {
      socket.once('connect', () => done('connected'))
      socket.once('connect_error', () => done('refused'))
    })
    socket.disconnect()
    expect(outcome).toBe('refused')
  })

  test('a person without membership cannot open the notebook, its log or its files', async () => {
    const stranger = await signUp(cellar.origin)
    const statuses = await Promise.all(
      ['', '/export?format=ts', '/log/00000000-0000-4000-8000-000000000000'].map(
        async (rest) => (await stranger.request(`/api/notebooks/${page.notebookId}${rest}`)).status,
      ),
    )
    for (const status of statuses) expect([403, 404]).toContain(status)
  })
})
