import { Button, Group, Modal, SegmentedControl, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { DatasetConflict, DatasetConflicts } from '../../../../../lib/protocol/dataset-edit'
import { formatCount } from '../../../../_ui/units'
import { Value } from '../value'
import classes from './conflicts.module.css'
import { type Pending, sameValue } from './pending'
import { type Choices, type DisputedCell, disputedCells, type Side, sideOf } from './resolve'

type Props = {
  pending: Pending
  conflicts: DatasetConflicts
  onChosen: (choices: Choices) => Promise<void>
  onClose: () => void
}

/** Rows that somebody else changed meanwhile: both sides, and which of them holds. Nothing is lost before all is chosen. */
export function ConflictsDialog({ pending, conflicts, onChosen, onClose }: Props) {
  const { head, columns, rows } = conflicts
  const [choices, setChoices] = useState<Choices>({})
  const [busy, setBusy] = useState(false)
  const choose = (row: number, choice: Choices[number]) => setChoices((now) => ({ ...now, [row]: choice }))
  const chooseAll = (side: Side) => setChoices(Object.fromEntries(rows.map(({ row }) => [row, side])))
  const save = async () => {
    setBusy(true)
    await onChosen(choices)
    setBusy(false)
  }
  return (
    <Modal opened onClose={onClose} size="xl" title="Others changed the same rows">
      <Text size="sm">
        {rows.length === 1
          ? 'A row that you changed is'
          : `${formatCount(rows.length)} rows that you changed are`}{' '}
        different in version {head}, too. Choose what holds; nothing is saved until then.
      </Text>
      <Group gap="xs" my="sm">
        <Button size="compact-sm" variant="default" onClick={() => chooseAll('mine')}>
          Mine everywhere
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => chooseAll('theirs')}>
          Theirs everywhere
        </Button>
      </Group>
      <ul className={classes.rows}>
        {rows.map((conflict) => (
          <Row
            key={conflict.row}
            conflict={conflict}
            cells={disputedCells(pending, conflict, columns)}
            isMineDeleted={pending.deleted[conflict.row] === true}
            choice={choices[conflict.row]}
            onChoose={(choice) => choose(conflict.row, choice)}
          />
        ))}
      </ul>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Back to the rows
        </Button>
        <Button loading={busy} onClick={() => void save()}>
          Save what is chosen
        </Button>
      </Group>
    </Modal>
  )
}

type RowProps = {
  conflict: DatasetConflict
  cells: DisputedCell[]
  isMineDeleted: boolean
  choice: Choices[number] | undefined
  onChoose: (choice: Choices[number]) => void
}

function Row({ conflict: { row, theirs }, cells, isMineDeleted, choice, onChoose }: RowProps) {
  const name = `Row ${formatCount(row + 1)}`
  const isWhole = theirs === null || isMineDeleted
  return (
    <li className={classes.row} aria-label={name}>
      <div className={classes.head}>
        <strong>{name}</strong>
        {isWhole && (
          <SegmentedControl
            size="xs"
            aria-label={`What holds of ${name}`}
            value={typeof choice === 'string' ? choice : 'mine'}
            onChange={(side) => onChoose(side as Side)}
            data={[
              { value: 'mine', label: isMineDeleted ? 'Mine: deleted' : 'Mine: kept as a new row' },
              { value: 'theirs', label: theirs === null ? 'Theirs: deleted' : 'Theirs: changed' },
            ]}
          />
        )}
      </div>
      <table className={classes.cells}>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Was</th>
            <th scope="col">Theirs</th>
            <th scope="col">Mine</th>
          </tr>
        </thead>
        <tbody>
          {cells.map(({ column, before, ...sides }) => (
            <tr key={column}>
              <th scope="row">{column}</th>
              <td>
                <Value value={before} column={{}} />
              </td>
              {(['theirs', 'mine'] as const).map((side) => (
                <td key={side}>
                  {isWhole ? (
                    <WholeSide gone={side === 'mine' ? isMineDeleted : theirs === null}>
                      <Value value={sides[side]} column={{}} />
                    </WholeSide>
                  ) : (
                    <label className={classes.choice}>
                      <input
                        type="radio"
                        name={`${row} ${column}`}
                        aria-label={`${side} of ${column}`}
                        disabled={sameValue(sides.mine, before)}
                        checked={(sameValue(sides.mine, before) ? 'theirs' : sideOf(choice, column)) === side}
                        onChange={() => onChoose({ ...spread(cells, choice), [column]: side })}
                      />
                      <Value value={sides[side]} column={{}} />
                    </label>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </li>
  )
}

const WholeSide = ({ gone, children }: { gone: boolean; children: ReactNode }) =>
  gone ? <span className={classes.gone}>deleted</span> : children

/** A choice of a row as choices of its cells. */
const spread = (cells: DisputedCell[], choice: Choices[number] | undefined): Record<string, Side> =>
  Object.fromEntries(cells.map(({ column }) => [column, sideOf(choice, column)]))
