import * as Plot from '@observablehq/plot'
import { beforeAll, expect, test } from 'vitest'
import { format } from '../../../kernel/child/format'
import { withDocument } from '../../../kernel/child/plot'
import type { FigureTips } from '../../../lib/protocol/figure'
import { mime } from '../../../lib/protocol/mime'

let plot: typeof Plot
beforeAll(async () => {
  plot = (await withDocument({ ...Plot })) as unknown as typeof Plot
})
const tips = (element: unknown) => format(element)[mime.tips] as FigureTips | undefined
const told = (element: unknown) => tips(element)?.marks.map(({ lines }) => lines)

const flowers = [
  { length: 1, width: 10, kind: 'a', year: 1999 },
  { length: 2, width: 20000.5, kind: 'b', year: 2000 },
]

test('dots tell their channels by name, and where they stand', () => {
  expect(tips(plot.dot(flowers, { x: 'length', y: 'width', fill: 'kind' }).plot())).toEqual({
    width: 640,
    height: 400,
    marks: [
      {
        nearest: 'both',
        x: [40, 620],
        y: [370, 20],
        lines: [
          { label: 'length', texts: ['1', '2'] },
          { label: 'width', texts: ['10', '20,000.5'] },
          { label: 'kind', texts: ['a', 'b'], colors: ['#4269d0', '#efb118'] },
        ],
      },
    ],
  })
})

test('a line is pointed at along x, every series of several nearest', () => {
  const walk = [1, 2, 3].map((x) => ({ x, y: x * x }))
  expect(
    tips(plot.lineY(walk, { x: 'x', y: 'y' }).plot())?.marks.map(({ nearest, x }) => [nearest, x]),
  ).toEqual([['x', [40, 330, 620]]])
  expect(
    told(
      plot.plot({
        marks: [
          plot.line(
            walk.flatMap((row) => ['a', 'b'].map((of) => ({ ...row, of }))),
            { x: 'x', y: 'y', stroke: 'of' },
          ),
        ],
      }),
    ),
  ).toMatchObject([
    [
      { label: 'x', texts: ['1', '2', '3'] },
      { label: 'y', texts: ['1', '4', '9'] },
      { label: 'of', texts: ['a', 'a', 'a'] },
    ],
  ])
})

test('bars tell their own height, also when stacked, and have a size', () => {
  const bars = plot.plot({
    marks: [plot.barY(flowers, { x: 'year', y: 'length', fill: 'kind' }), plot.ruleY([0])],
  })
  expect(told(bars)).toEqual([
    [
      { label: 'year', texts: ['1999', '2000'] },
      { label: 'length', texts: ['1', '2'] },
      { label: 'kind', texts: ['a', 'b'], colors: ['#4269d0', '#efb118'] },
    ],
  ])
  const [mark] = tips(bars)!.marks
  expect([mark!.nearest, mark!.width!.every((size) => size > 100), mark!.height]).toEqual([
    'x',
    true,
    [175, 350],
  ])
})

test('a histogram tells the ends of its bins', () => {
  const values = Array.from({ length: 100 }, (_, i) => ({ v: i }))
  const bins = plot.rectY(values, plot.binX({ y: 'count' }, { x: 'v', thresholds: 2 })).plot()
  expect(told(bins)).toEqual([
    [
      { label: 'v', texts: ['0–50', '50–100'] },
      { label: 'Frequency', texts: ['50', '50'] },
    ],
  ])
})

test('facets stand in their places and say which they are', () => {
  const facets = plot.dot(flowers, { x: 'length', y: 'width', fx: 'kind' }).plot()
  expect(tips(facets)?.marks.map(({ x, lines }) => [x[1]! - x[0]! > 200, lines.at(-1)])).toEqual([
    [true, { label: 'kind', texts: ['a', 'b'] }],
  ])
})

test('a title of the mark is all that is told; further channels are told too', () => {
  const options = { x: 'length', y: 'width' } as const
  expect(told(plot.dot(flowers, { ...options, title: (d) => `${d.kind}!` }).plot())).toEqual([
    [{ label: '', texts: ['a!', 'b!'] }],
  ])
  expect(told(plot.dot(flowers, { ...options, channels: { grown: 'year' } }).plot())?.[0]?.at(-1)).toEqual({
    label: 'grown',
    texts: ['1999', '2000'],
  })
})

test('dates are told as days, empty values not at all, axes and frames neither', () => {
  const rows = [{ day: new Date('2026-01-31'), n: 1e-7, none: null }]
  const figure = plot.plot({
    marks: [
      plot.frame(),
      plot.axisX(),
      plot.gridY(),
      plot.dot(rows, { x: 'day', y: 'n', channels: { none: 'none' } }),
    ],
  })
  expect(told(figure)).toEqual([
    [
      { label: 'day', texts: ['2026-01-31'] },
      { label: 'n', texts: ['1e-7'] },
    ],
  ])
})

test('rows that cannot be told leave the figure as it is', () => {
  const untold = {
    toString: () => {
      throw new Error('no text')
    },
  }
  const rows = [{ x: 1, y: 2, untold }]
  const figure = plot.dot(rows, { x: 'x', y: 'y', channels: { untold: 'untold' } }).plot()
  expect(Object.keys(format(figure))).toEqual(['image/svg+xml', 'text/plain'])
})

test('of a hundred thousand dots one is told on each pixel', () => {
  const many = Array.from({ length: 100_000 }, (_, i) => ({ x: i % 100, y: Math.floor(i / 100) % 100 }))
  expect(tips(plot.dot(many, { x: 'x', y: 'y' }).plot())?.marks.map(({ x }) => x.length)).toEqual([10_000])
})

test('marks drawn together and those that Plot chooses find their document', () => {
  expect(told(plot.marks(plot.dot(flowers, { x: 'length', y: 'width' })).plot())?.length).toBe(1)
  expect(told(plot.auto(flowers, { x: 'length', y: 'width' }).plot())?.length).toBe(1)
})

test('a figure with title, legend and caption is one picture, its plot below the legend', () => {
  const options = { title: 'Sizes & <kinds>', caption: 'of flowers', color: { legend: true } } as const
  const figure = plot.plot({
    ...options,
    marks: [plot.dot(flowers, { x: 'length', y: 'width', fill: 'kind' })],
  })
  const bundle = format(figure)
  expect(Object.keys(bundle)).toEqual(['image/svg+xml', 'text/plain', mime.tips])
  const svg = String(bundle['image/svg+xml'])
  const texts = [...svg.matchAll(/<text x="[^"]*" y="[^"]*" font-size="(\d+)"[^>]*>([^<]*)</g)]
  expect(texts.map(([, size, text]) => [size, text])).toEqual([
    ['17', 'Sizes &#38; &#60;kinds&#62;'],
    ['11', 'a'],
    ['11', 'b'],
    ['12', 'of flowers'],
  ])
  const { width, height, marks } = tips(figure)!
  expect([width, height, marks[0]!.y]).toEqual([640, 474, [424, 74]])
})

test('a ramp of colours and a raster hold their picture', () => {
  const figure = plot.plot({
    color: { legend: true, scheme: 'viridis' },
    marks: [plot.raster({ width: 2, height: 1, fill: (x: number) => x, x1: 0, y1: 0, x2: 2, y2: 1 })],
  })
  const pictures = String(format(figure)['image/svg+xml']).match(/data:image\/png;base64,[^"]+/g) ?? []
  const sizes = pictures.map((url) => {
    const png = Buffer.from(url.split(',')[1]!, 'base64')
    return [png.readUInt32BE(16), png.readUInt32BE(20)]
  })
  expect(sizes).toEqual([
    [256, 1],
    [2, 1],
  ])
})

test('a legend alone is a picture; a figure with an element of the person stays HTML', () => {
  const legend = format(plot.legend({ color: { domain: ['a', 'b'], type: 'categorical' } }))
  expect(Object.keys(legend)).toEqual(['image/svg+xml', 'text/plain'])
  const own = plot.plot({ caption: plot.dot([]).plot() as never, marks: [] })
  expect(Object.keys(format(own))).toEqual(['text/html', 'text/plain'])
})
