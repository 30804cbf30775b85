import { inspect } from 'node:util'
import type { Locator } from '../../lib/notebook/locate'
import type { Frame } from '../../lib/protocol/events'
import type { CompiledCell, KernelError } from '../../lib/protocol/kernel'

/** Stack traces in terms of the cells as typed. */
export type Trace = {
  /** Where the code of execution `n` of a cell says it comes from: `cell-<id>.ts#<n>`. Each keeps its own map. */
  nameOf(cell: CompiledCell, n: number): string
  /** The same for a TypeScript file beside the notebook: its frames say its own name. */
  nameOfFile(name: string, source: string, version: number): string
  /** An execution whose code is on the stack now. */
  owner(): { cellId: string; n: number } | undefined
}

export type TraceOptions = {
  createLocator: (cell: CompiledCell) => Locator
  /** The kernel's own files: their frames are left out. */
  isInternal: (file: string) => boolean
  /** Shortens a path for people. */
  shorten: (text: string) => string
}

type Prepare = NonNullable<typeof Error.prepareStackTrace>

const codeFile = /^(.*\.[mc]?tsx?)#(\d+)$/
const cellFile = /^(cell-.*\.ts)#(\d+)$/

/** Replaces `Error.prepareStackTrace` for the process. */
export function installTrace({ createLocator, isInternal, shorten }: TraceOptions): Trace {
  const cells = new Map<string, CompiledCell>()
  let last: { name: string; locate: Locator } | undefined

  const locate = (name: string, line: number, column: number) => {
    const cell = cells.get(name)
    if (!cell) return null
    if (last?.name !== name) last = { name, locate: createLocator(cell) }
    return last.locate(line, column)
  }
  const describe = (site: NodeJS.CallSite) => {
    const file = site.getFileName() ?? site.getEvalOrigin() ?? ''
    const found = codeFile.exec(file)
    if (!found) return isInternal(file) ? [] : [`    at ${shorten(String(site))}`]
    const place = locate(file, site.getLineNumber() ?? 1, site.getColumnNumber() ?? 1)
    const where = place ? `${found[1]}:${place.line}:${place.column}` : found[1]!
    const name = site.getFunctionName()?.replace(/^\$S\.|^Object\./, '')
    const prefix = `${site.isAsync() ? 'async ' : ''}${site.isConstructor() ? 'new ' : ''}`
    return [`    at ${prefix}${name ? `${name} (${where})` : where}`]
  }
  const prepare: Prepare = (error, sites) => {
    let head: string
    try {
      head = Error.prototype.toString.call(error)
    } catch {
      head = 'Error'
    }
    return [head, ...sites.flatMap(describe)].join('\n')
  }
  Error.prepareStackTrace = prepare
  Error.stackTraceLimit = 30

  return {
    nameOf(cell, n) {
      const name = `${cell.file}#${n}`
      cells.set(name, cell)
      return name
    },
    nameOfFile(name, source, version) {
      const key = `${name}#${version}`
      cells.set(key, { cellId: name, file: name, source, known: [], consts: [], code: '', defs: [] })
      return key
    },
    owner() {
      const sites = callSites(prepare)
      for (const site of sites) {
        const file = site.getFileName() ?? ''
        const found = cellFile.exec(file)
        const cell = found && cells.get(file)
        if (cell) return { cellId: cell.cellId, n: Number(found[2]) }
      }
      return undefined
    },
  }
}

function callSites(prepare: Prepare): NodeJS.CallSite[] {
  Error.prepareStackTrace = (_, sites) => sites
  try {
    return new Error('stack').stack as unknown as NodeJS.CallSite[]
  } finally {
    Error.prepareStackTrace = prepare
  }
}

/** Anything thrown → what the page shows. Never throws. */
export function toKernelError(thrown: unknown): KernelError {
  try {
    if (!isError(thrown)) {
      const evalue = inspect(thrown, { depth: 2 })
      return { ename: 'Thrown', evalue, traceback: [`Thrown: ${evalue}`], frames: [] }
    }
    const traceback = stackLines(thrown)
    const frames = traceback.flatMap(frameOf)
    return { ename: String(thrown.name || 'Error'), evalue: String(thrown.message), traceback, frames }
  } catch {
    const evalue = 'an error that cannot be shown'
    return { ename: 'Error', evalue, traceback: [`Error: ${evalue}`], frames: [] }
  }
}

const isError = (value: unknown): value is Error =>
  value instanceof Error ||
  (typeof value === 'object' && value !== null && 'message' in value && 'stack' in value)

/** With its causes, and the errors of an `AggregateError`. */
function stackLines(error: Error, depth = 0): string[] {
  const stack =
    typeof error.stack === 'string' && error.stack ? error.stack : `${error.name}: ${error.message}`
  const lines = stack.split('\n')
  if (depth > 4) return lines
  const inner: [string, unknown][] = []
  if (error instanceof AggregateError)
    for (const [i, each] of error.errors.slice(0, 10).entries()) inner.push([`[errors.${i}]`, each])
  if (error.cause !== undefined) inner.push(['[cause]', error.cause])
  for (const [label, each] of inner) {
    const [head, ...rest] = isError(each) ? stackLines(each, depth + 1) : [inspect(each, { depth: 1 })]
    lines.push(`  ${label}: ${head}`, ...rest.map((line) => `  ${line}`))
  }
  return lines
}

function frameOf(line: string): Frame[] {
  const found = /^\s*at (?:(?:async |new )*(.+?) \()?(?:async )?cell-(.+)\.ts:(\d+):(\d+)\)?$/.exec(line)
  if (!found) return []
  const [, name, cellId, at, column] = found
  return [{ cellId: cellId!, line: Number(at), column: Number(column), ...(name ? { name } : {}) }]
}
