import { useEffect, useState } from 'react'
import type { Actions } from '../actions'
import { useCellTitles } from '../cell-titles'
import { useView } from '../context'
import { outlineOf } from './outline-entries'
import classes from './panels.module.css'
import parts from './parts.module.css'

/** The notebook's headings, and below each the cells by the names they define; the one in sight is marked. */
export function Outline({ actions }: { actions: Actions }) {
  const titles = useCellTitles()
  const headings = useView((view) => view.headings)
  const kinds = useView((view) => view.kinds)
  const defs = useView((view) => view.graph.defs)
  const inSight = useCellInSight()
  const entries = outlineOf({ titles, headings, kinds, defs })
  if (entries.length === 0)
    return <p className={parts.hint}>Headings of Markdown cells, such as “# Results”, are listed here.</p>
  const current = entries.findLast(({ place }) => place <= inSight)
  return (
    <ul className={parts.list}>
      {entries.map((entry, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two headings of a cell may read alike
        <li key={i}>
          <button
            type="button"
            className={classes.entry}
            data-code={entry.isCode || undefined}
            aria-current={entry === current ? 'location' : undefined}
            style={{ paddingLeft: 6 + entry.depth * 14 }}
            data-goes
            onClick={() => actions.show(entry.cellId)}
          >
            {entry.text}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Where the first cell stands that reaches below the top of what is seen, told as the page scrolls. */
function useCellInSight(): number {
  const ids = useView((view) => view.ids)
  const [place, setPlace] = useState(0)
  useEffect(() => {
    const scroller = document.querySelector<HTMLElement>('[data-scroller]')
    if (!scroller) return
    let frame = 0
    const look = () => {
      frame = 0
      const { left, top, width } = scroller.getBoundingClientRect()
      // One question of the page instead of five hundred measures. On a phone the outline's own sheet lies above.
      const cell = [60, 90, 130]
        .flatMap((y) => document.elementsFromPoint(left + width / 2, top + y))
        .map((element) => element.closest<HTMLElement>('[data-cell-id]'))
        .find(Boolean)
      const at = ids.indexOf(cell?.dataset.cellId ?? '')
      if (at >= 0) setPlace(at)
    }
    const soon = () => {
      frame ||= requestAnimationFrame(look)
    }
    look()
    scroller.addEventListener('scroll', soon, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      scroller.removeEventListener('scroll', soon)
    }
  }, [ids])
  return place
}
