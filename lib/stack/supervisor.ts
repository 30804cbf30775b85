import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { storeSecrets } from '../artifact-store'
import { markOf, type ProcessMark } from './processes'

export type ServiceSpec = {
  name: string
  /** Bundle in dist/. */
  script: string
  nodeFlags?: string[]
}

type Service = { spec: ServiceSpec; child?: ChildProcess; restarts: number; timer?: NodeJS.Timeout }

/**
 * Keeps processes running and writes their lines into one log. One that dies is started again, after 0.2 s at
 * first and up to 5 s when it keeps dying within 10 s. `stop` ends them in the order they are given, each within `graceMs`.
 */
export function supervise(
  specs: ServiceSpec[],
  options: {
    root: string
    home: string
    /** Called when a process was started, for the record that the next start reads after a `kill -9`. */
    onStarted(name: string, mark: ProcessMark): void
    print?: (line: string) => void
    graceMs?: number
  },
) {
  const print = options.print ?? ((line: string) => process.stdout.write(`${line}\n`))
  const logs = path.join(options.home, 'logs')
  mkdirSync(logs, { recursive: true })
  const file = createWriteStream(path.join(logs, 'cellar.log'), { flags: 'a', mode: 0o600 })
  const width = Math.max('cellar'.length, ...specs.map(({ name }) => name.length))
  let stopping = false

  function write(name: string, line: string) {
    // A child's last lines may come after its exit was seen.
    if (!file.writableEnded) file.write(`${new Date().toISOString()} ${name.padEnd(width)} ${line}\n`)
    print(`${name.padEnd(width)} | ${line}`)
  }
  const follow = (name: string, stream: Readable) =>
    createInterface({ input: stream }).on('line', (line) => write(name, line))

  function start(service: Service) {
    const { spec } = service
    const began = Date.now()
    const child = spawn(
      process.execPath,
      [...(spec.nodeFlags ?? []), path.join(options.root, 'dist', spec.script)],
      {
        cwd: options.root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...environmentFor(spec.name),
          CELLAR_HOME: options.home,
          NODE_ENV: process.env.NODE_ENV ?? 'production',
        },
        // Not in the terminal's group: Ctrl-C reaches the supervisor alone, which ends them in order.
        detached: true,
      },
    )
    service.child = child
    if (child.pid) options.onStarted(spec.name, markOf(child.pid))
    follow(spec.name, child.stdout!)
    follow(spec.name, child.stderr!)
    child.on('error', (error) => write(spec.name, `could not be started: ${error.message}`))
    child.on('exit', (code, signal) => {
      service.child = undefined
      if (stopping) return
      if (Date.now() - began > 10_000) service.restarts = 0
      const wait = Math.min(5_000, 200 * 2 ** service.restarts++)
      write(spec.name, `ended with ${signal ?? code}; starts again in ${wait / 1000} s`)
      service.timer = setTimeout(() => start(service), wait)
    })
  }

  const services = specs.map<Service>((spec) => ({ spec, restarts: 0 }))
  for (const service of services) start(service)

  async function stop() {
    if (stopping) return
    stopping = true
    for (const service of services) {
      clearTimeout(service.timer)
      await endChild(service.child, options.graceMs ?? 8_000)
    }
    await new Promise((done) => file.end(done))
  }
  return {
    stop,
    /** Writes a line of the supervisor's own into the log. */
    say: (line: string) => write('cellar', line),
    pids: () => Object.fromEntries(services.map(({ spec, child }) => [spec.name, child?.pid])),
  }
}
export type Supervisor = ReturnType<typeof supervise>

async function endChild(child: ChildProcess | undefined, ms: number) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), ms)
  await gone
  clearTimeout(timer)
}

/** Kernels' host stores nothing itself: what it does not know, nothing that runs below it can learn. */
function environmentFor(name: string): NodeJS.ProcessEnv {
  if (name !== 'host') return process.env
  const hidden = new Set<string>(storeSecrets)
  return Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !hidden.has(key)),
  ) as NodeJS.ProcessEnv
}
