'use client'

import { Button, Text } from '@mantine/core'
import { IconTable } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useCallback, useMemo, useState } from 'react'
import type { DatasetColumn, DatasetValue } from '../../../../lib/protocol/dataset'
import type { DatasetConflicts } from '../../../../lib/protocol/dataset-edit'
import { allRows } from '../../../../lib/protocol/tables'
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
import { newRow, shownRow } from './grid/grid-state'
import { gridKeys } from './grid/keys'
import { clamped } from './grid/move'
import { readBlock } from './grid/paste'
import {
  addRows,
  type CellEdit,
  countPending,
  deleteRows,
  keepRows,
  nothingPending,
  type Pending,
  setCells,
} from './grid/pending'
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

/** Rows that a block may paste or clear at once. */
const mostAtOnce = 20_000
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

  const within = (range: CellRange) => {
    const { top, bottom, left, right } = bounds(range)
    const places = Array.from({ length: Math.min(bottom - top, mostAtOnce) }, (_, i) => top + i)
    const found = places.flatMap((place) => rowAt(place) ?? [])
    const missed = Math.min(bottom, count) - top - found.length
    if (missed > 0)
      say(`${formatCount(missed)} rows were not read yet and are left out; scroll to them and try again.`)
    return { rows: found, columns: columns.slice(left, right), left }
  }
  const actions = {
    set(place: number, column: number, value: DatasetValue) {
      const row = rowAt(place)
      const { name } = columns[column]!
      if (row)
        edits.edit((now) =>
          setCells(now, [{ row: row.row, column: name, before: row.before[column]!, after: value }]),
        )
    },
    clear(range: CellRange) {
      const found = within(range)
      const cells = found.rows
        .filter(({ state }) => state !== 'deleted')
        .flatMap(({ row, before }) =>
          found.columns.map(
            ({ name }, i): CellEdit => ({ row, column: name, before: before[found.left + i]!, after: null }),
          ),
        )
      edits.edit((now) => setCells(now, cells))
    },
    paste(range: CellRange, text: string) {
      const { top, left } = bounds(range)
      const covered = columns.slice(left)
      const block = readBlock(text, covered)
      if (block.rows.length > mostAtOnce)
        return sayFailure(
          'Nothing was pasted',
          `at most ${formatCount(mostAtOnce)} rows at once: ${formatCount(block.rows.length)}`,
        )
      const unread = block.rows.findIndex((_, i) => top + i < count && !rowAt(top + i))
      if (unread >= 0)
        return sayFailure(
          'Nothing was pasted',
          `the block reaches rows that were not read yet, scroll through them first: row ${formatCount(top + unread + 1)}`,
        )
      const cells: CellEdit[] = []
      const fresh: Record<string, DatasetValue>[] = []
      for (const [i, values] of block.rows.entries()) {
        const place = top + i
        const row = rowAt(place)
        const given = values.flatMap((value, at) => (value === undefined ? [] : [{ value, at }]))
        if (row && row.state !== 'deleted')
          for (const { value, at } of given)
            cells.push({
              row: row.row,
              column: covered[at]!.name,
              before: row.before[left + at]!,
              after: value,
            })
        // A block that is longer than the table adds rows.
        else if (place >= count)
          fresh.push(Object.fromEntries(given.map(({ value, at }) => [covered[at]!.name, value])))
      }
      edits.edit((now) => addRows(setCells(now, cells), fresh))
      select({
        anchor: { row: top, column: left },
        focus: {
          row: Math.min(count + fresh.length, top + block.rows.length) - 1,
          column: Math.min(columns.length, left + (block.rows[0]?.length ?? 1)) - 1,
        },
      })
      const [problem] = block.problems
      if (problem)
        sayFailure(
          `${formatCount(block.problems.length)} pasted ${block.problems.length === 1 ? 'value does' : 'values do'} not fit and ${block.problems.length === 1 ? 'is' : 'are'} left out`,
          `${problem.problem}: ${problem.column}, line ${problem.row + 1}: ${problem.text.slice(0, 60)}`,
        )
    },
    toggleDeleted(range: CellRange) {
      const found = within(range).rows
      const ids = found.map(({ row }) => row)
      const areDeleted = found.every(({ state }) => state === 'deleted')
      edits.edit((now) => (areDeleted ? keepRows(now, ids) : deleteRows(now, ids)))
    },
    undo: () => edits.undo?.(),
    redo: () => edits.redo?.(),
  }
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
