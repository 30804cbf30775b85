import { ActionIcon, Button } from '@mantine/core'
import {
  IconChevronLeft,
  IconChevronLeftPipe,
  IconChevronRight,
  IconChevronRightPipe,
  IconCopy,
} from '@tabler/icons-react'
import type { TableOutput } from '../../../../../lib/protocol/mime'
import { formatBytes, formatCount } from '../../../units'
import { plural } from '../../format'
import classes from './footer.module.css'
import { bounds, type CellRange } from './selection'

type Props = {
  table: TableOutput
  /** Rows that the query leaves. */
  total: { rows: number; counted: boolean } | undefined
  whole: boolean
  from: number
  shown: number
  /** Rows that can be turned to. */
  reachable: number
  turnTo(from: number): void
  pageRows: number
  range: CellRange | undefined
  copy(): void
}

/** How much there is, what is taken, and the way to other pages. */
export function Footer({
  table,
  total,
  whole,
  from,
  shown,
  reachable,
  turnTo,
  pageRows,
  range,
  copy,
}: Props) {
  const last = Math.max(0, Math.ceil(reachable / pageRows) - 1) * pageRows
  const more = total && !total.counted ? '+' : ''
  const { top, bottom, left, right } = range ? bounds(range) : { top: 0, bottom: 0, left: 0, right: 0 }
  const taken = (bottom - top) * (right - left)
  return (
    <footer className={classes.footer}>
      <span data-testid="table-size">
        {whole
          ? plural(table.rows, 'row')
          : `${total ? `${formatCount(total.rows)}${more}` : '…'} of ${plural(table.rows, 'row')}`}
        , {plural(table.columns.length, 'column')}
        {table.bytes !== undefined && `, ${formatBytes(table.bytes)}`}
      </span>
      {taken > 0 && (
        <Button size="compact-xs" variant="subtle" leftSection={<IconCopy size={13} />} onClick={copy}>
          Copy {plural(taken, 'cell')}
        </Button>
      )}
      {/* Stays while a query is on its way and however few rows it leaves: nothing may jump. */}
      {table.rows > pageRows && (
        <span className={classes.pager}>
          <Turn
            label="First rows"
            disabled={from === 0}
            onClick={() => turnTo(0)}
            icon={<IconChevronLeftPipe size={15} />}
          />
          <Turn
            label="Previous rows"
            disabled={from === 0}
            onClick={() => turnTo(Math.max(0, from - pageRows))}
            icon={<IconChevronLeft size={15} />}
          />
          <span className={classes.place} data-testid="table-place">
            {shown === 0 ? 'none' : `${formatCount(from + 1)}–${formatCount(from + shown)}`} of{' '}
            {total ? formatCount(reachable) : '…'}
            {more}
          </span>
          <Turn
            label="Next rows"
            disabled={from >= last}
            onClick={() => turnTo(from + pageRows)}
            icon={<IconChevronRight size={15} />}
          />
          <Turn
            label="Last rows"
            disabled={from >= last || more !== ''}
            onClick={() => turnTo(last)}
            icon={<IconChevronRightPipe size={15} />}
          />
        </span>
      )}
    </footer>
  )
}

function Turn({
  label,
  disabled,
  onClick,
  icon,
}: {
  label: string
  disabled: boolean
  onClick(): void
  icon: React.ReactNode
}) {
  return (
    <ActionIcon size={24} aria-label={label} disabled={disabled} onClick={onClick}>
      {icon}
    </ActionIcon>
  )
}
