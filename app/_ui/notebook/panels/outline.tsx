import { useEffect, useState } from 'react'
import { sharedCells, toCells } from '../../../../lib/notebook/document'
import type { Actions } from '../actions'
import { useSession } from '../context'
import { type Heading, headingsOf } from './headings'
import classes from './panels.module.css'

/** The notebook's headings; a click goes to the cell. */
export function Outline({ actions }: { actions: Actions }) {
  const headings = useHeadings()
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

function useHeadings(): Heading[] {
  const { document } = useSession()
  const [headings, setHeadings] = useState<Heading[]>([])
  useEffect(() => {
    const cells = sharedCells(document)
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = () => {
      timer = undefined
      setHeadings(headingsOf(toCells(document)))
    }
    // Typing changes a heading once in a while: not at each letter.
    const soon = () => {
      timer ??= setTimeout(read, 200)
    }
    read()
    cells.observeDeep(soon)
    return () => {
      clearTimeout(timer)
      cells.unobserveDeep(soon)
    }
  }, [document])
  return headings
}
