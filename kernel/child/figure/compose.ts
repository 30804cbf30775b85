/** The part of an HTML element, as linkedom makes it, that is read here. */
export type FigureElement = {
  tagName: string
  outerHTML: string
  innerHTML: string
  textContent: string | null
  getAttribute(name: string): string | null
  children: Iterable<FigureElement>
}

/** Plot's figure as one picture, and where in it the plot itself begins. */
export type Composed = { svg: string; width: number; height: number; top: number }

const lineHeight = 1.35
const swatchGap = 10

/**
 * A figure of Observable Plot (title, legends, plot and caption as HTML) as one SVG: it can be shown as an image and
 * saved whole. Undefined where it holds what a person made otherwise.
 */
export function composeFigure(figure: FigureElement): Composed | undefined {
  const isFigure = /-figure(\s|$)/.test(figure.getAttribute('class') ?? '')
  const parts = isFigure ? [...figure.children] : [figure]
  const svgs = parts.filter((part) => part.tagName.toLowerCase() === 'svg')
  const width = Math.max(0, ...svgs.map((svg) => sizeOf(svg).width)) || 640
  const drawn: string[] = []
  let y = 0
  let top = 0
  for (const part of parts) {
    const tag = part.tagName.toLowerCase()
    const text = part.textContent ?? ''
    if (tag === 'svg') {
      // A legend's first tick reaches over its edge.
      const isLegend = part !== svgs.at(-1) || !isFigure
      if (!isLegend) top = y
      drawn.push(nested(part, isLegend ? 8 : 0, y))
      y += sizeOf(part).height
    } else if (tag === 'h2' || tag === 'h3' || tag === 'figcaption') {
      if ([...part.children].length > 0) return undefined
      const { size, weight, after } = styles[tag]
      for (const line of wrap(text, width, size)) {
        drawn.push(textAt(line, 0, y + size, size, weight))
        y += Math.round(size * lineHeight)
      }
      y += after
    } else if (/(^|\s)plot-[\w-]*swatches(\s|$)/.test(part.getAttribute('class') ?? '')) {
      const legend = swatches(part, width, y)
      drawn.push(...legend.drawn)
      y += legend.height
    } else return undefined
  }
  const height = Math.ceil(y)
  // The plot's own rules name its class.
  const named = svgs.at(-1)?.getAttribute('class') ?? 'plot'
  const head = `<svg xmlns="http://www.w3.org/2000/svg" class="${escaped(named)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" fill="currentColor" font-family="system-ui, sans-serif" font-size="10">`
  const rule = '<style>text,tspan{white-space:pre}</style>'
  return { svg: `${head}${rule}${drawn.join('')}</svg>`, width, height, top }
}

const styles = {
  h2: { size: 17, weight: 600, after: 2 },
  h3: { size: 13, weight: 400, after: 6 },
  figcaption: { size: 12, weight: 400, after: 4 },
}

/** An SVG within another; its class goes, whose `height: auto` would have it fill the outer one. */
function nested(svg: FigureElement, x: number, y: number) {
  const markup = svg.outerHTML.replace(
    /^<svg([^>]*)>(\s*<style>[^<]*<\/style>)?/i,
    (_, attributes: string) => {
      const kept = attributes.replace(/\s(class|x|y|xmlns)="[^"]*"/g, '')
      return `<svg x="${x}" y="${y}" overflow="visible"${kept}>`
    },
  )
  return markup
}

/** A legend of swatches, in as many rows as it needs. */
function swatches(legend: FigureElement, width: number, top: number) {
  const drawn: string[] = []
  const row = 24
  let [x, y] = [0, top]
  for (const item of legend.children) {
    if (!/-swatch(\s|$)/.test(item.getAttribute('class') ?? '')) continue
    const [icon] = [...item.children].filter((child) => child.tagName.toLowerCase() === 'svg')
    const label = item.textContent ?? ''
    const size = icon ? sizeOf(icon) : { width: 0, height: 0 }
    const length = size.width + 5 + widthOf(label, 11)
    if (x > 0 && x + length > width) {
      x = 0
      y += row
    }
    if (icon) drawn.push(nested(icon, x, y + (row - size.height) / 2))
    drawn.push(textAt(label, x + size.width + 5, y + row / 2 + 4, 11, 400))
    x += length + swatchGap
  }
  return { drawn, height: y + row + 5 - top }
}

const sizeOf = (svg: FigureElement) => ({
  width: Number(svg.getAttribute('width')) || 0,
  height: Number(svg.getAttribute('height')) || 0,
})

const textAt = (text: string, x: number, y: number, size: number, weight: number) =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${weight}" text-anchor="start">${escaped(text)}</text>`

/** Estimated: there are no fonts here. */
function widthOf(text: string, size: number) {
  let em = 0
  for (const character of text) {
    if (/[iljtfrI.,:;'|!()[\] ]/.test(character)) em += 0.34
    else if (/[A-Zmw@%&]/.test(character)) em += 0.74
    else em += character > '\u2e80' ? 1 : 0.57
  }
  return em * size
}

function wrap(text: string, width: number, size: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word
    if (line && widthOf(longer, size) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

const round = (value: number) => Math.round(value * 10) / 10
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
