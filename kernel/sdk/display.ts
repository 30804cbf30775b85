import type { MimeBundle } from '../../lib/protocol/events'
import { markShown } from './shown'

export type DisplayHost = {
  show(value: unknown, id: string): Promise<void>
  update(id: string, value: unknown): Promise<void>
  showBundle(data: MimeBundle, id: string): void
  updateBundle(id: string, data: MimeBundle): void
  picture(value: unknown, options?: PictureOptions): MimeBundle
  freshId(kind: string): string
}

/** A display that can change: `const d = display(1); d.update(2)`. */
export type DisplayHandle<Value = unknown> = {
  id: string
  /** Shows another value in its place, wherever it is shown. */
  update(value: Value): void
}

export type PictureOptions = {
  /** Values that are black and white; unless given 0 and 1, 0 and 255, or the least and the greatest value. */
  min?: number
  max?: number
  /** Picture pixels per value; small pictures are enlarged unless it is given. */
  scale?: number
  /** Pictures beside each other, of a stack. */
  columns?: number
}

export type DisplayOptions = {
  /** A name of your own, for `update` from elsewhere: a display with the same name shows the same. */
  id?: string
}

export type DisplayFunction = {
  /**
   * Shows a value under the cell: a table, a figure, a model, an image, a tensor, or any value as text.
   * An object with a method `[Symbol.for('Jupyter.display')]()` says itself how it is shown, as a MIME bundle.
   */
  (value: unknown, options?: DisplayOptions): DisplayHandle
  /**
   * Shows a picture: the bytes of an image file, pixels, or numbers with a shape, as of a tensor or of MNIST's files.
   * A stack of pictures is shown side by side.
   */
  image(value: unknown, options?: PictureOptions): DisplayHandle
  /** Shows Markdown, with formulas (`$x^2$`) and diagrams (a code block of the language `mermaid`). */
  markdown(text: string): DisplayHandle<string>
}

/** `display` of the module `cellar`. */
export function createDisplayFunction(host: DisplayHost): DisplayFunction {
  function display(value: unknown, options: DisplayOptions = {}): DisplayHandle {
    const id = options.id ?? host.freshId('display')
    report(host.show(value, id))
    return markShown({ id, update: (next: unknown) => report(host.update(id, next)) })
  }
  /** Shows what `bundleOf` makes of a value. */
  const as = <Value>(bundleOf: (value: Value) => MimeBundle, first: Value): DisplayHandle<Value> => {
    const id = host.freshId('display')
    host.showBundle(bundleOf(first), id)
    return markShown({ id, update: (next: Value) => host.updateBundle(id, bundleOf(next)) })
  }
  return Object.assign(display, {
    image: (value: unknown, options?: PictureOptions) => as((next) => host.picture(next, options), value),
    markdown: (text: string) =>
      as((next: string) => ({ 'text/markdown': String(next), 'text/plain': String(next) }), text),
  })
}

/** An object's own `Jupyter.display` failed: said as an unhandled rejection, which the kernel shows. */
const report = (done: Promise<void>) => void done
