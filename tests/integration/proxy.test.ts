import { readFileSync } from 'node:fs'
import path from 'node:path'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../lib/stack/ports'
import { type Started, startCellar } from '../support/cellar'

/** Cellar behind a proxy with a public name, that passes requests on as nginx does: with this machine as `Host`. */
const name = 'https://cellar.example'
let cellar: Started
let local: string
const jar = new Map<string, string>()

beforeAll(async () => {
  const port = await freePort()
  local = `http://127.0.0.1:${port}`
  cellar = await startCellar({ env: { CELLAR_ORIGIN: name, PORT: String(port) } })
})
afterAll(() => cellar?.stop())

async function request(to: string, init: RequestInit = {}, origin = name) {
  const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
  const answer = await fetch(local + to, {
    redirect: 'manual',
    ...init,
    headers: { ...init.headers, cookie, origin },
  })
  for (const line of answer.headers.getSetCookie()) {
    const [key, value] = line.split(';')[0]!.split(/=(.*)/s)
    jar.set(key!, value!)
  }
  return answer
}
const json = (body: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

test('its pages are those of the public name: sign-in, secure cookies, sockets, writes', async () => {
  expect(cellar.origin).toBe(name)
  expect(JSON.parse(readFileSync(path.join(cellar.home, 'config.json'), 'utf8')).origin).toBe(name)
  const person = { email: 'ada@example.com', name: 'Ada', password: 'a long enough password' }
  expect((await request('/api/register', json(person))).status).toBe(201)
  const { csrfToken } = (await (await request('/api/auth/csrf')).json()) as { csrfToken: string }
  const form = new URLSearchParams({ csrfToken, ...person, json: 'true' })
  const signedIn = await request('/api/auth/callback/credentials', { method: 'POST', body: form })
  expect(await signedIn.json()).toEqual({ url: name })
  const session = signedIn.headers.getSetCookie().find((line) => line.includes('session-token'))
  expect(session).toMatch(/^__Secure-next-auth\.session-token=.*; Secure/)

  const page = await request('/notebooks')
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([
    200,
    expect.stringContaining('wss://cellar.example;'),
  ])
  expect((await request('/api/notebooks', json({ title: 'behind' }))).status).toBe(201)
  expect((await request('/api/notebooks', json({ title: 'past' }), local)).status).toBe(403)

  const connects = (origin: string) =>
    new Promise((done) => {
      const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
      const socket = io(local, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        extraHeaders: { cookie, origin },
      })
      const end = (outcome: string) => {
        socket.disconnect()
        done(outcome)
      }
      socket.once('connect', () => end('connected'))
      socket.once('connect_error', () => end('refused'))
    })
  expect([await connects(name), await connects(local), await connects('https://other.example')]).toEqual([
    'connected',
    'refused',
    'refused',
  ])
})
