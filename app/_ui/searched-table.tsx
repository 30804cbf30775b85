'use client'

import { type ReactNode, useState } from 'react'
import { holdsWords, searchWords } from '../../lib/search-words'
import { type Column, DataTable } from './data-table'
import { EmptyState } from './empty-state'
import { SearchInput } from './search-input'

type Props<Row> = {
  /** The rows' kind, as in "Search endpoints". */
  label: string
  rows: Row[]
  columns: Column<Row>[]
  /** What a search looks through. */
  textOf: (row: Row) => string
  icon: ReactNode
  /** What is said where nothing fits a search. */
  unfit: (search: string) => string
  /** Where there are no rows at all. */
  empty: ReactNode
}

/** All of a workspace's rows of one kind, by name, with a search above them. */
export function SearchedTable<Row extends { id: string }>(props: Props<Row>) {
  const { label, rows, columns, textOf, icon, unfit, empty } = props
  const [search, setSearch] = useState('')
  return (
    <>
      {rows.length > 0 && (
        <SearchInput value={search} onChange={setSearch} label={`Search ${label.toLowerCase()}`} />
      )}
      <DataTable
        label={label}
        columns={columns}
        rows={rows.filter((row) => holdsWords(textOf(row), search))}
        rowKey={({ id }) => id}
        sort={{ key: 'name', descending: false }}
        empty={
          searchWords(search).length > 0 ? <EmptyState icon={icon} title={unfit(search)} compact /> : empty
        }
      />
    </>
  )
}
