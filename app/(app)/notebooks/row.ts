import type { KernelState } from '../../../lib/protocol/events'

/** One notebook of the list. */
export type NotebookRow = {
  id: string
  title: string
  /** The folder it lies in; null at the top. */
  folderId: string | null
  /** ISO text. */
  updatedAt: string
  /** File name of the example it was copied from. */
  example: string | null
  /** Undefined when no kernel has been started, or its state is not known. */
  kernel?: KernelState
}
