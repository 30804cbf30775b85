import type { Readable, Writable } from 'node:stream'
import type { Isolation } from '../../lib/protocol/events'
import { createFrameDecoder, encodeJson } from '../../lib/protocol/frames'
import { type ChildMessage, frameKind, type HostMessage } from '../../lib/protocol/kernel'
import type { ProcessInfo } from '../isolate/processes'
import { type Exit, type IsolatedScript, spawnIsolated } from '../isolate/spawn'
import { readChildMessage } from './child-message'
import { withoutSmallTalk } from './small-talk'
import { createStops } from './stops'

/** A running kernel child, as its session sees it. */
export type KernelChild = {
  isolation: Isolation
  /** At once: the child is woken for all of them together. */
  send(...messages: HostMessage[]): void
  /** Asks the supervisor to stop execution `n`; `onControl` hears how it went. */
  interrupt(n: number): void
  /**
   * Lets no execution up to `n` begin any more. Resolves to the number up to which they had begun, or been taken back
   * before; never, if the child ends meanwhile.
   */
  takeBack(n: number): Promise<number>
  kill(): void
  processes(): ProcessInfo[]
  /** After its last frame was handled. */
  exited: Promise<Exit>
}

export type ChildHandlers = {
  onMessage(message: ChildMessage): void
  onText(n: number, name: 'stdout' | 'stderr', bytes: Uint8Array): void
  onBinary(n: number, bytes: Uint8Array): void
  onControl(word: 'stopped' | 'stuck', n: number): void
  /** What native code writes, past the kernel's console. */
  onNative(name: 'stdout' | 'stderr', bytes: Uint8Array): void
}

export type Launch = (handlers: ChildHandlers) => Promise<KernelChild>

/** Starts a child and speaks `lib/protocol/kernel` with it. */
export async function startChild(
  options: Omit<IsolatedScript, 'stdio'>,
  handlers: ChildHandlers,
): Promise<KernelChild> {
  const stdio = ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'] as const
  const isolated = await spawnIsolated({ ...options, stdio: [...stdio] })
  const { child, isolation, kill, processes } = isolated
  const [, out, err, control, requests, frames] = child.stdio as unknown as Pipes
  let broken: string | undefined
  const stops = createStops((messages) => void requests.write(Buffer.concat(messages.map(encodeJson))))

  // A dying child breaks its pipes; its exit says why.
  for (const pipe of child.stdio) pipe?.on('error', () => {})
  out.on('data', (bytes) => handlers.onNative('stdout', bytes))
  err.on('data', (bytes: Buffer) => {
    const said = withoutSmallTalk(bytes)
    if (said.length > 0) handlers.onNative('stderr', said)
  })
  const decoder = createFrameDecoder(({ kind, n, payload }) => {
    if (kind === frameKind.stdout) handlers.onText(n, 'stdout', payload)
    else if (kind === frameKind.stderr) handlers.onText(n, 'stderr', payload)
    else if (kind === frameKind.binary) handlers.onBinary(n, payload.slice())
    else handlers.onMessage(readChildMessage(payload))
  })
  frames.on('data', (bytes) => {
    if (broken) return
    try {
      decoder.push(bytes)
    } catch (error) {
      // Code in the child wrote to the kernel's own pipe: nothing after that can be understood.
      broken = `it broke its pipe to the host: ${describe(error as Error)}`
      kill()
    }
  })
  const takenBack = new Map<number, (begun: number) => void>()
  onLines(control, (line) => {
    const back = /^taken-back (\d+) (\d+)/.exec(line)
    if (back) {
      takenBack.get(Number(back[1]))?.(Number(back[2]))
      takenBack.delete(Number(back[1]))
      return
    }
    const match = /^(stopped|stuck) (\d+)/.exec(line)
    if (!match) return
    stops.ended(Number(match[2]))
    handlers.onControl(match[1] as 'stopped' | 'stuck', Number(match[2]))
  })

  return {
    isolation,
    send: stops.send,
    interrupt(n) {
      stops.began(n)
      control.write(`interrupt ${n}\n`)
    },
    takeBack: (n) =>
      new Promise((resolve) => {
        takenBack.set(n, resolve)
        control.write(`take-back ${n}\n`)
      }),
    kill,
    processes,
    exited: isolated.exited.then((exit) => (broken ? { ...exit, killed: false, reason: broken } : exit)),
  }
}

type Pipes = [unknown, Readable, Readable, Readable & Writable, Writable, Readable]

const maxLineLength = 1000

function onLines(stream: Readable, onLine: (line: string) => void) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!.slice(-maxLineLength)
    for (const line of lines) onLine(line)
  })
}

/** A validator's message is a page of JSON. */
const describe = (error: Error) => (error.name === 'ZodError' ? 'not a message of a kernel' : error.message)
