import { Button, Group } from '@mantine/core'
import type { Actions } from './actions'
import { CellCard } from './cell'
import classes from './cell.module.css'
import { useView } from './context'
import { Inserter } from './inserter'
import { mayEdit } from './view'

/** All cells but those of folded sections, with a place to insert between any two. */
export function CellList({ actions }: { actions: Actions }) {
  const ids = useView((view) => view.ids)
  const folded = useView((view) => view.folded)
  const editable = useView(mayEdit)
  return (
    <div className={classes.list} data-cells data-still={!editable || undefined}>
      {ids.map((id, index) =>
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
