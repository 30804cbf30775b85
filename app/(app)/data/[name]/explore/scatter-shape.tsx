'use client'

import { formatCategory, formatMeasure } from '../../../../../lib/datasets/explore/describe'
import type { Filter } from '../../../../../lib/datasets/explore/filter'
import type { Axis, Figure, ScatterAnswer } from '../../../../../lib/datasets/explore/question'
import { palette } from '../../../../_ui/plot-figure'
import { formatCount } from '../../../../_ui/units'
import { useExploring } from './context'
import classes from './explore.module.css'
import type { Shape } from './explore-figure'
import { FigureTable } from './figure-table'
import { binsPlot, dotsPlot, scatterHeight } from './scatter-plot'
import { otherColour } from './style'

type Scatter = Extract<Figure, { kind: 'scatter' }>
/** Lines of its table. */
const mostLines = 200

/** How a scatter is drawn, said and pressed. */
export function useScatterShape() {
  const { columns, filters, press, setFilters } = useExploring()
  const typeOf = (name: string) => columns.find((column) => column.name === name) ?? { type: 'text' as const }

  return (answer: ScatterAnswer, { x, y, colour }: Scatter): Shape => {
    const { drawn, xAxis, yAxis, rows, left } = answer
    const saysX = (value: number) => sayPlace(value, xAxis, typeOf(x))
    const saysY = (value: number) => sayPlace(value, yAxis, typeOf(y))
    const notes = [
      ...(left > 0
        ? [
            `${formatCount(left)} rows have no place here: a value is missing, not finite, or too rare a category.`,
          ]
        : []),
    ]
    if (drawn.kind === 'bins') {
      if (colour !== null) notes.unshift('Bins have no room for colours: choose Sample for them.')
      notes.unshift(`Rows counted in ${drawn.xEdges.length - 1} × ${drawn.yEdges.length - 1} bins.`)
      const pick = (at: number) => {
        const both = [
          placeFilter(x, xAxis, drawn.xEdges, drawn.i[at]!),
          placeFilter(y, yAxis, drawn.yEdges, drawn.j[at]!),
        ]
        setFilters([...filters.filter(({ column }) => column !== x && column !== y), ...both])
      }
      const order = drawn.counts.map((_, at) => at).sort((a, b) => drawn.counts[b]! - drawn.counts[a]!)
      const name = (edges: readonly number[], at: number, axis: Axis, say: (value: number) => string) =>
        axis.kind === 'categories' ? say(at) : `${say(edges[at]!)} to ${say(edges[at + 1]!)}`
      const nameOf = (at: number) =>
        `${x} ${name(drawn.xEdges, drawn.i[at]!, xAxis, saysX)}, ${y} ${name(drawn.yEdges, drawn.j[at]!, yAxis, saysY)}`
      return {
        height: scatterHeight,
        label: `${y} by ${x}, ${formatCount(rows)} rows counted in bins${order.length > 0 ? `; most at ${nameOf(order[0]!)}` : ''}`,
        draw: (plot, width) =>
          binsPlot(plot, { answer, drawn, names: { x, y }, says: nameOf, width, press: pick }),
        edges: { x: drawn.xEdges, y: drawn.yEdges },
        table: () => (
          <FigureTable
            label={`${y} by ${x}`}
            head={['Bin', 'Rows']}
            of={order.length}
            rows={order.slice(0, mostLines).map((at) => ({
              key: String(at),
              cells: [nameOf(at), formatCount(drawn.counts[at]!)],
              onPress: () => pick(at),
            }))}
          />
        ),
        children: <Notes notes={notes} />,
      }
    }
    const { scale } = drawn
    const names = scale.kind === 'categories' ? scale.values.map(formatCategory) : []
    const legend = [
      ...names.map((name, i) => ({ name, colour: palette[i % palette.length]! })),
      ...(scale.kind === 'categories' && scale.others ? [{ name: 'others', colour: otherColour }] : []),
    ]
    const colourFilter = (i: number): Filter | undefined =>
      scale.kind === 'categories' && colour !== null && i < scale.values.length
        ? { kind: 'values', column: colour, values: [scale.values[i]!] }
        : undefined
    const saysColour = (at: number) => {
      const value = drawn.colour?.[at]
      if (value == null) return 'missing'
      return scale.kind === 'categories'
        ? (names[value] ?? 'another')
        : formatMeasure(value, typeOf(colour ?? ''))
    }
    const drawnRows = drawn.counts ? drawn.counts.reduce((sum, count) => sum + count, 0) : drawn.x.length
    if (drawn.sampleOf !== null)
      notes.unshift(`A sample of ${formatCount(drawnRows)} of ${formatCount(drawn.sampleOf)} rows.`)
    const saysDot = (at: number) =>
      `${x} ${saysX(drawn.x[at]!)}\n${y} ${saysY(drawn.y[at]!)}` +
      (colour === null ? '' : `\n${colour} ${saysColour(at)}`) +
      (drawn.counts && drawn.counts[at]! > 1 ? `\n${formatCount(drawn.counts[at]!)} rows` : '')
    return {
      height: scatterHeight,
      label:
        `Scatter plot of ${y} by ${x}${colour === null ? '' : `, coloured by ${colour}`}: ${formatCount(drawnRows)} rows` +
        (legend.length > 0 ? ` of ${legend.map(({ name }) => name).join(', ')}` : ''),
      legend,
      onLegend: (i, adding) => {
        const filter = colourFilter(i)
        if (filter) press(filter, adding)
      },
      draw: (plot, width) => dotsPlot(plot, { answer, drawn, names: { x, y, colour }, says: saysDot, width }),
      table: () => (
        <FigureTable
          label={`${y} by ${x}`}
          head={[x, y, ...(colour === null ? [] : [colour]), 'Rows']}
          of={drawn.x.length}
          rows={drawn.x.slice(0, mostLines).map((value, at) => ({
            key: String(at),
            cells: [
              saysX(value),
              saysY(drawn.y[at]!),
              ...(colour === null ? [] : [saysColour(at)]),
              formatCount(drawn.counts?.[at] ?? 1),
            ],
          }))}
        />
      ),
      children: <Notes notes={notes} />,
    }
  }
}

const sayPlace = (
  value: number,
  axis: Axis,
  column: { type: 'text' } | Parameters<typeof formatMeasure>[1],
) => (axis.kind === 'categories' ? formatCategory(axis.values[value] ?? null) : formatMeasure(value, column))

/** The rows of one bin along one axis. */
function placeFilter(column: string, axis: Axis, edges: readonly number[], i: number): Filter {
  if (axis.kind === 'categories') return { kind: 'values', column, values: [axis.values[i] ?? null] }
  return { kind: 'range', column, from: edges[i]!, to: edges[i + 1]!, closed: i === edges.length - 2 }
}

function Notes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null
  return (
    <div className={classes.notes}>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  )
}
