import type { RuleSummary } from '../../../../../lib/alerts/rules'
import type { AlertMetric } from '../../../../../lib/protocol/alerts'
import { formatMs } from '../../../../_ui/units'

export const metricNames: Record<AlertMetric, string> = {
  error_rate: 'Share of failed requests',
  latency_p95: 'Latency p95',
  latency_p99: 'Latency p99',
  drift: 'Drift',
}

/** A rule in one sentence. */
export function describeRule({ metric, threshold, windowMinutes, minRequests }: RuleSummary): string {
  if (metric === 'drift') return 'Inputs or outputs differ from the training data'
  const limit = metric === 'error_rate' ? `${Number((100 * threshold).toFixed(2))} %` : formatMs(threshold)
  return `${metricNames[metric]} over ${limit} in ${windowMinutes} min, of ${minRequests} requests or more`
}
