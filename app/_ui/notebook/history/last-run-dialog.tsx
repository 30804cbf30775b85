import { Modal } from '@mantine/core'
import { sharedCells, toCell } from '../../../../lib/notebook/document'
import { executedText } from '../../../../lib/notebook/executed-text'
import { useSession, useView } from '../context'
import classes from './history.module.css'
import { TextDiff } from './text-diff'

/** A cell's text now against the text that it last ran with. */
export function LastRunDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { store, document } = useSession()
  const cell = sharedCells(document).get(id)
  const text = cell ? executedText(toCell(id, cell)) : ''
  const ran = useView((view) => view.kernel.cells[id]?.ran?.source)
  const index = store.get().ids.indexOf(id)
  return (
    <Modal opened onClose={onClose} title={`Cell ${index + 1} since its last run`} size={860}>
      {ran === undefined || ran === text ? (
        <p className={classes.empty}>Nothing was edited since it ran.</p>
      ) : (
        <div className={classes.change}>
          <TextDiff before={ran} after={text} />
        </div>
      )}
    </Modal>
  )
}
