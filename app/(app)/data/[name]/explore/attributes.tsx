'use client'

import { Pagination } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Section } from '../../../../_ui/page'
import { SearchInput } from '../../../../_ui/search-input'
import { formatCount } from '../../../../_ui/units'
import { AttributeFigure } from './attribute-figure'
import { useExploring } from './context'
import classes from './explore.module.css'

/** Columns of a page: a thousand figures at once nobody looks at. */
const pageSize = 24

/** A figure for each column. */
export function Attributes() {
  const { columns } = useExploring()
  const [search, setSearch] = useState('')
  const [page, setPage] = useState(1)
  const found = useMemo(
    () => columns.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase())),
    [columns, search],
  )
  const pages = Math.ceil(found.length / pageSize)
  const at = Math.min(page, Math.max(1, pages))
  return (
    <Section
      title="Attributes"
      description="How the values of each column are spread. Outliers lie more than 1.5 times the distance of the quartiles beyond them (Tukey’s rule)."
      actions={
        columns.length > 9 ? (
          <SearchInput
            value={search}
            label="Find a column"
            onChange={(text) => {
              setSearch(text)
              setPage(1)
            }}
          />
        ) : undefined
      }
    >
      <div className={classes.grid}>
        {found.slice((at - 1) * pageSize, at * pageSize).map((column) => (
          <AttributeFigure key={column.name} column={column} />
        ))}
      </div>
      {found.length === 0 && <p className={classes.hint}>No column has a name like this.</p>}
      {pages > 1 && (
        <div className={classes.foot}>
          <span>
            {formatCount((at - 1) * pageSize + 1)} to {formatCount(Math.min(at * pageSize, found.length))} of{' '}
            {formatCount(found.length)} columns
          </span>
          <Pagination
            size="sm"
            total={pages}
            value={at}
            onChange={setPage}
            getControlProps={(control) => ({ 'aria-label': `${control} page of columns` })}
          />
        </div>
      )}
    </Section>
  )
}
