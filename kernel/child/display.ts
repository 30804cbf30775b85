import type { MimeBundle } from '../../lib/protocol/events'
import type { ChildMessage } from '../../lib/protocol/kernel'
import type { PictureOptions } from '../sdk/display'
import type { Execution, Executions } from './executions'
import { format, type NameTable, ownFormat } from './format'
import { formatPicture } from './format/image'

/** Shows bundles where the running cell's outputs stand. */
export type Display = {
  /** A value in its own form. `id`: later updates name it. */
  show(value: unknown, id?: string): Promise<void>
  update(id: string, value: unknown): Promise<void>
  /** A bundle as it is. */
  showBundle(data: MimeBundle, id?: string): void
  updateBundle(id: string, data: MimeBundle): void
  /** A bundle with a picture of the value. Throws where none can be made of it. */
  picture(value: unknown, options?: PictureOptions): MimeBundle
  /** An id that no other display of this kernel has. */
  freshId(kind: string): string
}

export function createDisplay(
  send: (message: ChildMessage) => void,
  executions: Executions,
  nameTable?: NameTable,
): Display {
  /** The execution that made a display owns its updates too. */
  const owners = new Map<string, Execution>()
  const instance = process.hrtime.bigint().toString(36)
  let serial = 0

  const emit = (execution: Execution | undefined, data: MimeBundle, id?: string, update?: boolean) => {
    if (!execution) return
    const { executionId, cellId } = execution
    const message: ChildMessage = { type: 'display', executionId, cellId, data }
    if (id !== undefined) message.displayId = id
    if (update) message.update = true
    send(message)
  }
  const showIn = (execution: Execution | undefined, data: MimeBundle, id?: string) => {
    if (id !== undefined && execution) owners.set(id, execution)
    emit(execution, data, id)
  }
  const updateBundle = (id: string, data: MimeBundle) =>
    emit(owners.get(id) ?? executions.owner(), data, id, true)

  return {
    showBundle: (data, id) => showIn(executions.owner(), data, id),
    updateBundle,
    // Not async functions: what needs no promise is shown before the next statement.
    show(value, id) {
      const execution = executions.owner()
      const own = ownFormat(value)
      if (own) return own.then((data) => showIn(execution, data, id))
      showIn(execution, format(value, nameTable), id)
      return Promise.resolve()
    },
    update(id, value) {
      const own = ownFormat(value)
      if (own) return own.then((data) => updateBundle(id, data))
      updateBundle(id, format(value, nameTable))
      return Promise.resolve()
    },
    picture: formatPicture,
    freshId: (kind) => `${kind}-${instance}-${++serial}`,
  }
}
