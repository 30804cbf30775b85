import { useState } from 'react'
import type { Variable } from '../../../../../lib/protocol/variables'
import { formatBytes } from '../../../units'
import type { Actions } from '../../actions'
import { cellName } from '../../cell-name'
import { sentence } from '../../format'
import { Inside } from './inside'
import classes from './variables.module.css'

type Props = { variable: Variable; ids: readonly string[]; actions: Actions }

/** One variable; what is inside of it unfolds. */
export function VariableRow({ variable, ids, actions }: Props) {
  const { name, cellId, type, shape, bytes: size, preview, inside } = variable
  const [open, setOpen] = useState(false)
  const cell = cellName(cellId, ids)
  return (
    <li className={classes.row}>
      <div className={classes.line}>
        {inside ? (
          <button
            type="button"
            className={classes.name}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            title={open ? `Close ${name}` : `Look inside ${name}`}
          >
            <span className={classes.arrow} data-open={open || undefined} aria-hidden="true" />
            {name}
          </button>
        ) : (
          <span className={classes.name}>{name}</span>
        )}
        <span className={classes.type}>{type}</span>
        {shape && <span className={classes.shape}>{shape}</span>}
      </div>
      <div className={classes.line}>
        <span className={classes.preview} title={preview}>
          {preview}
        </span>
        {size !== undefined && <span className={classes.size}>{formatBytes(size)}</span>}
        <button
          type="button"
          className={classes.cell}
          data-goes
          onClick={() => actions.show(cellId)}
          aria-label={`${name} is from ${cell}: go there`}
        >
          {sentence(cell).slice(0, -1)}
        </button>
      </div>
      {inside && open && <Inside name={name} path={[]} seen={preview} />}
    </li>
  )
}
