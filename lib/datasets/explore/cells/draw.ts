import type { DatasetColumn } from '../../../protocol/dataset'
import { type Figure, mostBars } from '../question'
import { member, quote } from './names'

type Draw = {
  figure: Figure
  columns: readonly DatasetColumn[]
  /** Edges of the histogram that the page shows, of the axes of a binned scatter. */
  edges?: { x: readonly number[]; y?: readonly number[] }
}

/** The lines whose last expression is the figure, made of `rows`. */
export function drawFigure({ figure, columns, edges }: Draw): string[] {
  const typeOf = (name: string) => columns.find((column) => column.name === name)?.type
  const isMeasured = (name: string) => ['integer', 'number', 'date', 'datetime'].includes(typeOf(name) ?? '')
  switch (figure.kind) {
    case 'attribute':
      return isMeasured(figure.column)
        ? histogram(figure.column, typeOf(figure.column)!, edges?.x)
        : bars(figure.column)
    case 'scatter':
      return edges ? binned(figure, edges) : scatter(figure, isMeasured, typeOf)
    case 'correlation':
      return correlation(figure)
    case 'boxes':
      return boxes(figure, typeOf)
    case 'gallery':
      return gallery(figure, columns.find(({ name }) => name === figure.images)?.shape ?? [])
  }
}

const style = `fill: '#8c3b5a'`

function histogram(column: string, type: string, edges: readonly number[] | undefined): string[] {
  return [
    'Plot.plot({',
    `  x: { label: ${quote(column)} },`,
    `  y: { grid: true, label: 'rows' },`,
    '  marks: [',
    `    Plot.rectY(rows, Plot.binX({ y: 'count' }, { x: ${quote(column)}, ${thresholds(type, edges)}, ${style} })),`,
    '    Plot.ruleY([0]),',
    '  ],',
    '})',
  ]
}

function thresholds(type: string, edges: readonly number[] | undefined): string {
  if (!edges || type === 'date' || type === 'datetime') return `thresholds: ${(edges?.length ?? 25) - 1}`
  return `thresholds: [${edges.join(', ')}]`
}

function bars(column: string): string[] {
  return [
    'Plot.plot({',
    '  marginLeft: 120,',
    `  x: { grid: true, label: 'rows' },`,
    '  y: { label: null },',
    '  marks: [',
    `    Plot.barX(rows, Plot.groupY({ x: 'count' }, { y: ${quote(column)}, sort: { y: '-x', limit: ${mostBars} }, ${style} })),`,
    '    Plot.ruleX([0]),',
    '  ],',
    '})',
  ]
}

type Scatter = Extract<Figure, { kind: 'scatter' }>

function scatter(
  { x, y, colour }: Scatter,
  isMeasured: (name: string) => boolean,
  typeOf: (name: string) => string | undefined,
): string[] {
  const areNames = colour !== null && !isMeasured(colour)
  const scale = areNames
    ? `{ legend: true, type: 'categorical', scheme: 'observable10' }`
    : `{ legend: true }`
  const fill = colour === null ? style : `fill: ${quote(colour)}`
  const isWhole = colour !== null && typeOf(colour) === 'integer'
  return [
    'Plot.plot({',
    '  grid: true,',
    ...(isMeasured(y) ? [] : ['  marginLeft: 120,']),
    `  x: { label: ${quote(x)}${isMeasured(x) ? ', nice: true' : ''} },`,
    `  y: { label: ${quote(y)}${isMeasured(y) ? ', nice: true' : ''} },`,
    ...(colour === null ? [] : [`  color: ${isWhole ? `{ legend: true, scheme: 'viridis' }` : scale},`]),
    `  marks: [Plot.dot(rows, { x: ${quote(x)}, y: ${quote(y)}, ${fill}, r: 3.5, fillOpacity: 0.8 })],`,
    '})',
  ]
}

function binned({ x, y }: Scatter, edges: NonNullable<Draw['edges']>): string[] {
  return [
    'Plot.plot({',
    `  x: { label: ${quote(x)} },`,
    `  y: { label: ${quote(y)} },`,
    `  color: { legend: true, type: 'log', scheme: 'blues', label: 'rows' },`,
    '  marks: [',
    `    Plot.rect(rows, Plot.bin({ fill: 'count' }, { x: { value: ${quote(x)}, thresholds: ${edges.x.length - 1} }, ` +
      `y: { value: ${quote(y)}, thresholds: ${(edges.y?.length ?? 31) - 1} } })),`,
    '  ],',
    '})',
  ]
}

function correlation({ columns, method }: Extract<Figure, { kind: 'correlation' }>): string[] {
  const lines = [
    `const names = [${columns.map(quote).join(', ')}] as const`,
    '',
    '/** The coefficient over the rows that have both. */',
    'function correlation(a: keyof Row, b: keyof Row) {',
    '  const pairs = rows',
    '    .map((row) => [row[a], row[b]])',
    '    .filter((pair): pair is [number, number] => pair.every(Number.isFinite))',
    method === 'pearson'
      ? '  const [x, y] = [pairs.map((pair) => pair[0]), pairs.map((pair) => pair[1])]'
      : '  const [x, y] = [ranks(pairs.map((pair) => pair[0])), ranks(pairs.map((pair) => pair[1]))]',
    '  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length',
    '  const [mx, my] = [mean(x), mean(y)]',
    '  const covariance = x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0)',
    '  const spread = (values: number[], m: number) => Math.sqrt(values.reduce((sum, value) => sum + (value - m) ** 2, 0))',
    '  return covariance / (spread(x, mx) * spread(y, my))',
    '}',
  ]
  if (method === 'spearman') {
    lines.push(
      '',
      '/** Places in ascending order from 1, equal values sharing the mean of theirs. */',
      'function ranks(values: number[]) {',
      '  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j])',
      '  const places = new Array<number>(values.length)',
      '  for (let from = 0, to = 0; from < order.length; from = to) {',
      '    while (to < order.length && values[order[to]] === values[order[from]]) to++',
      '    for (let i = from; i < to; i++) places[order[i]] = (from + to + 1) / 2',
      '  }',
      '  return places',
      '}',
    )
  }
  return [
    ...lines,
    '',
    'const cells = names.flatMap((a) => names.map((b) => ({ a, b, value: correlation(a, b) })))',
    'Plot.plot({',
    '  marginLeft: 120,',
    '  marginBottom: 90,',
    '  x: { domain: names, label: null, tickRotate: -40 },',
    '  y: { domain: names, label: null },',
    `  color: { type: 'diverging', scheme: 'rdbu', domain: [-1, 1], legend: true, label: ${quote(method === 'pearson' ? 'Pearson' : 'Spearman')} },`,
    '  marks: [',
    `    Plot.cell(cells, { x: 'b', y: 'a', fill: 'value', inset: 0.5 }),`,
    `    Plot.text(cells, { x: 'b', y: 'a', text: (cell) => cell.value.toFixed(2), fill: (cell) => (Math.abs(cell.value) > 0.6 ? 'white' : 'black') }),`,
    '  ],',
    '})',
  ]
}

function boxes(
  { value, group }: Extract<Figure, { kind: 'boxes' }>,
  typeOf: (name: string) => string | undefined,
): string[] {
  const isText = group !== null && typeOf(group) === 'text'
  const by =
    group === null
      ? ''
      : `, x: ${isText ? `(row) => ${member(group)} ?? 'missing'` : `(row) => String(${member(group)} ?? 'missing')`}`
  return [
    'Plot.plot({',
    `  x: { label: ${group === null ? 'null' : quote(group)} },`,
    `  y: { grid: true, label: ${quote(value)} },`,
    `  marks: [Plot.boxY(rows, { y: ${quote(value)}${by}, fill: '#c98ba3' })],`,
    '})',
  ]
}

function gallery(
  { images, label }: Extract<Figure, { kind: 'gallery' }>,
  shape: readonly number[],
): string[] {
  const [height = 1, width = 1] = shape
  return [
    ...(label === null
      ? ['const examples = rows.slice(0, 40)']
      : [
          `const labels = [...new Set(rows.map((row) => ${member(label)}))].sort()`,
          `const examples = labels.flatMap((label) => rows.filter((row) => ${member(label)} === label).slice(0, 10))`,
        ]),
    `const [height, width, across] = [${height}, ${width}, 10]`,
    'const down = Math.ceil(examples.length / across)',
    'const pixels = new Float64Array(across * width * down * height)',
    'examples.forEach((row, i) => {',
    '  const start = Math.floor(i / across) * height * across * width + (i % across) * width',
    `  for (const [at, value] of (${member(images)} ?? []).slice(0, height * width).entries())`,
    '    pixels[start + Math.floor(at / width) * across * width + (at % width)] = value',
    '})',
    'Plot.plot({',
    '  width: across * 44,',
    '  height: down * 44,',
    '  margin: 0,',
    '  axis: null,',
    '  y: { reverse: true },',
    `  color: { scheme: 'greys', reverse: true },`,
    `  marks: [Plot.raster(pixels, { width: across * width, height: down * height, imageRendering: 'pixelated' })],`,
    '})',
  ]
}
