// biome-ignore-all lint/a11y/useSemanticElements: only a part of the table is drawn
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself has the focus
import { Menu } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconFilter,
  IconSortAscending,
  IconSortDescending,
  IconTransform,
  IconX,
} from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import type { DatasetColumn } from '../../../../../lib/protocol/dataset'
import { ColumnHead } from '../column-head'
import classes from './grid.module.css'

type Props = {
  index: number
  column: DatasetColumn
  style: CSSProperties
  numeric: boolean
  sort: { descending: boolean } | undefined
  /** Undefined: not sorted any more. */
  onSort: (descending: boolean | undefined) => void
  onFilter: () => void
  onConvert?: (() => void) | undefined
}

/** A column's head: its name, its type, and what can be done with the column. */
export function ColumnMenu({ index, column, style, numeric, sort, onSort, onFilter, onConvert }: Props) {
  const Mark = sort?.descending ? IconArrowDown : IconArrowUp
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sort ? (sort.descending ? 'descending' : 'ascending') : undefined}
      className={numeric ? `${classes.headCell} ${classes.numeric}` : classes.headCell}
      style={style}
    >
      <Menu position="bottom-start" width={200}>
        <Menu.Target>
          <button type="button" className={classes.headButton} aria-label={`Column ${column.name}`}>
            <span className={classes.headText}>
              <ColumnHead column={column} />
            </span>
            {sort && <Mark size={14} stroke={2} aria-hidden />}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {column.type !== 'numbers' && (
            <>
              <Menu.Item leftSection={<IconSortAscending size={15} />} onClick={() => onSort(false)}>
                Sort ascending
              </Menu.Item>
              <Menu.Item leftSection={<IconSortDescending size={15} />} onClick={() => onSort(true)}>
                Sort descending
              </Menu.Item>
            </>
          )}
          {sort && (
            <Menu.Item leftSection={<IconX size={15} />} onClick={() => onSort(undefined)}>
              Do not sort
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconFilter size={15} />} onClick={onFilter}>
            Filter…
          </Menu.Item>
          {onConvert && (
            <Menu.Item leftSection={<IconTransform size={15} />} onClick={onConvert}>
              Change type…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
