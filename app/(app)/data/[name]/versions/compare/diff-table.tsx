import type { DatasetDiff, DiffRow } from '../../../../../../lib/protocol/dataset-diff'
import { type Column, DataTable } from '../../../../../_ui/data-table'
import { formatCount } from '../../../../../_ui/units'
import { Value } from '../../value'
import classes from './compare.module.css'

/** Columns that are drawn: more nobody can look through. */
const mostColumns = 60

type Props = {
  diff: DatasetDiff
  /** Whether columns without a difference on this page are left out, where rows have only changed. */
  onlyChanged: boolean
}

/** Rows that differ: what was and what is, side by side in each cell that has changed. */
export function DiffTable({ diff: { columns, rows }, onlyChanged }: Props) {
  const differing = new Set(rows.flatMap(({ changed }) => changed))
  const wanted = columns.flatMap((_, i) =>
    !onlyChanged || differing.size === 0 || differing.has(i) ? [i] : [],
  )
  const shown = wanted.slice(0, mostColumns)
  return (
    <>
      <DataTable
        label="Rows that differ"
        columns={[
          {
            key: 'kind',
            title: 'Row',
            render: ({ row, kind }) => (
              <span className={`${classes.kind} ${classes[kind]}`}>
                {formatCount(row + 1)} <span>{kind}</span>
              </span>
            ),
          },
          ...shown.map((i): Column<DiffRow> => {
            const { name, after, before } = columns[i]!
            const type = after ?? before!
            return {
              key: String(i),
              title: name,
              numeric: type === 'integer' || type === 'number',
              render: (row) => <Cell row={row} place={i} />,
            }
          }),
        ]}
        rows={rows}
        rowKey={({ row }) => String(row)}
        rowProps={({ kind }) => ({ className: kind === 'changed' ? undefined : classes[`${kind}Row`] })}
        maxHeight={640}
      />
      {wanted.length > shown.length && (
        <p className={classes.more}>
          {formatCount(wanted.length - shown.length)} more columns are not drawn; download both versions to
          compare them.
        </p>
      )}
    </>
  )
}

function Cell({ row: { before, after, changed }, place }: { row: DiffRow; place: number }) {
  const column = {}
  if (before && after && changed.includes(place))
    return (
      <span className={classes.pair}>
        <del>
          <Value value={before[place]!} column={column} />
        </del>
        <span aria-hidden>→</span>
        <ins>
          <Value value={after[place]!} column={column} />
        </ins>
      </span>
    )
  return <Value value={(after ?? before)![place]!} column={column} />
}
