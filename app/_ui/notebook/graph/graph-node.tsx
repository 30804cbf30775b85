import { IconHandStop } from '@tabler/icons-react'
import { memo } from 'react'
import type { Actions } from '../actions'
import { cellName } from '../cell-name'
import { useView } from '../context'
import classes from './graph.module.css'
import { node } from './layout'
import { nodeState } from './node-state'

type Props = {
  id: string
  /** Its top left corner. */
  x: number
  y: number
  look: 'plain' | 'near' | 'selected'
  /** The one that the Tab key comes to. */
  first: boolean
  actions: Actions
}

const none: readonly string[] = []

/** A cell of the graph: its number, the names it defines, and its state. */
export const GraphNode = memo(function GraphNode({ id, x, y, look, first, actions }: Props) {
  const at = useView((view) => view.ids.indexOf(id))
  const name = useView((view) => cellName(id, view.ids))
  const defs = useView((view) => view.graph.defs[id] ?? none)
  const state = useView((view) => nodeState(view, id))
  const manual = useView((view) => view.attributes[id]?.manual === true)
  const warned = useView((view) => (view.graph.warnings[id]?.length ?? 0) > 0)
  const text = defs.length > 0 ? defs.join(', ') : 'no names'
  const left = 20 + 7.5 * String(at + 1).length
  const label = [`${name}: ${text}`, words[state], manual && 'runs only by hand', warned && 'has warnings']
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in an SVG
    <g
      className={classes.node}
      transform={`translate(${x} ${y})`}
      data-node={id}
      data-state={state}
      data-look={look}
      role="button"
      tabIndex={first ? 0 : -1}
      aria-label={label.filter(Boolean).join(', ')}
      data-goes
      onClick={() => actions.show(id)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        event.stopPropagation()
        actions.show(id)
      }}
    >
      <title>{label.filter(Boolean).join(', ')}</title>
      <rect className={classes.box} width={node.width} height={node.height} rx={7} />
      <rect className={classes.mark} x={5} y={8} width={3} height={node.height - 16} rx={1.5} />
      <text className={classes.place} x={14} y={21.5}>
        {at + 1}
      </text>
      <foreignObject x={left} y={7} width={node.width - left - (warned ? 14 : 8)} height={20}>
        <span className={classes.names} data-none={defs.length === 0 || undefined}>
          {manual && <IconHandStop size={12} stroke={1.8} />}
          <span>{text}</span>
        </span>
      </foreignObject>
      {warned && <circle className={classes.warned} cx={node.width - 7} cy={7} r={3.2} />}
    </g>
  )
})

const words = {
  running: 'running',
  queued: 'queued',
  failed: 'failed',
  stale: 'stale',
  fresh: 'fresh',
  new: 'has not run',
} as const
