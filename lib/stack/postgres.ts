import { spawn } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import postgres from 'postgres'
import { newSecret } from '../config'
import { delay } from './delay'
import { steadyPort } from './ports'
import { type Account, postgresAccount } from './postgres-account'
import { postgresNative } from './postgres-native'
import { commandLine, endsAfter, isAlive } from './processes'
import { run } from './run'
import type { Server } from './server'

/**
 * The embedded PostgreSQL, on loopback with a generated password. Its data lives in `folder`, its port stays the
 * same from start to start where it is free. A server that a killed start left running is adopted.
 */
export async function startPostgres(root: string, folder: string, log: string): Promise<Server> {
  const native = await postgresNative(root)
  const data = path.join(folder, 'data')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const left = await running(data)
  const passwordFile = path.join(folder, 'password')
  const url = async (port: number) =>
    `postgres://cellar:${await readFile(passwordFile, 'utf8')}@127.0.0.1:${port}/cellar`
  if (left) {
    const version = await ready(await url(left.port)).catch(() => undefined)
    if (version) return server(await url(left.port), left.pid, version)
    await stop(left.pid)
  }

  const account = await postgresAccount([path.join(native, 'bin/postgres')])
  await account.own(folder)
  if (!existsSync(path.join(data, 'PG_VERSION'))) await initialise(native, folder, account)
  const port = await steadyPort(path.join(folder, 'port'))
  const out = openSync(log, 'a', 0o600)
  const [command, args] = account.wrap(path.join(native, 'bin/postgres'), [
    ...['-D', data, '-p', String(port)],
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
  ])
  // Detached: Ctrl-C in the terminal must not reach it before the processes that use it have ended.
  const child = spawn(command, args, { ...account.ids, stdio: ['ignore', out, out], detached: true })
  child.unref()
  const died = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`postgres ended with ${code}; its log is ${log}`)))
    child.once('error', reject)
  })
  died.catch(() => {})
  const version = await Promise.race([ready(await url(port), 60_000), died])
  return server(await url(port), child.pid!, version)
}

const server = (url: string, pid: number, version: string): Server => ({
  url,
  pid,
  version,
  ended: () => endsAfter(pid),
  stop: () => stop(pid),
})

/** Makes the data folder under another name first: a killed `initdb` leaves one that looks whole. */
async function initialise(native: string, folder: string, account: Account) {
  const temporary = path.join(folder, 'data.part')
  const passwordFile = path.join(folder, 'password')
  for (const name of ['data', 'data.part'])
    await rm(path.join(folder, name), { recursive: true, force: true })
  await writeFile(passwordFile, newSecret(), { mode: 0o600 })
  await account.own(passwordFile)
  const [command, args] = account.wrap(path.join(native, 'bin/initdb'), [
    ...['-D', temporary, '-U', 'cellar', `--pwfile=${passwordFile}`, '-A', 'scram-sha-256'],
    ...['-E', 'UTF8', '--locale=C', '--no-instructions'],
  ])
  await run(command, args, account.ids)
  await rename(temporary, path.join(folder, 'data'))
}

/** The server that owns a data folder, by its own lock file. */
async function running(data: string) {
  const file = path.join(data, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  if (!pid || !isAlive(pid)) return undefined
  if (port && (await commandLine(pid)).includes(data)) return { pid, port }
  // Another program got the number, and PostgreSQL would refuse to start. The file of a dead server stays: it
  // finds by it whether processes of that server still have the data open.
  await rm(file, { force: true })
  return undefined
}

/** Waits until it answers, makes the database where it is missing, and tells the version. */
async function ready(url: string, ms = 5_000): Promise<string> {
  const until = Date.now() + ms
  for (;;) {
    const admin = postgres(url.replace(/\/cellar$/, '/postgres'), {
      max: 1,
      connect_timeout: 5,
      onnotice: () => {},
    })
    try {
      const [row] = await admin`select current_setting('server_version') as version`
      const found = await admin`select 1 from pg_database where datname = 'cellar'`
      if (found.length === 0) await admin`create database cellar`
      return row!.version as string
    } catch (error) {
      if (Date.now() > until) throw error
      await delay(50)
    } finally {
      await admin.end({ timeout: 1 })
    }
  }
}

/** A fast shutdown: open transactions are rolled back, all that was committed is kept. */
async function stop(pid: number) {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT')
  const until = Date.now() + 10_000
  while (isAlive(pid) && Date.now() < until) await delay(20)
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT')
}
