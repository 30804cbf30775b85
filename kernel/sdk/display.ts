import type { MimeBundle } from '../../lib/protocol/events'
import { markShown } from './shown'

export type DisplayHost = {
  show(value: unknown, id: string): Promise<void>
  update(id: string, value: unknown): Promise<void>
  showBundle(data: MimeBundle, id: string): void
  updateBundle(id: string, data: MimeBundle): void
  freshId(kind: string): string
}

/** A display that can change: `const d = display(1); d.update(2)`. */
export type DisplayHandle = {
  id: string
  /** Shows another value in its place, wherever it is shown. */
  update(value: unknown): void
}

export type DisplayOptions = {
  /** A name of your own, for `update` from elsewhere: a display with the same name shows the same. */
  id?: string
}

/**
 * Shows a value under the cell: a table, a figure, a model, an image, a tensor, or any value as text.
 * An object with a method `[Symbol.for('Jupyter.display')]()` says itself how it is shown, as a MIME bundle.
 */
export function createDisplayFunction(host: DisplayHost) {
  return function display(value: unknown, options: DisplayOptions = {}): DisplayHandle {
    const id = options.id ?? host.freshId('display')
    report(host.show(value, id))
    return markShown({ id, update: (next: unknown) => report(host.update(id, next)) })
  }
}

/** An object's own `Jupyter.display` failed: said as an unhandled rejection, which the kernel shows. */
const report = (done: Promise<void>) => void done
