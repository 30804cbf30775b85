import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { formatWithOptions } from 'node:util'

/** Writes `text` to a stream of the cell that the code belongs to. */
export type WriteText = (stream: 'stdout' | 'stderr', text: string) => void

/**
 * Replaces what prints in this process: `console`, `process.stdout.write`, `process.stderr.write`. The plain calls
 * (`log`, `info`, `debug`, `warn`, `error`) take a short way; `table`, `dir`, `group`, `time`, `count`, `trace`,
 * `assert` are Node's own.
 */
export function installConsole(write: WriteText) {
  const node = new Console({ stdout: sink(write, 'stdout'), stderr: sink(write, 'stderr'), colorMode: false })
  let indentation = ''
  const print =
    (stream: 'stdout' | 'stderr') =>
    (...values: unknown[]) => {
      const line =
        values.length === 1 && typeof values[0] === 'string'
          ? values[0]
          : formatWithOptions({ colors: false }, ...values)
      write(stream, indentation ? `${line.replace(/^/gm, indentation)}\n` : `${line}\n`)
    }
  const out = print('stdout')
  const err = print('stderr')
  const group = (...values: unknown[]) => {
    if (values.length > 0) out(...values)
    node.group()
    indentation += '  '
  }
  Object.assign(console, bindAll(node), {
    log: out,
    info: out,
    debug: out,
    warn: err,
    error: err,
    group,
    groupCollapsed: group,
    groupEnd() {
      node.groupEnd()
      indentation = indentation.slice(2)
    },
  })
  process.stdout.write = streamWrite(write, 'stdout')
  process.stderr.write = streamWrite(write, 'stderr')
}

const names = [
  'table',
  'dir',
  'dirxml',
  'time',
  'timeEnd',
  'timeLog',
  'count',
  'countReset',
  'trace',
  'assert',
] as const

const bindAll = (node: Console) => Object.fromEntries(names.map((name) => [name, node[name].bind(node)]))

function sink(write: WriteText, stream: 'stdout' | 'stderr') {
  const writable = new Writable({ decodeStrings: false })
  writable.write = streamWrite(write, stream)
  return writable
}

function streamWrite(write: WriteText, stream: 'stdout' | 'stderr'): Writable['write'] {
  return (chunk: unknown, encoding?: unknown, done?: unknown) => {
    const given = typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, given) : Buffer.from(chunk as Uint8Array)
    write(stream, typeof chunk === 'string' && given === 'utf8' ? chunk : bytes.toString())
    const callback = typeof encoding === 'function' ? encoding : done
    if (typeof callback === 'function') queueMicrotask(() => callback())
    return true
  }
}
