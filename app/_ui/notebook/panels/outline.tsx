import type { Actions } from '../actions'
import { useView } from '../context'
import classes from './panels.module.css'

/** The notebook's headings; a click goes to the cell. */
export function Outline({ actions }: { actions: Actions }) {
  const headings = useView((view) => view.headings)
  if (headings.length === 0)
    return <p className={classes.empty}>Headings of Markdown cells, such as “# Results”, are listed here.</p>
  const top = Math.min(...headings.map(({ level }) => level))
  return (
    <ul className={classes.entries}>
      {headings.map(({ cellId, level, text }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two headings of a cell may read alike
        <li key={i}>
          <button
            type="button"
            className={classes.entry}
            style={{ paddingLeft: 6 + (level - top) * 14 }}
            onClick={() => actions.show(cellId)}
          >
            {text}
          </button>
        </li>
      ))}
    </ul>
  )
}
