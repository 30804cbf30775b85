'use client'

import { Anchor, Group, Pagination, SegmentedControl, Skeleton, Switch, Text } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import Link from 'next/link'
import { useState } from 'react'
import type { DatasetVersionSummary } from '../../../../../../lib/datasets/find'
import type { DiffKind } from '../../../../../../lib/protocol/dataset-diff'
import { EmptyState } from '../../../../../_ui/empty-state'
import { formatCount } from '../../../../../_ui/units'
import type { Wire } from '../../../../../_ui/wire'
import { ColumnNotes } from './column-notes'
import classes from './compare.module.css'
import { DiffTable } from './diff-table'
import { pageRows, useDiff } from './use-diff'
import { VersionSelect } from './version-select'

type Props = { dataset: string; versions: Wire<DatasetVersionSummary>[]; before: number; after: number }

/** So many columns are all shown unless the person wants fewer. */
const fewColumns = 12

/** What differs between two versions of a data set, row by row. */
export function CompareView({ dataset, versions, ...asked }: Props) {
  const [pair, setPair] = useState({ before: asked.before, after: asked.after })
  const [kind, setKind] = useState<DiffKind | 'all'>('all')
  const [page, setPage] = useState(1)
  const [chosen, setOnlyChanged] = useState<boolean>()
  const { diff, problem, isWaiting } = useDiff(dataset, pair, kind, page)
  const choose = (part: Partial<typeof pair>) => {
    const next = { ...pair, ...part }
    setPair(next)
    setKind('all')
    setPage(1)
    window.history.replaceState(null, '', `?before=${next.before}&after=${next.after}`)
  }
  const { added = 0, changed = 0, deleted = 0 } = diff?.counts ?? {}
  const all = added + changed + deleted
  const onlyChanged = chosen ?? (diff?.columns.length ?? 0) > fewColumns
  const shown = { all, added, changed, deleted }[kind]
  return (
    <div className={classes.view} aria-busy={isWaiting}>
      <Group gap="sm" align="end">
        <VersionSelect
          label="From"
          versions={versions}
          value={pair.before}
          onChange={(before) => choose({ before })}
        />
        <VersionSelect
          label="To"
          versions={versions}
          value={pair.after}
          onChange={(after) => choose({ after })}
        />
        <Anchor component={Link} href={`/data/${dataset}/versions`} size="sm" pb={8}>
          All versions
        </Anchor>
      </Group>
      {problem && <Text role="alert">{problem}</Text>}
      {!diff && !problem && <Skeleton height={320} radius="lg" />}
      {diff && (
        <>
          <ColumnNotes columns={diff.columns} />
          {diff.asWholes && all > 0 && (
            <Text size="sm" c="dimmed">
              One of these versions came from another file, where rows have no identity: they are compared as
              wholes, so that a row with another value counts as one deleted and one added.
            </Text>
          )}
          {all === 0 ? (
            <EmptyState icon={<IconArrowsDiff size={22} stroke={1.6} />} title="No row differs" compact>
              Versions {pair.before} and {pair.after} hold the same rows.
            </EmptyState>
          ) : (
            <>
              <div className={classes.bar}>
                <SegmentedControl
                  size="xs"
                  aria-label="Which rows"
                  value={kind}
                  onChange={(value) => {
                    setKind(value as DiffKind | 'all')
                    setPage(1)
                  }}
                  data={[
                    { value: 'all', label: `All ${formatCount(all)}` },
                    { value: 'added', label: `Added ${formatCount(added)}` },
                    { value: 'changed', label: `Changed ${formatCount(changed)}` },
                    { value: 'deleted', label: `Deleted ${formatCount(deleted)}` },
                  ]}
                />
                <Switch
                  size="xs"
                  label="Only columns that differ"
                  checked={onlyChanged}
                  onChange={(event) => setOnlyChanged(event.currentTarget.checked)}
                />
              </div>
              <DiffTable diff={diff} onlyChanged={onlyChanged} />
              {shown > pageRows && (
                <Pagination
                  size="sm"
                  total={Math.ceil(shown / pageRows)}
                  value={page}
                  onChange={setPage}
                  getControlProps={(control) => ({ 'aria-label': `${control} page` })}
                />
              )}
            </>
          )}
        </>
      )}
    </div>
  )
}
