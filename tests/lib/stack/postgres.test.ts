import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres } from '../../../lib/stack/postgres'
import { commandLine, isAlive } from '../../../lib/stack/processes'
import type { Server } from '../../../lib/stack/server'
import { root } from '../../support/paths'

let folder: string
let server: Server
const start = () => startPostgres(root, path.join(folder, 'postgres'), path.join(folder, 'postgres.log'))

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cellar-postgres-'))
  server = await start()
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function query(text: string) {
  const sql = postgres(server.url, { max: 1, onnotice: () => {} })
  try {
    return [...(await sql.unsafe(text))]
  } finally {
    await sql.end()
  }
}

test('it listens on loopback alone and refuses a wrong password', async () => {
  expect(await query('show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  const wrong = new URL(server.url)
  wrong.password = 'wrong'
  const sql = postgres(wrong.href, { max: 1 })
  await expect(sql`select 1`).rejects.toThrow('password authentication failed')
  await sql.end()
})

test('its password is in a file of its owner, not among its arguments', async () => {
  const { password } = new URL(server.url)
  expect((await stat(path.join(folder, 'postgres/password'))).mode & 0o777).toBe(0o600)
  expect(await commandLine(server.pid)).not.toContain(password)
})

test('a running server is adopted by the next start', async () => {
  const adopted = await start()
  expect([adopted.pid, adopted.url]).toEqual([server.pid, server.url])
})

test('after kill -9 it starts again on the same port with all that was committed', async () => {
  await query('create table kept as select 42 as answer')
  const killed = server
  process.kill(killed.pid, 'SIGKILL')
  await killed.ended()
  server = await start()
  expect(server.url).toBe(killed.url)
  expect(await query('select * from kept')).toEqual([{ answer: 42 }])
})

test('a lock file with the number of another living process does not stop it', async () => {
  await server.stop()
  const lock = path.join(folder, 'postgres/data/postmaster.pid')
  await expect(readFile(lock, 'utf8')).rejects.toThrow('ENOENT')
  await writeFile(lock, `${process.pid}\n${path.dirname(lock)}\n1\n1\n\n127.0.0.1\n\nready\n`)
  server = await start()
  expect(isAlive(process.pid) && isAlive(server.pid)).toBe(true)
})
