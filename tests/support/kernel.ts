import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { childFlags } from '../../kernel/child/flags'
import { type DefinitionKind, transformCell } from '../../lib/notebook/transform'
import type { MimeBundle } from '../../lib/protocol/events'
import { createFrameDecoder, encodeJson } from '../../lib/protocol/frames'
import { type ChildMessage, frameKind, type HostMessage } from '../../lib/protocol/kernel'
import { root } from './paths'

/** A real kernel child (dist/child.js), spoken to as its host does, without isolation or limits. */
export type TestKernel = {
  child: ChildProcess
  /** Milliseconds from the spawn to `ready`. */
  readyMs: number
  /** Transforms and runs a cell; resolves at its end. A syntax error rejects. */
  run(source: string, cellId?: string): Promise<Ended>
  /** As `run`, but not waiting: `n` for `interrupt`. */
  start(source: string, cellId?: string): { n: number; ended: Promise<Ended> }
  /** Resolves to the supervisor's word: `stopped` or `stuck`. */
  interrupt(n: number): Promise<string>
  /** A request that is answered. */
  ask(message: Request): Promise<unknown>
  send(message: HostMessage): void
  messages: ChildMessage[]
  /** All that execution `n` has printed so far. */
  textOf(n: number): { stdout: string; stderr: string }
  /** The next message, or one that came already, for which `test` is true. */
  messageThat(test: (message: ChildMessage) => boolean): Promise<ChildMessage>
  /** What answers the child's calls. */
  onCall: (call: Extract<ChildMessage, { type: 'call' }>, bytes: Uint8Array) => unknown
  /** Resolves to `{ code, signal }` when the process is gone. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  native: { stderr: string }
  close(): Promise<void>
}

type Unnumbered<Message> = Message extends unknown ? Omit<Message, 'n'> : never
type Request = Unnumbered<Extract<HostMessage, { type: 'ask' | 'promote' }>>

export type Ended = Extract<ChildMessage, { type: 'done' }> & {
  stdout: string
  stderr: string
  displays: MimeBundle[]
  /** The result as text. */
  text: string | undefined
}

export type TestKernelOptions = {
  cwd?: string
  env?: Record<string, string>
  dist?: string
  node?: string
}

const projectData = path.join(root, 'notebooks/data')

const noDataset = (name: string) =>
  Promise.reject(
    Object.assign(new Error(`there is no data set of this name: ${name}`), { name: 'not_found' }),
  )

export async function startKernel(options: TestKernelOptions = {}): Promise<TestKernel> {
  const { cwd = root, env = {}, dist = path.join(root, 'dist'), node = process.execPath } = options
  const began = performance.now()
  const child: ChildProcess = spawn(node, [...childFlags, path.join(dist, 'child.js')], {
    cwd,
    env: {
      PATH: process.env.PATH,
      CELLAR_ROOT: root,
      CELLAR_DATA: projectData,
      CELLAR_TF: 'tensorflow',
      ...env,
    } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
  })
  const [, , , control, requests, frames] = child.stdio as unknown as [
    null,
    Readable,
    Readable,
    Readable & Writable,
    Writable,
    Readable,
  ]
  for (const pipe of [control, requests, frames]) pipe.on('error', () => {})
  const native = { stderr: '' }
  child.stderr!.on('data', (chunk) => {
    native.stderr = (native.stderr + chunk).slice(-4000)
  })
  child.stdout!.resume()

  const messages: ChildMessage[] = []
  const listeners = new Set<(message: ChildMessage) => void>()
  const texts = new Map<number, { stdout: string; stderr: string }>()
  const ended = new Map<number, (message: Extract<ChildMessage, { type: 'done' }>) => void>()
  const displays = new Map<string, MimeBundle[]>()
  const words = new Map<number, (word: string) => void>()
  let call: Extract<ChildMessage, { type: 'call' }> | undefined
  const utf8 = new TextDecoder()
  const textOf = (n: number) => {
    const text = texts.get(n) ?? { stdout: '', stderr: '' }
    texts.set(n, text)
    return text
  }

  const answerCall = (asked: Extract<ChildMessage, { type: 'call' }>, bytes: Uint8Array) => {
    const { n } = asked
    void Promise.resolve(kernel.onCall(asked, bytes)).then(
      (result) => kernel.send({ type: 'answer', n, result }),
      ({ name, message }: Error) => kernel.send({ type: 'answer', n, error: { name, message } }),
    )
  }

  const onMessage = (message: ChildMessage) => {
    messages.push(message)
    if (message.type === 'display')
      displays.set(message.executionId, [...(displays.get(message.executionId) ?? []), message.data])
    if (message.type === 'call') {
      // Of the others the bytes follow.
      if (['secret', 'spark', 'dataset', 'saveDataset'].includes(message.method))
        answerCall(message, new Uint8Array())
      else call = message
    }
    if (message.type === 'done') ended.get(message.n)?.(message)
    for (const listener of listeners) listener(message)
  }
  const decoder = createFrameDecoder(({ kind, n, payload }) => {
    if (kind === frameKind.stdout) textOf(n).stdout += utf8.decode(payload)
    else if (kind === frameKind.stderr) textOf(n).stderr += utf8.decode(payload)
    else if (kind === frameKind.json) onMessage(JSON.parse(utf8.decode(payload)) as ChildMessage)
    else if (call) answerCall(call, payload.slice())
  })
  frames.on('data', (chunk) => decoder.push(chunk))
  control.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().trim().split('\n')) {
      const [word, n] = line.split(' ')
      words.get(Number(n))?.(word!)
    }
  })
  const exited = once(child, 'close').then(([code, signal]) => ({ code, signal }))

  const names = new Map<string, { cellId: string; kind: DefinitionKind }>()
  let last = 0
  let lastCell = 0
  const compile = (source: string, cellId: string) => {
    const consts = [...names]
      .filter(([, { kind }]) => kind === 'const' || kind === 'import')
      .map(([name]) => name)
    const transformed = transformCell(source, { id: cellId, known: names.keys(), consts })
    for (const [name, kind] of transformed.defs) names.set(name, { cellId, kind })
    return transformed.cell
  }

  const kernel: TestKernel = {
    child,
    readyMs: 0,
    messages,
    textOf,
    native,
    exited,
    onCall: ({ method, params }) => (method === 'dataset' ? noDataset(params.name) : {}),
    send: (message) => void requests.write(encodeJson(message)),
    run: async (source, cellId) => kernel.start(source, cellId).ended,
    start(source, cellId = String(++lastCell)) {
      const cell = compile(source, cellId)
      const n = ++last
      const executionId = `e${n}`
      const done = new Promise<Ended>((resolve, reject) => {
        ended.set(n, (message) => {
          const text = message.result?.data['text/plain'] as string | undefined
          resolve({ ...message, ...textOf(n), displays: displays.get(executionId) ?? [], text })
        })
        exited.then(({ code, signal }) =>
          reject(new Error(`the kernel ended (${signal ?? code}): ${native.stderr}`)),
        )
      })
      done.catch(() => {})
      kernel.send({ type: 'execute', n, executionId, executionCount: n, cell })
      return { n, ended: done }
    },
    interrupt(n) {
      return new Promise((resolve) => {
        words.set(n, resolve)
        control.write(`interrupt ${n}\n`)
      })
    },
    async ask(message) {
      const n = ++last
      kernel.send({ ...message, n } as HostMessage)
      const reply = await kernel.messageThat((each) => each.type === 'answer' && each.n === n)
      if (reply.type !== 'answer') throw new Error('not an answer')
      if (reply.error) throw Object.assign(new Error(reply.error.message), { name: reply.error.name })
      return reply.result
    },
    messageThat(test) {
      const found = messages.find(test)
      if (found) return Promise.resolve(found)
      return new Promise((resolve) => {
        const listener = (message: ChildMessage) => {
          if (!test(message)) return
          listeners.delete(listener)
          resolve(message)
        }
        listeners.add(listener)
      })
    },
    async close() {
      child.kill('SIGKILL')
      await exited
    },
  }
  const dead = exited.then(({ code, signal }) => {
    throw new Error(`the kernel did not start (${signal ?? code}): ${native.stderr}`)
  })
  dead.catch(() => {})
  await Promise.race([kernel.messageThat(({ type }) => type === 'ready'), dead])
  kernel.readyMs = performance.now() - began
  return kernel
}
