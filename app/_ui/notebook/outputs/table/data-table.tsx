import { Button } from '@mantine/core'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { allRows } from '../../../../../lib/protocol/all-rows'
import { maxAskedColumns } from '../../../../../lib/protocol/limits'
import type { TableOutput } from '../../../../../lib/protocol/mime'
import type { TableQuery } from '../../../../../lib/protocol/tables'
import { formatCount } from '../../../units'
import { useView } from '../../context'
import { sentence } from '../../format'
import { useNear } from '../../use-near'
import { mayEdit } from '../../view'
import { ColumnHead } from './column-head'
import { ColumnMenu } from './column-menu'
import { ColumnsMenu } from './columns-menu'
import classes from './data-table.module.css'
import { DownloadMenu } from './download-menu'
import { Footer } from './footer'
import { Grid, isNumeric } from './grid'
import { initialLayout, moveBy, moveTo, neighbour, setPinned, setShown, shownColumns } from './layout'
import { leavesAll, toggleSort } from './query'
import { SaveTable } from './save-table'
import { type CellRange, toTsv } from './selection'
import { type Editing, Toolbar } from './toolbar'
import { pageRows, usePages } from './use-pages'
import { useSummaries } from './use-summaries'
import { columnWidths } from './widths'

/** A table that a cell shows. While its kernel holds it all of it can be looked through, else its first rows. */
export function DataTable({ table }: { table: TableOutput }) {
  // A rerun with the same columns keeps how a person looks at them.
  const columns = JSON.stringify(table.columns.map(({ name, kind }) => [name, kind]))
  return <Viewer key={columns} table={table} />
}

function Viewer({ table }: { table: TableOutput }) {
  const { columns } = table
  const frame = useRef<HTMLDivElement>(null)
  const near = useNear(frame)
  const alive = useView(({ kernel }) => kernel.kernel.state === 'idle' || kernel.kernel.state === 'busy')
  const connected = useView(({ host, sync }) => host === 'connected' && sync.state !== 'offline')
  const editable = useView(mayEdit)
  const [layout, setLayout] = useState(() => initialLayout(columns.length))
  const [query, setQueryState] = useState<TableQuery>(allRows)
  const [from, setFrom] = useState(0)
  const [range, setRange] = useState<CellRange>()
  const [editing, setEditing] = useState<Editing>()

  const shown = shownColumns(layout).slice(0, maxAskedColumns)
  const held = alive && connected && table.table !== undefined
  const pages = usePages({ table, live: held && near, query, from, columns: shown })
  const { page, total, loading, failure } = pages
  const live = held && !pages.gone
  const whole = leavesAll(query)
  const reachable = live ? (total?.rows ?? from + pageRows) : table.head.length
  const summaries = useSummaries({
    table: table.table,
    query,
    columns: shown,
    active: live && near && !loading,
  })
  const widths = columnWidths(table)
  const left = total?.counted ? total.rows : undefined

  const setQuery = (next: TableQuery) => {
    setQueryState(next)
    setFrom(0)
    setRange(undefined)
  }
  const turnTo = useCallback((next: number) => {
    setFrom(next)
    setRange(undefined)
  }, [])
  // Without its kernel, and after a rerun with fewer rows, there is less to turn to. A line that breaks changes nothing.
  const lost = !alive || pages.gone
  useEffect(() => {
    if (lost && (!whole || query.sort.length > 0)) setQueryState(allRows)
    if (from > 0 && from >= reachable && !loading) setFrom(0)
  }, [lost, whole, query.sort.length, from, reachable, loading])

  const names = shown.map((column) => columns[column]!.name)
  const drawn = page.cells.map((row) => shown.map((column) => row[page.columns.indexOf(column)] ?? null))
  const tsv = () => range && toTsv(range, names, drawn)

  const head = (column: number, style: React.CSSProperties, pinned: boolean) => {
    const { name, type, nulls } = columns[column]!
    const summary = summaries[column]
    return (
      <ColumnHead
        key={column}
        column={column}
        name={name}
        type={type}
        nulls={summary?.nulls ?? nulls}
        numeric={isNumeric(type)}
        sort={query.sort}
        summary={summary}
        live={live}
        pinned={pinned}
        style={style}
        onSort={(adding) => setQuery({ ...query, sort: toggleSort(query.sort, column, adding) })}
        onDrop={(dropped) => setLayout(moveTo(layout, dropped, column))}
        menu={
          <ColumnMenu
            name={name}
            type={type}
            summary={summary}
            live={live}
            pinned={pinned}
            canMove={{
              left: neighbour(layout, column, -1) !== undefined,
              right: neighbour(layout, column, 1) !== undefined,
            }}
            act={{
              sort: (descending) => setQuery({ ...query, sort: [{ column, descending }] }),
              filter: () => setEditing({ column }),
              pin: (pinned) => setLayout(setPinned(layout, column, pinned)),
              move: (step) => setLayout(moveBy(layout, column, step)),
              hide: () => setLayout(setShown(layout, [column], false)),
            }}
          />
        }
      />
    )
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps presses in the table, its menus and its forms from the notebook's cell, which would take the focus
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      ref={frame}
      className={classes.frame}
      data-testid="table"
      data-live={live || undefined}
      onMouseDown={(event) => event.stopPropagation()}
      onClick={(event) => event.stopPropagation()}
    >
      {(live || columns.length > 1) && (
        <Toolbar
          columns={columns}
          query={query}
          setQuery={setQuery}
          editing={editing}
          edit={setEditing}
          summaries={summaries}
          live={live}
        >
          <ColumnsMenu columns={columns} layout={layout} setLayout={setLayout} />
          {live && editable && table.table !== undefined && table.rows > 0 && (
            <SaveTable table={table.table} query={query} rows={table.rows} left={left} />
          )}
          {live && table.table !== undefined && (
            <DownloadMenu table={table.table} query={query} rows={table.rows} left={left} />
          )}
        </Toolbar>
      )}
      <Grid
        table={table}
        page={page}
        columns={shown}
        pinned={layout.pinned}
        widths={widths}
        room={Math.min(pageRows, table.rows)}
        summarized={live || Object.keys(summaries).length > 0}
        loading={loading}
        range={range}
        select={setRange}
        turn={(step) => {
          const next = from + step * pageRows
          if (next >= 0 && next < reachable) turnTo(next)
        }}
        copy={(event) => {
          const text = tsv()
          if (text === undefined) return
          event.preventDefault()
          event.clipboardData.setData('text/plain', text)
        }}
        head={head}
        empty={
          <Empty
            columns={shown.length}
            whole={whole}
            clear={() => setQuery({ ...allRows, sort: query.sort })}
          />
        }
      />
      {failure !== undefined && (
        <Notice>
          {sentence(failure)}
          <Button size="compact-xs" variant="default" onClick={pages.retry}>
            Try again
          </Button>
        </Notice>
      )}
      {!live && table.rows > table.head.length && (
        <Notice>
          These are the first {formatCount(table.head.length)} rows, as they were kept.{' '}
          {alive ? 'The kernel holds the table no more: run' : 'Run'} the cell to page, sort and filter them
          all.
        </Notice>
      )}
      <Footer
        table={table}
        total={total}
        whole={whole}
        from={page.from}
        shown={page.cells.length}
        reachable={reachable}
        turnTo={turnTo}
        pageRows={pageRows}
        range={range}
        copy={() => {
          const text = tsv()
          if (text !== undefined) void navigator.clipboard.writeText(text)
        }}
      />
    </div>
  )
}

function Empty({ columns, whole, clear }: { columns: number; whole: boolean; clear(): void }) {
  return (
    <div className={classes.empty}>
      {columns === 0 ? 'All columns are hidden.' : whole ? 'The table has no rows.' : 'No row matches.'}
      {!whole && (
        <Button size="compact-xs" variant="default" onClick={clear}>
          Clear search and filters
        </Button>
      )}
    </div>
  )
}

const Notice = ({ children }: { children: ReactNode }) => <div className={classes.notice}>{children}</div>
