import { Button, Group } from '@mantine/core'
import { startTransition, useEffect, useState } from 'react'
import type { Actions } from './actions'
import { CellCard } from './cell'
import classes from './cell.module.css'
import { useView } from './context'
import { whenPageIsIdle } from './idle-queue'
import { Inserter } from './inserter'
import { mayEdit } from './view'

/** More than any screen shows; the rest follows without holding up the first frame. */
const atFirst = 20

/** All cells but those of folded sections, with a place to insert between any two. */
export function CellList({ actions }: { actions: Actions }) {
  const ids = useView((view) => view.ids)
  const folded = useView((view) => view.folded)
  const editable = useView(mayEdit)
  const reachesFurther = useView(
    ({ ids, selected }) => selected !== undefined && ids.indexOf(selected) >= atFirst,
  )
  const [whole, setWhole] = useState(false)
  useEffect(() => whenPageIsIdle('near', () => startTransition(() => setWhole(true))), [])
  const shown = whole || reachesFurther ? ids : ids.slice(0, atFirst)
  return (
    <div className={classes.list} data-cells data-still={!editable || undefined}>
      {shown.map((id, index) =>
        id in folded ? null : (
          <div key={id} className={classes.slot}>
            <CellCard id={id} index={index} actions={actions} />
          </div>
        ),
      )}
      {editable && ids.length > 0 && <Inserter index={ids.length} actions={actions} last />}
      {ids.length === 0 && (
        <div className={classes.empty}>
          <h2>An empty notebook</h2>
          <p>
            Write TypeScript in a code cell and press Shift Enter. The value of its last line is shown below
            it; names stay for the next cells.
          </p>
          {editable && (
            <Group gap="xs" justify="center">
              <Button onClick={() => actions.insert(0)}>Add a code cell</Button>
              <Button variant="default" onClick={() => actions.insert(0, 'markdown')}>
                Add text
              </Button>
            </Group>
          )}
        </div>
      )}
    </div>
  )
}
