import { SegmentedControl } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import type { Actions } from '../actions'
import { useView } from '../context'
import classes from '../graph/graph.module.css'
import { GraphNode } from '../graph/graph-node'
import { type Drawing, drawGraph, gap, node } from '../graph/layout'
import { linePath } from '../graph/line-path'
import { modeOf, modes, type Reactivity } from '../graph/modes'
import { neighbour } from '../graph/neighbour'
import { reduce } from '../graph/reduce'
import { mayEdit } from '../view'

/** Smaller than this, names are not read any more: then it scrolls. */
const smallest = 0.88
/** Lines run beside the outer columns, too. */
const margin = { x: gap.x / 2 + 1, y: 3 }

/** The cells and which uses which, with their states. A click, or Enter, goes to the cell. */
export function Graph({ actions }: { actions: Actions }) {
  const { ref, width } = useElementSize()
  const ids = useView((view) => view.graph.ids)
  const order = useView((view) => view.graph.order)
  const edges = useView((view) => view.graph.edges)
  const reactivity = useView((view) => view.settings.reactivity)
  const room = Math.floor(width / smallest - 2 * margin.x)
  const drawing = useMemo(() => drawGraph(ids, order, edges, room), [ids, order, edges, room])
  return (
    <div className={classes.panel}>
      <Mode reactivity={reactivity} actions={actions} />
      <div ref={ref} className={classes.area}>
        {ids.length === 0 ? (
          <p className={classes.nothing}>
            Each code cell is a box here, with a line to the cells that use its names.
          </p>
        ) : (
          width > 0 && <Picture drawing={drawing} width={width} actions={actions} />
        )}
      </div>
    </div>
  )
}

function Mode({ reactivity, actions }: { reactivity: Reactivity; actions: Actions }) {
  const editable = useView(mayEdit)
  return (
    <div className={classes.mode}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Cells that depend on a change"
        disabled={!editable}
        value={reactivity}
        onChange={(value) => actions.setReactivity(value as Reactivity)}
        data={modes.map(({ value, short }) => ({ value, label: short }))}
      />
      <p className={classes.modeDetail}>{modeOf(reactivity).detail}</p>
    </div>
  )
}

function Picture({ drawing, width, actions }: { drawing: Drawing; width: number; actions: Actions }) {
  const selected = useView((view) => view.selected)
  const all = useRef<SVGSVGElement>(null)
  const full = { width: drawing.width + 2 * margin.x, height: drawing.height + 2 * margin.y }
  const scale = Math.min(1, Math.max(smallest, width / full.width))
  const lines = useLines(drawing, selected)
  const beside = new Set(lines.flatMap(({ from, to, near }) => (near ? [from.id, to.id] : [])))
  const go = (event: KeyboardEvent) => {
    const places = drawing.nodes
    const at = places.findIndex(({ id }) => id === (event.target as Element).getAttribute('data-node'))
    const next = neighbour(places, at, event.key)
    if (at < 0 || next === undefined) return
    event.preventDefault()
    all.current?.querySelector<SVGGElement>(`[data-node="${next}"]`)?.focus()
  }
  return (
    <svg
      ref={all}
      className={classes.picture}
      width={full.width * scale}
      height={full.height * scale}
      viewBox={`${-margin.x} ${-margin.y} ${full.width} ${full.height}`}
      onKeyDown={go}
    >
      <title>Cells and the names they use</title>
      <defs>
        <marker
          id="graph-arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="6"
          markerHeight="6"
          orient="auto"
        >
          <path d="M0 0.8 7 4 0 7.2z" className={classes.arrow} />
        </marker>
      </defs>
      {lines.map(({ from, to, near }) => (
        <path
          key={`${from.id} ${to.id}`}
          className={classes.line}
          data-near={near || undefined}
          d={linePath(from, to)}
          markerEnd="url(#graph-arrow)"
        />
      ))}
      {drawing.nodes.map(({ id, x, y }, i) => (
        <GraphNode
          key={id}
          id={id}
          x={x - node.width / 2}
          y={y - node.height / 2}
          look={id === selected ? 'selected' : selected !== undefined && beside.has(id) ? 'near' : 'plain'}
          first={
            selected === undefined || !drawing.nodes.some((each) => each.id === selected)
              ? i === 0
              : id === selected
          }
          actions={actions}
        />
      ))}
    </svg>
  )
}

/** Lines that say something new, and all of the selected cell, which come last: over the others. */
function useLines({ nodes }: Drawing, selected: string | undefined) {
  const edges = useView((view) => view.graph.edges)
  const order = useView((view) => view.graph.order)
  return useMemo(() => {
    const inputs = reduce(order, edges)
    const rank = new Map(order.map((id, i) => [id, i]))
    const places = new Map(nodes.map((place) => [place.id, place]))
    const drawn = edges.flatMap(({ from, to }) => {
      const near = from === selected || to === selected
      const leadsBack = (rank.get(from) ?? 0) > (rank.get(to) ?? 0)
      if (!near && !leadsBack && !inputs.get(to)?.includes(from)) return []
      const [a, b] = [places.get(from), places.get(to)]
      return a && b ? [{ from: a, to: b, near }] : []
    })
    return drawn.sort((a, b) => Number(a.near) - Number(b.near))
  }, [nodes, edges, order, selected])
}
