import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { findRoot } from '../../lib/config'
import { freePort } from '../../lib/stack/ports'
import { pythonEnvironment } from '../../lib/stack/python-env'
import { load } from '../load'

const run = promisify(execFile)

export type Served = { oneMs: number; manyPerS: number }

type Peer = {
  /** Of its requirements, `<name>.txt`, and of what `model.py` makes. */
  name: 'mlflow' | 'bentoml'
  /** Of the program in its environment. */
  command(folder: string, port: string): string[]
  /** Answers 200 once it serves. */
  ready: string
  /** What one client asks, and what many: where a peer has two ways, each is asked the way that is quicker. */
  one: string
  many: string
}

const peers: Record<string, Peer> = {
  MLflow: {
    name: 'mlflow',
    command: (folder, port) =>
      `mlflow models serve --model-uri ${path.join(folder, 'mlflow')} --host 127.0.0.1 --port ${port} --env-manager local --workers 1`.split(
        ' ',
      ),
    ready: '/ping',
    one: '/invocations',
    many: '/invocations',
  },
  BentoML: {
    name: 'bentoml',
    command: (_folder, port) =>
      `bentoml serve service:Dense --working-dir ${here()} --host 127.0.0.1 --port ${port}`.split(' '),
    ready: '/readyz',
    one: '/plain',
    many: '/batched',
  },
}

const here = () => path.join(findRoot(), 'bench/peers')

/**
 * MLflow and BentoML with the same network, each set up once in the per-user cache, one worker each, asked by the same
 * client. A peer that cannot be set up or started here is left out, and `say` is told why.
 */
export async function servePeers(
  record: number[],
  seconds: number,
  say: (line: string) => void,
): Promise<Record<string, Served>> {
  const figures: Record<string, Served> = {}
  for (const [name, peer] of Object.entries(peers)) {
    try {
      figures[name] = await measure(peer, record, seconds)
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n', 1)[0] : error
      say(`${name} is left out: ${reason}`)
    }
  }
  return figures
}

async function measure(peer: Peer, record: number[], seconds: number): Promise<Served> {
  const python = await pythonEnvironment(`peer-${peer.name}`, path.join(here(), `${peer.name}.txt`))
  const folder = await mkdtemp(path.join(tmpdir(), 'cellar-peer-'))
  const env = {
    ...process.env,
    PATH: `${path.dirname(python)}:${process.env.PATH}`,
    MODEL_FOLDER: folder,
    BENTOML_HOME: path.join(folder, 'bentoml'),
    BENTOML_DO_NOT_TRACK: 'True',
    MLFLOW_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: '1',
    OMP_NUM_THREADS: '1',
  }
  try {
    await run(python, [path.join(here(), 'model.py'), peer.name, folder], { env, maxBuffer: 1e8 })
    const port = String(await freePort())
    const [program, ...args] = peer.command(folder, port)
    const server = await start(path.join(path.dirname(python), program!), args, { cwd: folder, env })
    try {
      const origin = `http://127.0.0.1:${port}`
      await server.ready(origin + peer.ready)
      const common = { origin, headers: {}, body: JSON.stringify({ inputs: [record] }), seconds }
      const one = await load({ ...common, path: peer.one, clients: 1 })
      const many = await load({ ...common, path: peer.many, clients: 64 })
      const failures = one.failures + many.failures
      if (failures > 0) throw new Error(`${failures} of its predictions failed`)
      return { oneMs: one.p50Ms, manyPerS: many.perSecond }
    } finally {
      await server.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const startMs = 60_000
const stopMs = 10_000

/** A server in a process group of its own, since both start processes that would outlive them. */
async function start(program: string, args: string[], { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv }) {
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let words = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-500)
    })
  const ended = once(child, 'exit')
  await once(child, 'spawn')
  return {
    /** Resolves once `url` answers 200. */
    async ready(url: string) {
      for (const until = performance.now() + startMs; performance.now() < until; ) {
        if (child.exitCode !== null) throw new Error(`it ended with exit code ${child.exitCode}: ${words}`)
        const answer = await fetch(url).catch(() => undefined)
        if (answer?.ok) return
        await new Promise((later) => setTimeout(later, 200))
      }
      throw new Error(`it did not answer within ${startMs / 1000} s: ${words}`)
    },
    /** Lets it end its own processes, which may be in groups of their own; their pipes would keep us here. */
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM')
      const late = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), stopMs)
      await ended
      clearTimeout(late)
      for (const stream of [child.stdout, child.stderr]) stream.destroy()
    },
  }
}
