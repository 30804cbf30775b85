import type { Module } from './importer'

type Options = { document?: unknown; marks?: unknown[] } & Record<string, unknown>
type Plotting = (options?: Options) => unknown
type MarkClass = { prototype: { plot: Plotting } }

/**
 * Observable Plot with a document to draw in. It comes as an argument: global `window` and `document` would make
 * tfjs and others believe that they run in a browser.
 */
export async function withDocument(plot: Module): Promise<Module> {
  const { parseHTML } = await import('linkedom')
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const drawing =
    (draw: Plotting): Plotting =>
    (options = {}) =>
      draw({ document, ...options })
  const mark = plot.Mark as MarkClass
  const own = drawing(plot.plot as Plotting)
  mark.prototype.plot = function (this: unknown, { marks = [], ...options }: Options = {}) {
    return own({ ...options, marks: [...marks, this] })
  }
  return { ...plot, plot: own, legend: drawing(plot.legend as Plotting) }
}
