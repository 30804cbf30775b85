import { useState } from 'react'
import classes from './json-tree.module.css'

/** Entries drawn of one object or list, before "more". */
const step = 100

/** A JSON value, folded below its first level. */
export function JsonTree({ value }: { value: unknown }) {
  return (
    <div className={classes.tree}>
      <Node value={value} level={0} />
    </div>
  )
}

function Node({ name, value, level }: { name?: string; value: unknown; level: number }) {
  const [open, setOpen] = useState(level === 0)
  const [shown, setShown] = useState(step)
  if (typeof value !== 'object' || value === null) {
    return (
      <div className={classes.leaf}>
        {name !== undefined && <span className={classes.key}>{name}: </span>}
        <Scalar value={value} />
      </div>
    )
  }
  const entries = Object.entries(value)
  const list = Array.isArray(value)
  const size = `${entries.length} ${list ? 'item' : 'key'}${entries.length === 1 ? '' : 's'}`
  return (
    <div className={classes.node}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={classes.arrow} data-open={open || undefined} aria-hidden="true" />
        {name !== undefined && <span className={classes.key}>{name}: </span>}
        <span className={classes.size}>{list ? `[ ${size} ]` : `{ ${size} }`}</span>
      </button>
      {open && (
        <div className={classes.children}>
          {entries.slice(0, shown).map(([key, child]) => (
            <Node key={key} name={key} value={child} level={level + 1} />
          ))}
          {entries.length > shown && (
            <button type="button" className={classes.more} onClick={() => setShown(shown + 10 * step)}>
              {entries.length - shown} more
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function Scalar({ value }: { value: unknown }) {
  if (typeof value === 'string') {
    const text = value.length > 2000 ? `${value.slice(0, 2000)}…` : value
    return <span className={classes.string}>{JSON.stringify(text)}</span>
  }
  return <span className={value === null ? classes.null : classes.number}>{String(value)}</span>
}
