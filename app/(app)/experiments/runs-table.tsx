import { Anchor, Badge, Checkbox, Group } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { RunRow } from '../../../lib/protocol/runs'
import { type Column, DataTable, SortButton } from '../../_ui/data-table'
import { RelativeTime } from '../../_ui/relative-time'
import { StatusDot } from '../../_ui/status-dot'
import type { Wire } from '../../_ui/wire'
import classes from './experiments.module.css'
import { formatNumber, formatParam, runName, tones } from './format'

export type Row = Wire<RunRow>

type Props = {
  rows: Row[]
  params: string[]
  metrics: string[]
  /** As `RunQuery` has it. */
  sort: string
  onSort: (sort: string) => void
  selected: Set<string>
  onSelect: (selected: Set<string>) => void
  empty: ReactNode
}

/** Runs with a column for each parameter and metric; the order is asked of the server, which has all of them. */
export function RunsTable(props: Props) {
  const { rows, params, metrics, sort, onSort, selected, onSelect, empty } = props
  const head = (key: string, title: string) => <SortHead title={title} sort={sort} by={key} onSort={onSort} />
  const all = rows.length > 0 && rows.every(({ id }) => selected.has(id))
  const toggle = (ids: string[], on: boolean) => {
    const next = new Set(selected)
    for (const id of ids) on ? next.add(id) : next.delete(id)
    onSelect(next)
  }
  const columns: Column<Row>[] = [
    {
      key: 'selected',
      title: 'Selected',
      width: 40,
      head: (
        <Checkbox
          size="xs"
          aria-label="Select all on this page"
          checked={all}
          indeterminate={!all && rows.some(({ id }) => selected.has(id))}
          onChange={({ currentTarget }) =>
            toggle(
              rows.map(({ id }) => id),
              currentTarget.checked,
            )
          }
        />
      ),
      render: (row) => (
        <Checkbox
          size="xs"
          aria-label={`Select ${runName(row)}`}
          checked={selected.has(row.id)}
          onChange={({ currentTarget }) => toggle([row.id], currentTarget.checked)}
        />
      ),
    },
    {
      key: 'name',
      title: 'Run',
      head: head('name', 'Run'),
      render: (row) => (
        <Group gap={6} wrap="nowrap">
          <Anchor
            component={Link}
            href={`/experiments/${row.id}`}
            c="var(--cellar-text)"
            fw={500}
            className={classes.name}
          >
            {runName(row)}
          </Anchor>
          {row.tags.map((tag) => (
            <Badge key={tag} size="sm" variant="light" color="gray" tt="none" flex="none">
              {tag}
            </Badge>
          ))}
        </Group>
      ),
    },
    {
      key: 'state',
      title: 'State',
      head: head('state', 'State'),
      render: ({ state }) => <StatusDot tone={tones[state]}>{state}</StatusDot>,
    },
    ...metrics.map(
      (name): Column<Row> => ({
        key: `metric.${name}`,
        title: name,
        numeric: true,
        head: head(`metric.${name}`, name),
        render: ({ metrics }) => (metrics[name] ? formatNumber(metrics[name].last) : '–'),
      }),
    ),
    ...params.map(
      (name): Column<Row> => ({
        key: `param.${name}`,
        title: name,
        numeric: rows.every(({ params }) => params[name] == null || typeof params[name] === 'number'),
        head: head(`param.${name}`, name),
        render: ({ params }) => <span className={classes.param}>{formatParam(params[name])}</span>,
      }),
    ),
    {
      key: 'notebook',
      title: 'Notebook',
      wide: true,
      render: ({ notebook }) =>
        notebook ? (
          <Anchor component={Link} href={`/n/${notebook.id}`} size="sm" className={classes.name}>
            {notebook.title}
          </Anchor>
        ) : (
          '–'
        ),
    },
    {
      key: 'started',
      title: 'Began',
      head: head('started', 'Began'),
      render: ({ startedAt, by }) => (
        <span className={classes.began}>
          <RelativeTime at={startedAt} since={by ? `by ${by},` : undefined} />
        </span>
      ),
    },
  ]
  return <DataTable label="Runs" columns={columns} rows={rows} rowKey={({ id }) => id} empty={empty} />
}

type SortHeadProps = { title: string; by: string; sort: string; onSort: (sort: string) => void }

/** A press sorts by the column, another turns it around; metrics and times begin with the greatest. */
function SortHead({ title, by, sort, onSort }: SortHeadProps) {
  const active = sort === by || sort === `-${by}`
  const descending = sort === `-${by}`
  const first = by === 'started' ? `-${by}` : by
  return (
    <SortButton
      title={title}
      sort={active ? { key: by, descending } : undefined}
      label={`Sort by ${title}${active ? (descending ? ', now descending' : ', now ascending') : ''}`}
      onPress={() => onSort(active ? (descending ? by : `-${by}`) : first)}
    />
  )
}
