'use client'

import { Button, Text } from '@mantine/core'
import { IconTable } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useCallback, useMemo, useState } from 'react'
import { allRows } from '../../../../lib/protocol/all-rows'
import type { DatasetColumn } from '../../../../lib/protocol/dataset'
import type { DatasetConflicts } from '../../../../lib/protocol/dataset-edit'
import { Confirm } from '../../../_ui/confirm'
import { EmptyState } from '../../../_ui/empty-state'
import { useKeys } from '../../../_ui/keys'
import { bounds, type CellRange } from '../../../_ui/notebook/outputs/table/selection'
import { type Editing as EditedFilter, Toolbar } from '../../../_ui/notebook/outputs/table/toolbar'
import { say, sayFailure } from '../../../_ui/notices'
import { formatCount } from '../../../_ui/units'
import { filterColumns, gridWidths } from './grid/columns'
import { ConflictsDialog } from './grid/conflicts-dialog'
import { ConvertDialog } from './grid/convert-dialog'
import { EditButtons } from './grid/edit-buttons'
import { type Editing, Grid } from './grid/grid'
import { gridActions } from './grid/grid-actions'
import { newRow, shownRow } from './grid/grid-state'
import { gridKeys } from './grid/keys'
import { clamped } from './grid/move'
import { addRows, countPending, nothingPending, type Pending } from './grid/pending'
import { PendingBar } from './grid/pending-bar'
import { type Choices, resolveConflicts } from './grid/resolve'
import { SaveDialog } from './grid/save-dialog'
import { sendEdits } from './grid/save-edits'
import { useGridRows } from './grid/use-grid-rows'
import { usePending } from './grid/use-pending'
import classes from './rows.module.css'

type Props = {
  datasetId: string
  dataset: string
  version: number
  columns: DatasetColumn[]
  total: number
  mayWrite: boolean
}

const top: CellRange = { anchor: { row: 0, column: 0 }, focus: { row: 0, column: 0 } }

/** The rows of a version, to be looked through and, where it is the newest, edited. */
export function RowsView({ datasetId, dataset, version, columns, total, mayWrite }: Props) {
  const router = useRouter()
  const [query, setQuery] = useState(allRows)
  const [filter, editFilter] = useState<EditedFilter>()
  const [chosen, select] = useState(top)
  const [editing, edit] = useState<Editing>()
  const [dialog, setDialog] = useState<'save' | 'discard'>()
  const [converted, setConverted] = useState<number>()
  const [conflicts, setConflicts] = useState<{ found: DatasetConflicts; message: string }>()
  const rows = useGridRows(dataset, version, query, total)
  const edits = usePending(datasetId, version, mayWrite)
  const { pending } = edits
  const counted = countPending(pending)
  const count = rows.total + pending.added.length
  const selection = useMemo(() => clamped(chosen, count), [chosen, count])
  const asFilters = useMemo(() => filterColumns(columns), [columns])

  const rowAt = useCallback(
    (place: number) => {
      const fresh = pending.added[place - rows.total]
      if (fresh) return newRow(fresh, columns)
      const row = rows.rowAt(place)
      return row && shownRow(row, columns, pending)
    },
    [rows.rowAt, rows.total, columns, pending],
  )
  const first = rows.rowAt(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first rows that come decide, later ones move nothing
  const widths = useMemo(
    () =>
      gridWidths(
        columns,
        Array.from({ length: 50 }, (_, i) => rows.rowAt(i)),
      ),
    [columns, first !== undefined],
  )

  const actions = gridActions({ columns, count, rowAt, edits, select })
  const add = () => {
    edits.edit((now) => addRows(now, [{}]))
    const place = { row: count, column: 0 }
    select({ anchor: place, focus: place })
    edit({ row: count, column: 0 })
  }

  const save = async (edited: Pending, message: string) => {
    const answer = await sendEdits(dataset, edited, message)
    setDialog(undefined)
    if (answer.state === 'conflicts') return setConflicts({ found: answer.conflicts, message })
    setConflicts(undefined)
    const others =
      answer.meanwhile === 0 ? '' : ' Others had changed other rows meanwhile; theirs are kept, too.'
    say(`Version ${answer.version.number} is saved.${others}`)
    edits.replace(nothingPending(answer.version.number))
    router.refresh()
  }
  const saveChosen = async (choices: Choices) => {
    const left = resolveConflicts(pending, conflicts!.found, choices)
    edits.replace(left)
    if (countPending(left).all === 0) {
      setConflicts(undefined)
      say('Theirs holds; nothing of yours was left to save.')
      return router.refresh()
    }
    await save(left, conflicts!.message).catch((error) => {
      setConflicts(undefined)
      sayFailure('Your changes were not saved, and are kept here', error)
    })
  }

  useKeys('This page', [
    ...gridKeys(mayWrite),
    ...(mayWrite
      ? [
          {
            keys: 'mod+s',
            label: 'Save as version',
            whileTyping: true,
            run: () => counted.all > 0 && setDialog('save'),
          },
        ]
      : []),
  ])

  if (total === 0 && count === 0 && !rows.isQueried)
    return (
      <EmptyState icon={<IconTable size={22} stroke={1.6} />} title="No rows" compact>
        <p>This version has columns, and no row.</p>
        {mayWrite && <Button onClick={add}>Add a row</Button>}
      </EmptyState>
    )
  const { top: firstRow, bottom: endRow } = bounds(selection)
  const selected = Math.min(endRow, count) - firstRow
  const areDeleted =
    selected > 0 && selected <= 200
      ? Array.from({ length: selected }, (_, i) => rowAt(firstRow + i)).every(
          (row) => row?.state === 'deleted',
        )
      : false
  return (
    <>
      {rows.problem && (
        <Text role="alert" mb="sm">
          {rows.problem}
        </Text>
      )}
      <div className={classes.frame}>
        <Toolbar
          columns={asFilters}
          query={query}
          setQuery={setQuery}
          editing={filter}
          edit={editFilter}
          summaries={{}}
          live
        >
          {mayWrite && (
            <EditButtons
              undo={edits.undo}
              redo={edits.redo}
              onAdd={add}
              onDelete={() => actions.toggleDeleted(selection)}
              selected={Math.max(0, selected)}
              areDeleted={areDeleted}
            />
          )}
        </Toolbar>
        {counted.all > 0 && (
          <PendingBar
            count={counted}
            parent={pending.parent}
            head={version}
            found={edits.found}
            isKept={edits.isKept}
            others={edits.others}
            onDiscard={() => setDialog('discard')}
            onSave={() => setDialog('save')}
          />
        )}
        <Grid
          label={`Rows of ${dataset}`}
          columns={columns}
          widths={widths}
          count={count}
          rowAt={rowAt}
          onSight={rows.look}
          sort={query.sort}
          selection={selection}
          select={select}
          editing={editing}
          edit={edit}
          actions={mayWrite ? actions : undefined}
          onLost={(problem) => sayFailure('What was typed does not fit and is left out', problem)}
          head={{
            sort: (column, descending) =>
              setQuery({ ...query, sort: descending === undefined ? [] : [{ column, descending }] }),
            filter: (column) => editFilter({ column }),
            ...(mayWrite && { convert: setConverted }),
          }}
          isWaiting={rows.isWaiting}
        />
        <footer className={classes.footer} aria-live="polite">
          {rows.isQueried
            ? `${formatCount(rows.total)} of ${formatCount(total)} rows`
            : `${formatCount(total)} ${total === 1 ? 'row' : 'rows'}`}
          {pending.added.length > 0 && `, ${formatCount(pending.added.length)} new at the end`}
          {rows.isWaiting && ' · reading'}
          {rows.isQueried && counted.all > 0 && ' · filters and order are of what is saved'}
        </footer>
      </div>
      {dialog === 'save' && (
        <SaveDialog
          count={counted}
          onSave={(message) => save(pending, message)}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'discard' && (
        <Confirm
          title="Discard your changes?"
          text={`${formatCount(counted.all)} ${counted.all === 1 ? 'row goes' : 'rows go'} back to what the newest version has.`}
          action="Discard"
          onConfirm={async () => {
            edits.replace(nothingPending(version))
            setDialog(undefined)
          }}
          onClose={() => setDialog(undefined)}
        />
      )}
      {converted !== undefined && (
        <ConvertDialog
          dataset={dataset}
          version={version}
          column={columns[converted]!}
          onConverted={({ number }) => {
            setConverted(undefined)
            say(`Version ${number} is saved.`)
            router.refresh()
          }}
          onClose={() => setConverted(undefined)}
        />
      )}
      {conflicts && (
        <ConflictsDialog
          key={conflicts.found.head}
          pending={pending}
          conflicts={conflicts.found}
          onChosen={saveChosen}
          onClose={() => setConflicts(undefined)}
        />
      )}
    </>
  )
}
