import { SegmentedControl } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import type { Actions } from '../actions'
import { useView } from '../context'
import { mayEdit } from '../view'
import classes from './graph.module.css'
import { GraphNode } from './graph-node'
import { type Drawing, drawGraph, type Line, node } from './layout'
import { modeOf, modes, type Reactivity } from './modes'
import { neighbour } from './neighbour'

/** Smaller than this, names are not read any more: then it scrolls. */
const smallest = 0.62
const margin = 3

/** The cells and which uses which, with their states. A click, or Enter, goes to the cell. */
export default function GraphPanel({ actions }: { actions: Actions }) {
  const { ref, width } = useElementSize()
  const ids = useView((view) => view.graph.ids)
  const edges = useView((view) => view.graph.edges)
  const reactivity = useView((view) => view.settings.reactivity)
  const drawing = useMemo(() => drawGraph(ids, edges, width / smallest), [ids, edges, width])
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
  const full = { width: drawing.width + 2 * margin, height: drawing.height + 2 * margin }
  const scale = Math.min(1, Math.max(smallest, width / full.width))
  const beside = new Set(
    drawing.lines.flatMap(({ from, to }) => (from === selected || to === selected ? [from, to] : [])),
  )
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
      viewBox={`${-margin} ${-margin} ${full.width} ${full.height}`}
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
      {drawing.lines.map((line) => (
        <path
          key={`${line.from} ${line.to}`}
          className={classes.line}
          data-near={line.from === selected || line.to === selected || undefined}
          d={curve(line)}
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

/** A smooth line through dagre's points. */
function curve({ points }: Line) {
  const [first, ...rest] = points
  if (!first) return ''
  const last = rest.at(-1) ?? first
  const middle = rest.slice(0, -1)
  const through = middle.map((point, i) => {
    const next = middle[i + 1] ?? last
    return `Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`
  })
  return `M${first.x} ${first.y}${through.join('')}L${last.x} ${last.y}`
}
