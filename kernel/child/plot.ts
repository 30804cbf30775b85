import { createCanvas } from './figure/canvas'
import type { SvgNode } from './figure/mark-places'
import { createTips } from './figure/tips'
import type { Module } from './importer'

type Options = { document?: unknown; marks?: unknown[] } & Record<string, unknown>
type Plotting = (options?: Options) => unknown
type MarkClass = { prototype: { plot: Plotting } }

/**
 * Observable Plot with a document to draw in, and an eye on what it draws where. The document comes as an argument:
 * global `window` and `document` would make tfjs and others believe that they run in a browser.
 */
export async function withDocument(plot: Module): Promise<Module> {
  const { parseHTML } = await import('linkedom')
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const createElement = document.createElement.bind(document)
  document.createElement = ((name: string) =>
    name === 'canvas' ? createCanvas() : createElement(name)) as typeof document.createElement
  const draw = plot.plot as Plotting
  const legend = plot.legend as Plotting
  const mark = plot.Mark as MarkClass
  const tips = createTips(plot)

  const own: Plotting = ({ marks = [], ...options } = {}) => {
    const watched = tips.watch(marks)
    const element = draw({ document, ...options, marks: watched.marks }) as SvgNode
    const svgs = Array.from(element.children).filter(({ tagName }) => tagName.toLowerCase() === 'svg')
    const isSvg = element.tagName.toLowerCase() === 'svg'
    // In a figure the plot comes after its legends.
    const svg = isSvg ? element : svgs.at(-1)
    try {
      if (svg) watched.keep(element, svg)
    } catch {
      // Values that have no text or no number: the figure is drawn, and tells nothing.
    }
    return element
  }
  mark.prototype.plot = function (this: unknown, { marks = [], ...options }: Options = {}) {
    return own({ ...options, marks: [...marks, this] })
  }
  return { ...plot, plot: own, legend: (options: Options = {}) => legend({ document, ...options }) }
}
