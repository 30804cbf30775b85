import type { Plot } from '../../../../_ui/plot-figure'
import { pressShapes } from './press'
import { pale, short, style } from './style'

type Options = {
  names: string[]
  matrix: (number | null)[][]
  width: number
  height: number
  press: (x: string, y: string) => void
}

export const correlationHeight = (columns: number) => 120 + Math.min(560, Math.max(150, columns * 44))

/** A cell for each two columns, blue for falling and red for rising together. */
export function correlationPlot(Plot: Plot, { names, matrix, width, height, press }: Options): Element {
  const cells = matrix.flatMap((row, i) => row.map((value, j) => ({ x: String(j), y: String(i), value })))
  const domain = names.map((_, i) => String(i))
  const label = (most: number) => (key: string) => short(names[Number(key)]!, most)
  const longest = Math.min(18, Math.max(...names.map((name) => name.length)))
  const marginLeft = Math.min(width * 0.34, 16 + longest * 6.4)
  // Cells are no wider than twice their height.
  const used = Math.min(width, marginLeft + 20 + names.length * 2 * ((height - 120) / names.length))
  const isRoomy = (used - marginLeft) / names.length > 34
  const most = Math.floor(marginLeft / 6.4)
  const svg = Plot.plot({
    width: used,
    height,
    marginLeft,
    marginRight: 20,
    marginTop: 8,
    marginBottom: 96,
    style,
    x: { type: 'band', domain, label: null, tickFormat: label(16), tickRotate: -40, tickSize: 0 },
    y: { type: 'band', domain, label: null, tickFormat: label(most), tickSize: 0 },
    color: { type: 'diverging', scheme: 'rdbu', reverse: true, domain: [-1, 1], unknown: pale },
    marks: [
      Plot.cell(cells, {
        x: 'x',
        y: 'y',
        fill: (cell: (typeof cells)[number]) => cell.value ?? Number.NaN,
        inset: 0.5,
        className: 'press',
        title: ({ x, y, value }: (typeof cells)[number]) =>
          `${names[Number(y)]} and ${names[Number(x)]}: ${value === null ? 'none, one is constant' : value.toFixed(4)}`,
      }),
      ...(isRoomy
        ? [
            Plot.text(cells, {
              x: 'x',
              y: 'y',
              text: ({ value }: (typeof cells)[number]) => (value === null ? '–' : value.toFixed(2)),
              fill: ({ value }: (typeof cells)[number]) =>
                value === null ? 'currentColor' : Math.abs(value) > 0.6 ? 'white' : '#1d1a20',
              pointerEvents: 'none',
            }),
          ]
        : []),
    ],
  })
  return pressShapes(svg, 'press', (i) => {
    const { x, y } = cells[i]!
    press(names[Number(x)]!, names[Number(y)]!)
  })
}
