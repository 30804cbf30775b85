import type { Filter } from '../../../lib/datasets/explore/filter'
import {
  drawnSample,
  type Figure,
  type ScatterAnswer,
  wholeRows,
} from '../../../lib/datasets/explore/question'
import { axisOf } from './axis'
import { bucket } from './bucket'
import { colourOf } from './colour'
import { conditionOf } from './condition'
import { sampled } from './sample'
import { columnOf, type Source } from './source'

type Scatter = Extract<Figure, { kind: 'scatter' }>

/** Bars of a binned figure along x and y. */
const across = 48
const upward = 30

/** Two columns against each other: a dot for each row, or above `wholeRows` bins or a sample. */
export async function answerScatter(
  source: Source,
  { x, y, colour, many }: Scatter,
  filters: readonly Filter[],
): Promise<ScatterAnswer> {
  const where = conditionOf(source, filters)
  const [onX, onY] = [
    await axisOf(source, columnOf(source, x), where),
    await axisOf(source, columnOf(source, y), where),
  ]
  const [row] = await source.rows(
    `SELECT count(*)::DOUBLE, count(*) FILTER (w)::DOUBLE, count(*) FILTER (w AND x IS NOT NULL AND y IS NOT NULL)::DOUBLE ` +
      `FROM (SELECT ${onX.place} AS x, ${onY.place} AS y, ${where} AS w FROM ${source.from})`,
  )
  const [all, rows, placed] = row as [number, number, number]
  const known = { all, rows, left: rows - placed, xAxis: onX.axis, yAxis: onY.axis }
  const isMany = placed > wholeRows
  if (isMany && many === 'bins') {
    const [xEdges, yEdges] = [onX.edges(across), onY.edges(upward)]
    const [i, j, counts] = await source.byColumn(
      `SELECT ${bucket('x', xEdges)} AS i, ${bucket('y', yEdges)} AS j, count(*)::DOUBLE ` +
        `FROM (SELECT ${onX.place} AS x, ${onY.place} AS y FROM ${source.from} WHERE ${where}) ` +
        `WHERE x IS NOT NULL AND y IS NOT NULL GROUP BY i, j ORDER BY i, j`,
    )
    return {
      ...known,
      drawn: {
        kind: 'bins',
        xEdges,
        yEdges,
        i: i as number[],
        j: j as number[],
        counts: counts as number[],
      },
    }
  }
  const { scale, colour: value } = await colourOf(source, colour)
  const part = isMany ? ` AND ${sampled(placed, drawnSample)}` : ''
  const [xs, ys, colours, counts] = (await source.byColumn(
    `SELECT x, y, colour, count(*)::DOUBLE FROM (SELECT ${onX.place} AS x, ${onY.place} AS y, ${value} AS colour ` +
      `FROM ${source.from} WHERE (${where})${part}) ` +
      `WHERE x IS NOT NULL AND y IS NOT NULL GROUP BY x, y, colour ORDER BY x, y, colour`,
  )) as [number[], number[], (number | null)[], number[]]
  return {
    ...known,
    drawn: {
      kind: 'dots',
      x: xs,
      y: ys,
      colour: scale.kind === 'none' ? null : colours,
      counts: counts.some((count) => count > 1) ? counts : null,
      scale,
      sampleOf: isMany ? placed : null,
    },
  }
}
