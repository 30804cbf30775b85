import { Button, CloseButton, Popover, TextInput } from '@mantine/core'
import { IconFilter, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { TableOutput } from '../../../../../lib/protocol/mime'
import type { TableFilter, TableQuery } from '../../../../../lib/protocol/tables'
import { FilterForm } from './filter-form'
import { filterText, putFilter } from './query'
import classes from './toolbar.module.css'
import type { Summary } from './use-summaries'

/** The filter that is being made or changed. */
export type Editing = { column: number; index?: number }

type Props = {
  columns: TableOutput['columns']
  query: TableQuery
  setQuery(query: TableQuery): void
  editing: Editing | undefined
  edit(editing: Editing | undefined): void
  summaries: Record<number, Summary>
  live: boolean
  children: ReactNode
}

/** How long a search waits for the next letter, ms. */
const typingMs = 200

/** Search and filters of a table, and what else stands beside them. */
export function Toolbar({ columns, query, setQuery, editing, edit, summaries, live, children }: Props) {
  const { filters } = query
  const remove = (index: number) => setQuery({ ...query, filters: filters.filter((_, i) => i !== index) })
  const apply = (filter: TableFilter) => {
    setQuery({ ...query, filters: putFilter(filters, filter, editing?.index) })
    edit(undefined)
  }
  return (
    <div className={classes.bar}>
      {live && (
        <>
          <Search value={query.search} onSearch={(search) => setQuery({ ...query, search })} />
          <Popover
            opened={editing !== undefined}
            onChange={(opened) => !opened && edit(undefined)}
            position="bottom-start"
            trapFocus
            returnFocus
            shadow="md"
          >
            <Popover.Target>
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconFilter size={13} />}
                onClick={() => edit(editing ? undefined : { column: 0 })}
              >
                Filter
              </Button>
            </Popover.Target>
            <Popover.Dropdown onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}>
              {editing && (
                <FilterForm
                  key={`${editing.column} ${editing.index}`}
                  columns={columns}
                  column={editing.column}
                  filter={editing.index === undefined ? undefined : filters[editing.index]}
                  summaries={summaries}
                  onApply={apply}
                />
              )}
            </Popover.Dropdown>
          </Popover>
        </>
      )}
      <div className={classes.right}>{children}</div>
      {filters.length > 0 && (
        <ul className={classes.chips} aria-label="Filters">
          {filters.map((filter, i) => {
            const { name, kind } = columns[filter.column]!
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same filter may be there twice
              <li key={i} className={classes.chip}>
                <button type="button" onClick={() => edit({ column: filter.column, index: i })}>
                  <b>{name}</b> {filterText(filter, kind === 'time')}
                </button>
                <CloseButton
                  size="xs"
                  aria-label={`Remove the filter of ${name}`}
                  onClick={() => remove(i)}
                />
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}

function Search({ value, onSearch }: { value: string; onSearch(value: string): void }) {
  const [typed, setTyped] = useState(value)
  // The search may be taken away from elsewhere.
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onSearch(typed), typingMs)
    return () => clearTimeout(timer)
  })
  return (
    <TextInput
      className={classes.search}
      size="xs"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSearch(typed)
        if (event.key !== 'Escape' || typed === '') return
        event.stopPropagation()
        setTyped('')
        onSearch('')
      }}
      maxLength={500}
      placeholder="Search all columns"
      aria-label="Search all columns"
      leftSection={<IconSearch size={13} />}
      rightSection={
        typed !== '' && (
          <CloseButton
            size="xs"
            aria-label="Clear the search"
            onClick={() => {
              setTyped('')
              onSearch('')
            }}
          />
        )
      }
    />
  )
}
