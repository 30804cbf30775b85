import type { VersionPage } from '../../../../../../lib/registry/version-page'
import { type Column, DataTable } from '../../../../../_ui/data-table'
import { formatBytes, formatCount, formatDifference, formatMs, formatShare } from '../../../../../_ui/units'
import type { Wire } from '../../../../../_ui/wire'
import classes from './compare.module.css'

/** One thing of two versions. */
export type Fact = { name: string; a: string; b: string }

type Props = {
  /** The versions. */
  a: string
  b: string
  facts: Fact[]
  /** What is said where there is nothing to tell. */
  same?: string
}

export function Facts({ a, b, facts, same }: Props) {
  if (facts.length === 0 && same) return <p className={classes.same}>{same}</p>
  const columns: Column<Fact>[] = [
    { key: 'name', title: '', width: '30%', render: ({ name }) => name },
    { key: 'a', title: a, render: (fact) => fact.a },
    { key: 'b', title: b, render: (fact) => fact.b },
  ]
  return <DataTable label={`${a} and ${b}`} columns={columns} rows={facts} rowKey={({ name }) => name} />
}

type Page = Wire<VersionPage>

const figures: [name: string, of: (page: Page) => string][] = [
  ['Requests', ({ requests }) => formatCount(requests.requests)],
  ['Failed', ({ requests }) => formatShare(requests.errors, requests.requests)],
  ['Latency p50', ({ requests }) => formatMs(requests.p50)],
  ['Latency p99', ({ requests }) => formatMs(requests.p99)],
  ['Size', ({ artifactBytes }) => formatBytes(artifactBytes)],
  ['Self-test', ({ selfTest }) => (selfTest ? `${formatCount(selfTest.records)} records` : '–')],
  [
    'Self-test’s largest difference',
    ({ selfTest }) => (selfTest ? formatDifference(selfTest.maxDifference) : '–'),
  ],
  ['Artifact', ({ hashes }) => hashes.artifact.slice(0, 12)],
  ['Packages’ lockfile', ({ hashes }) => hashes.lockfile?.slice(0, 12) ?? 'none'],
]

/** What is known of both in numbers. */
export const factsOf = (a: Page, b: Page): Fact[] =>
  figures.map(([name, of]) => ({ name, a: of(a), b: of(b) }))
