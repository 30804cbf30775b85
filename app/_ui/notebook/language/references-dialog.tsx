import { Modal, UnstyledButton } from '@mantine/core'
import { cellSource, sharedCells } from '../../../../lib/notebook/document'
import type { CodePlace } from '../../../../lib/protocol/language'
import type { Actions } from '../actions'
import { useSession, useView } from '../context'
import classes from './problems.module.css'

/** Every place of the notebook that means one name. */
export function ReferencesDialog({ actions }: { actions: Actions }) {
  const references = useView((view) => view.references)
  const ids = useView((view) => view.ids)
  const inCells = (references?.places ?? [])
    .filter((place) => 'cellId' in place)
    .sort((a, b) => ids.indexOf(a.cellId) - ids.indexOf(b.cellId) || compareStarts(a, b))
  return (
    <Modal
      opened={references !== undefined}
      onClose={actions.closeReferences}
      size="lg"
      title={`References of ${references?.name ?? ''}`}
    >
      <ul className={classes.list} data-testid="references">
        {inCells.map((place) => (
          <li key={`${place.cellId} ${place.range.start.line}:${place.range.start.character}`}>
            <UnstyledButton
              className={classes.line}
              onClick={() => {
                actions.closeReferences()
                actions.openPlace(place)
              }}
            >
              <Code place={place} />
              <span className={classes.place}>
                cell {ids.indexOf(place.cellId) + 1}, line {place.range.start.line + 1}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Modal>
  )
}

type CellPlace = Extract<CodePlace, { cellId: string }>

/** The line of a place, its name marked. */
function Code({ place: { cellId, range } }: { place: CellPlace }) {
  const cell = sharedCells(useSession().document).get(cellId)
  const line = (cell ? cellSource(cell).toString() : '').split(/\r\n|\r|\n/)[range.start.line] ?? ''
  const [from, to] = [range.start.character, range.end.character]
  return (
    <code className={classes.code}>
      {line.slice(0, from).trimStart()}
      <mark>{line.slice(from, to)}</mark>
      {line.slice(to)}
    </code>
  )
}

const compareStarts = (a: CellPlace, b: CellPlace) =>
  a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character
