import { type DiffColumn, isCompared } from '../../../../../../lib/protocol/dataset-diff'
import classes from './compare.module.css'

/** Columns that came, went, or hold another type now. */
export function ColumnNotes({ columns }: { columns: DiffColumn[] }) {
  const notes = columns.flatMap(({ name, before, after }) => {
    if (before === after) return []
    if (before === null) return [{ name, text: `came, as ${after}` }]
    if (after === null) return [{ name, text: `went, it was ${before}` }]
    if (isCompared({ before, after }))
      return [{ name, text: `${before} → ${after}; values are compared as numbers` }]
    return [{ name, text: `${before} → ${after}; values are compared only by whether they are there` }]
  })
  if (notes.length === 0) return null
  return (
    <ul className={classes.notes} aria-label="Columns that differ">
      {notes.map(({ name, text }) => (
        <li key={name}>
          <strong>{name}</strong> {text}
        </li>
      ))}
    </ul>
  )
}
