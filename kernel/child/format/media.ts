import type { MimeBundle } from '../../../lib/protocol/events'
import type { FigureTips } from '../../../lib/protocol/figure'
import { mime } from '../../../lib/protocol/mime'
import { type Composed, composeFigure, type FigureElement } from '../figure/compose'
import { tipsOf } from '../figure/tips'

const signatures: [type: string, bytes: number[], at?: number][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x57, 0x45, 0x42, 0x50], 8],
]

/** An image file in memory, by its first bytes. */
export function formatImage(bytes: Uint8Array): MimeBundle | undefined {
  const found = signatures.find(([, magic, at = 0]) => magic.every((byte, i) => bytes[at + i] === byte))
  if (!found) return undefined
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  return { [found[0]]: base64, 'text/plain': `${found[0]}, ${bytes.length.toLocaleString('en')} bytes` }
}

/** The part of a DOM element that is read here: Plot makes them with linkedom. */
export type ElementLike = FigureElement

export function isElement(value: object): value is ElementLike {
  const element = value as Partial<ElementLike>
  return typeof element.tagName === 'string' && typeof element.outerHTML === 'string'
}

export function formatElement(element: ElementLike): MimeBundle {
  const html = element.outerHTML
  const tips = tipsOf(element)
  if (element.tagName.toLowerCase() === 'svg') {
    const size = ['width', 'height'].map((name) => element.getAttribute(name))
    return figure(html, size.every(Boolean) ? `figure, ${size.join('×')}` : 'figure', tips)
  }
  const composed = composeFigure(element)
  if (!composed) return { 'text/html': html, 'text/plain': 'HTML' }
  const { svg, width, height, top } = composed
  return figure(svg, `figure, ${width}×${height}`, tips && lower(tips, { width, height, top }))
}

function figure(svg: string, text: string, tips: FigureTips | undefined): MimeBundle {
  const bundle = { 'image/svg+xml': withNamespaces(svg), 'text/plain': text }
  return tips ? { ...bundle, [mime.tips]: tips } : bundle
}

/** What was told of a plot, for the figure around it. */
function lower(tips: FigureTips, { width, height, top }: Omit<Composed, 'svg'>): FigureTips {
  const marks = tips.marks.map((mark) => ({ ...mark, y: mark.y.map((y) => y + top) }))
  return { width, height, marks }
}

/** As a file of its own an SVG must name its namespaces. */
function withNamespaces(svg: string) {
  const head = svg.slice(0, svg.indexOf('>'))
  let names = ''
  if (!/\sxmlns=/.test(head)) names += ' xmlns="http://www.w3.org/2000/svg"'
  if (svg.includes('xlink:') && !/\sxmlns:xlink=/.test(head))
    names += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
  return svg.replace(/^<svg/i, `<svg${names}`)
}
