import type { ChildMessage } from '../../lib/protocol/kernel'
import { Interrupted } from './context'
import type { Executions } from './executions'
import { toKernelError } from './trace'

const stopped = new Interrupted().name

/** Errors that nobody catches: said, of the cell whose code they come from. The kernel lives on. */
export function reportLateErrors(send: (message: ChildMessage) => void, executions: Executions) {
  const report = (thrown: unknown) => {
    const error = toKernelError(thrown)
    // An await that a Stop came between, in code that nobody waits for.
    if (error.ename === stopped) return
    const cellId = error.frames[0]?.cellId
    const owner = executions.owner()
    const message: ChildMessage = { type: 'late_error', error }
    if (cellId ?? owner) message.cellId = cellId ?? owner?.cellId
    if (owner && (cellId === undefined || cellId === owner.cellId)) message.executionId = owner.executionId
    send(message)
  }
  process.on('uncaughtException', report)
  process.on('unhandledRejection', report)
}
