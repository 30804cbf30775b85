import type { DatasetColumn } from '../../protocol/dataset'
import { drawFigure } from './cells/draw'
import { loadRows } from './cells/load'
import { describeFigure, describeFilter } from './describe'
import type { Filter } from './filter'
import type { Figure } from './question'

/** A figure of a version, as the page shows it. */
export type Shown = {
  dataset: string
  version: number
  /** Of the version, all of them. */
  rows: number
  columns: readonly DatasetColumn[]
  figure: Figure
  filters: readonly Filter[]
  /** Edges of a histogram or of a binned scatter. */
  edges?: { x: readonly number[]; y?: readonly number[] }
}

export type ExploreCell = { kind: 'markdown' | 'code'; source: string }

/** The cells of a notebook that make a figure of the page. */
export function cellsOf({ dataset, version, rows, columns, figure, filters, edges }: Shown): ExploreCell[] {
  const needed = new Set([...namesOf(figure), ...filters.map(({ column }) => column)])
  const used = columns.filter(({ name }) => needed.has(name))
  const rule = filters.map((filter) => describeFilter(filter, columns)).join(', ')
  const code = [
    `import * as Plot from '@observablehq/plot'`,
    `import { dataset } from 'cellar'`,
    '',
    ...loadRows({ dataset, version, rows, columns: used, filters }),
    '',
    ...drawFigure({ figure, columns, edges }),
  ]
  return [
    {
      kind: 'markdown',
      source: `## ${oneLine(describeFigure(figure))}\n\nOf version ${version} of the data set ${dataset}${rule && `, where ${oneLine(rule)}`}.`,
    },
    { kind: 'code', source: code.join('\n') },
  ]
}

/** The columns that a figure is about. */
export function namesOf(figure: Figure): string[] {
  switch (figure.kind) {
    case 'attribute':
      return [figure.column]
    case 'scatter':
      return [figure.x, figure.y, ...(figure.colour === null ? [] : [figure.colour])]
    case 'correlation':
      return figure.columns
    case 'boxes':
      return [figure.value, ...(figure.group === null ? [] : [figure.group])]
    case 'gallery':
      return [figure.images, ...(figure.label === null ? [] : [figure.label])]
  }
}

/** As text of Markdown: names of columns and values are anything. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~$]/g, '\\$&')
