import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { findRoot } from '../../../lib/config'
import { workbook } from '../../../lib/protocol/limits'
import { Refused } from '../../../lib/refused'

export type Sheet = { sheet: string; sheets: string[] }
type Outcome = { done?: Sheet; refused?: Pick<Refused, 'status' | 'code' | 'message'> }

const run = promisify(execFile)

/**
 * Writes one sheet of a workbook as CSV, the first unless one is named. A process of its own does it: a file of a few
 * hundred bytes can say that it has a cell in the last row and column, and its reader fills in all that come before.
 */
export async function readSheet(
  { source, target, wanted }: { source: string; target: string; wanted?: string | undefined },
  limits: { bytes: number; heapBytes: number; ms: number } = workbook,
): Promise<Sheet> {
  const { size } = await stat(source)
  if (size > limits.bytes)
    throw new Refused(
      413,
      'too_large',
      `a workbook may have ${limits.bytes} bytes at most; save its sheet as CSV: ${size}`,
    )
  const command = [
    `--max-old-space-size=${limits.heapBytes / 2 ** 20}`,
    path.join(findRoot(), 'dist/workbook.js'),
    JSON.stringify({ source, target, wanted }),
  ]
  const { stdout } = await run(process.execPath, command, {
    timeout: limits.ms,
    killSignal: 'SIGKILL',
  }).catch((cause: { signal?: string; stderr?: string }) => {
    // It ends like this when its heap is full or its time is over; all else is ours.
    if (!cause.signal)
      throw new Error(`the workbook could not be read: ${cause.stderr?.slice(-500)}`, { cause })
    throw new Refused(
      413,
      'too_many_cells',
      'the workbook has more cells than can be read, counted from its first to its last row and column; save its sheet as CSV',
    )
  })
  const { done, refused } = JSON.parse(stdout) as Outcome
  if (refused) throw new Refused(refused.status, refused.code, refused.message)
  return done!
}
