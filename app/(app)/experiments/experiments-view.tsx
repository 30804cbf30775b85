'use client'

import { Button, CloseButton, Pagination, TextInput } from '@mantine/core'
import { IconFlask, IconTrash } from '@tabler/icons-react'
import Link from 'next/link'
import { useRef, useState } from 'react'
import type { RunList } from '../../../lib/experiments/list'
import { api } from '../../_ui/api'
import { CodeBlock } from '../../_ui/code-block'
import { Confirm } from '../../_ui/confirm'
import { EmptyState } from '../../_ui/empty-state'
import { useKeys } from '../../_ui/keys'
import { say, sayFailure } from '../../_ui/notices'
import { Page, PageHeader, Section } from '../../_ui/page'
import { SelectionBar } from '../../_ui/selection-bar'
import { formatCount } from '../../_ui/units'
import type { Wire } from '../../_ui/wire'
import { ColumnsMenu } from './columns-menu'
import { Curves } from './curves'
import classes from './experiments.module.css'
import { RunsTable } from './runs-table'
import { Scatter } from './scatter'
import { useHidden } from './use-hidden'
import { type RunsAsked, useRuns } from './use-runs'

type Props = { first: Wire<RunList>; asked: RunsAsked; mayChange: boolean }

const pageSize = 50
/** Curves that can still be told apart. */
const mostDrawn = 10
const example = `import { track } from 'cellar'\ntrack.params({ rate: 0.1, units: 32 })\ntrack.metric('accuracy', 0.97)`

/** The experiments of a workspace: found, sorted, compared. */
export function ExperimentsView({ first, asked: begin, mayChange }: Props) {
  const { asked, ask, list, problem, refresh } = useRuns(first, begin)
  const [selected, setSelected] = useState(new Set<string>())
  const [hidden, setHidden] = useHidden()
  const [deleting, setDeleting] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useKeys('This page', [{ keys: '/', label: 'Filter runs', run: () => input.current?.focus() }])
  const { runs, total, params, metrics } = list
  const filtered = Boolean(asked.filter || asked.notebookId)
  const chosen = runs.filter(({ id }) => selected.has(id))
  const drawn = (chosen.length > 0 ? chosen : runs).slice(0, mostDrawn)
  const shownMetrics = metrics.filter((name) => !hidden.has(`metric.${name}`))
  const shownParams = params.filter((name) => !hidden.has(`param.${name}`))
  const moving = shownMetrics.filter((name) => drawn.some(({ metrics }) => (metrics[name]?.count ?? 0) > 1))

  const remove = async () => {
    const ids = [...selected]
    try {
      const { deleted } = await api<{ deleted: number }>('DELETE', '/api/runs', { ids })
      say(`${deleted === 1 ? 'One run' : `${deleted} runs`} deleted`)
      setSelected(new Set())
    } catch (error) {
      sayFailure('The runs were not deleted', error)
    }
    setDeleting(false)
    await refresh()
  }

  return (
    <Page>
      <PageHeader
        title="Experiments"
        description="What cells recorded with track: what was tried, and how well it did."
      />
      {(total > 0 || filtered || problem) && (
        <div className={classes.bar}>
          <TextInput
            ref={input}
            className={classes.filter}
            aria-label="Filter runs"
            placeholder={'accuracy > 0.9 and model = cnn'}
            value={asked.filter ?? ''}
            error={problem}
            onChange={(event) => ask({ filter: event.currentTarget.value })}
            onKeyDown={(event) => event.key === 'Escape' && ask({ filter: '' })}
            rightSection={
              asked.filter && (
                <CloseButton size="sm" aria-label="Clear the filter" onClick={() => ask({ filter: '' })} />
              )
            }
            autoComplete="off"
            spellCheck={false}
          />
          <ColumnsMenu params={params} metrics={metrics} hidden={hidden} onChange={setHidden} />
        </div>
      )}
      {mayChange && selected.size > 0 && (
        <SelectionBar label="Selected runs" count={selected.size} onClear={() => setSelected(new Set())}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconTrash size={15} stroke={1.6} />}
            onClick={() => setDeleting(true)}
          >
            Delete
          </Button>
        </SelectionBar>
      )}
      <RunsTable
        rows={runs}
        params={shownParams}
        metrics={shownMetrics}
        sort={asked.sort ?? '-started'}
        onSort={(sort) => ask({ sort })}
        selected={selected}
        onSelect={setSelected}
        empty={
          filtered || problem ? (
            <EmptyState icon={<IconFlask size={22} stroke={1.6} />} title="No run is like this" compact />
          ) : (
            <EmptyState
              icon={<IconFlask size={22} stroke={1.6} />}
              title="No experiments yet"
              action={
                <Button component={Link} href="/notebooks">
                  Go to notebooks
                </Button>
              }
            >
              Record in a cell what it was made with and how well it did; epochs of a training come by
              themselves.
              <div className={classes.example}>
                <CodeBlock code={example} label="How a cell records" />
              </div>
            </EmptyState>
          )
        }
      />
      {total > 0 && (
        <div className={classes.foot}>
          <span>{total === 1 ? 'One run' : `${formatCount(total)} runs`}</span>
          {total > pageSize && (
            <Pagination
              size="sm"
              total={Math.ceil(total / pageSize)}
              value={(asked.page ?? 0) + 1}
              onChange={(page) => ask({ page: page - 1 })}
              getControlProps={(control) => ({ 'aria-label': `${control} page` })}
            />
          )}
        </div>
      )}
      {runs.length > 0 && (moving.length > 0 || (shownParams.length > 0 && shownMetrics.length > 0)) && (
        <Section
          title="Compare"
          description={
            chosen.length > 0
              ? `The ${chosen.length === 1 ? 'run' : `${Math.min(chosen.length, mostDrawn)} runs`} selected above.`
              : `The first ${drawn.length === 1 ? 'run' : `${drawn.length} runs`} above; select others to see them.`
          }
        >
          <div className={classes.charts}>
            {moving.map((metric) => (
              <Curves key={metric} metric={metric} runs={drawn} />
            ))}
            {shownParams.length > 0 && shownMetrics.length > 0 && (
              <Scatter rows={chosen.length > 1 ? chosen : runs} params={shownParams} metrics={shownMetrics} />
            )}
          </div>
        </Section>
      )}
      {deleting && (
        <Confirm
          title={selected.size === 1 ? 'Delete this run?' : `Delete ${selected.size} runs?`}
          text="Parameters, metrics and artifacts go for good. Versions that were promoted from them stay."
          action="Delete"
          onConfirm={remove}
          onClose={() => setDeleting(false)}
        />
      )}
    </Page>
  )
}
