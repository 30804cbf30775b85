import {
  AggregatorRegistry,
  type OpenMetricsContentType,
  Registry,
  type RegistryContentType,
} from 'prom-client'
import type { MetricSnapshot, ProcessReport } from '../protocol/report'

/** A registry's values as JSON. What is not a number yet (the mean of nothing) is left out: JSON could not say it. */
export async function snapshot(registry: Registry): Promise<MetricSnapshot> {
  const metrics = await registry.getMetricsAsJSON()
  return metrics.map(({ name, help, type, values }) => ({
    name,
    help,
    type: type as unknown as MetricSnapshot[number]['type'],
    values: values.flatMap(({ value, labels, ...rest }) => {
      if (!Number.isFinite(value)) return []
      const { metricName } = rest as { metricName?: string }
      return [{ value, labels: labels as Record<string, string | number>, ...(metricName && { metricName }) }]
    }),
  }))
}

/** One page of many processes' metrics; which process a value is of is in its labels. */
export function federate(
  reports: Pick<ProcessReport, 'kind' | 'machine' | 'pid' | 'metrics'>[],
  openMetrics: boolean,
) {
  const labelled = reports.map(({ kind, machine, pid, metrics }) =>
    metrics.map((metric) => ({
      ...metric,
      // OpenMetrics names the family without the suffix of its samples, and prom-client appends it.
      name: openMetrics && metric.type === 'counter' ? metric.name.replace(/_total$/, '') : metric.name,
      // Values of two processes differ in their labels, so that nothing is in fact added up.
      aggregator: 'sum',
      values: metric.values.map((value) => ({
        ...value,
        labels: { process: kind, machine, pid, ...value.labels },
      })),
    })),
  )
  const registry = AggregatorRegistry.aggregate<RegistryContentType>(labelled)
  if (openMetrics) registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as OpenMetricsContentType)
  return { contentType: registry.contentType, text: () => registry.metrics() }
}
