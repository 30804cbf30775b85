'use client'

import { Anchor, Checkbox } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { type Column, DataTable, Narrow } from '../../_ui/data-table'
import { RelativeTime } from '../../_ui/relative-time'
import { draggable } from './drag'
import { KernelState } from './kernel-state'
import { NotebookMenu } from './notebook-menu'
import type { NotebookRow } from './row'
import type { Library } from './use-library'

type Props = {
  rows: NotebookRow[]
  /** Undefined for somebody who may only look. */
  library: Library | undefined
  selected: ReadonlySet<string>
  onSelect: (ids: ReadonlySet<string>) => void
  /** Asks where to. */
  onMove: (rows: NotebookRow[]) => void
  empty: ReactNode
}

/** The notebooks of a folder; rows are selected, and dragged into folders. */
export function NotebookTable({ rows, library, selected, onSelect, onMove, empty }: Props) {
  const all = rows.length > 0 && rows.every(({ id }) => selected.has(id))
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    onSelect(next)
  }
  const columns: Column<NotebookRow>[] = [
    {
      key: 'title',
      title: 'Title',
      value: ({ title }) => title,
      render: ({ id, title, updatedAt }) => (
        <>
          <Anchor component={Link} href={`/n/${id}`} c="var(--cellar-text)" fw={500} draggable={false}>
            {title}
          </Anchor>
          <Narrow>
            <RelativeTime at={updatedAt} />
          </Narrow>
        </>
      ),
    },
    {
      key: 'kernel',
      title: 'Kernel',
      width: 130,
      wide: true,
      value: ({ kernel }) => kernel ?? null,
      render: ({ kernel }) => <KernelState state={kernel} />,
    },
    {
      key: 'updated',
      title: 'Changed',
      width: 150,
      wide: true,
      value: ({ updatedAt }) => Date.parse(updatedAt),
      render: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
    },
    {
      key: 'menu',
      title: '',
      width: 60,
      numeric: true,
      render: (row) => <NotebookMenu notebook={row} library={library} onMove={() => onMove([row])} />,
    },
  ]
  const select: Column<NotebookRow> = {
    key: 'select',
    title: 'Select',
    width: 44,
    head: (
      <Checkbox
        size="xs"
        aria-label="Select all"
        checked={all}
        indeterminate={!all && rows.some(({ id }) => selected.has(id))}
        onChange={() => onSelect(all ? new Set() : new Set(rows.map(({ id }) => id)))}
      />
    ),
    render: ({ id, title }) => (
      <Checkbox
        size="xs"
        aria-label={`Select ${title}`}
        checked={selected.has(id)}
        onChange={() => toggle(id)}
      />
    ),
  }
  return (
    <DataTable
      label="Notebooks"
      columns={library ? [select, ...columns] : columns}
      rows={rows}
      rowKey={({ id }) => id}
      rowProps={
        library
          ? ({ id }) => draggable(() => ({ notebooks: selected.has(id) ? [...selected] : [id] }))
          : undefined
      }
      sort={{ key: 'updated', descending: true }}
      empty={empty}
    />
  )
}
