/** Colours that a figure is drawn with. */
export type FigureColors = { text: string; background: string }

/** A figure ready to be loaded as an image. */
export type PreparedFigure = {
  /** The SVG as a file of its own. */
  text: string
  width: number | undefined
  height: number | undefined
  label: string
}

/**
 * Writes colours into an SVG: as an image it does not see the page's. `filled`: its background too, as a file needs it.
 * Undefined where it is not well-formed.
 */
export function prepareFigure(
  svg: string,
  { text, background }: FigureColors,
  filled = false,
): PreparedFigure | undefined {
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml')
  const root = document.documentElement
  if (root.nodeName !== 'svg' || document.querySelector('parsererror')) return
  if (!root.getAttribute('xmlns')) root.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const style = root.getAttribute('style') ?? ''
  const fill = filled ? ` background: ${background};` : ''
  root.setAttribute('style', `color: ${text}; --plot-background: ${background};${fill} ${style}`)
  const size = (name: string) => {
    const value = root.getAttribute(name) ?? ''
    return /^[\d.]+(px)?$/.test(value) ? Number.parseFloat(value) || undefined : undefined
  }
  return {
    text: new XMLSerializer().serializeToString(root),
    width: size('width'),
    height: size('height'),
    label: root.getAttribute('aria-label') ?? root.querySelector('title')?.textContent ?? 'Figure',
  }
}

export const figureUrl = (text: string) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
