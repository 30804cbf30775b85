import { IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useView } from './context'
import classes from './hidden.module.css'
import { mayEdit } from './view'

type Props = { label: string; onShow: () => void; children: ReactNode }

/** What stands in the place of a cell's part that is hidden; a press shows it again. */
export function Hidden({ label, onShow, children }: Props) {
  const editable = useView(mayEdit)
  return (
    <button
      type="button"
      className={classes.hidden}
      aria-label={label}
      aria-expanded={false}
      disabled={!editable}
      onClick={onShow}
    >
      <IconChevronRight size={14} aria-hidden="true" />
      {children}
    </button>
  )
}
