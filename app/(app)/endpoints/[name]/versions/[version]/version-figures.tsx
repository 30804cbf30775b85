import type { VersionPage } from '../../../../../../lib/registry/version-page'
import { formatBytes, formatCount, formatDifference, formatMs, formatShare } from '../../../../../_ui/units'
import type { Wire } from '../../../../../_ui/wire'
import endpoint from '../../endpoint.module.css'

/** How often it was asked and how it did, how large it is, and what its self-test found. */
export function VersionFigures({ page: { requests, artifactBytes, selfTest } }: { page: Wire<VersionPage> }) {
  const figures: [string, string][] = [
    ['Requests', formatCount(requests.requests)],
    ['Failed', formatShare(requests.errors, requests.requests)],
    ['Latency p50', formatMs(requests.p50)],
    ['Latency p99', formatMs(requests.p99)],
    ['Size', formatBytes(artifactBytes)],
    ['Self-test', selfTest ? `${formatCount(selfTest.records)} records` : '–'],
    ['Largest difference', selfTest ? formatDifference(selfTest.maxDifference) : '–'],
  ]
  return (
    <div className={endpoint.totals} data-testid="version-figures">
      <dl className={endpoint.figures}>
        {figures.map(([name, value]) => (
          <div key={name} className={endpoint.figure}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
