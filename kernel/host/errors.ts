import type { KernelError } from '../../lib/protocol/kernel'
import { PackageError } from './packages/errors'

/** No kernel lives for the notebook. */
export class NoKernelError extends Error {
  override name = 'NoKernelError'
  constructor() {
    super('no kernel is running')
  }
}

/** An error of compiling, or of installing what a cell imports, as an output; a `line` and `column` in it become a frame. */
export function toKernelError(error: unknown, cellId: string): KernelError {
  const { message, line, column } = error as Error & { line?: number; column?: number }
  const ename = error instanceof PackageError ? error.name : 'SyntaxError'
  const first = `${ename}: ${message}`
  if (line === undefined || column === undefined)
    return { ename, evalue: message, traceback: [first], frames: [] }
  const at = `    at cell-${cellId}.ts:${line}:${column}`
  return { ename, evalue: message, traceback: [first, at], frames: [{ cellId, line, column }] }
}
