import type { Actions } from './actions'
import { dragCells } from './drag-cells'
import classes from './grip.module.css'

/** The margin of a cell: a press selects it, a drag moves it with whatever else is selected. Alt ↑ and ↓ do it by key. */
export function Grip({ id, actions, editable }: { id: string; actions: Actions; editable: boolean }) {
  return (
    <div
      className={classes.grip}
      data-grip
      data-movable={editable || undefined}
      onPointerDown={(event) => {
        if (!editable || event.button !== 0 || event.shiftKey || event.ctrlKey || event.metaKey) return
        dragCells(event.nativeEvent, id, actions)
      }}
    />
  )
}
