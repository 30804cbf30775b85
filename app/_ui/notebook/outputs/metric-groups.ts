export type Series = { name: string; values: number[]; validation: boolean }
export type MetricGroup = { name: string; series: Series[] }

/** Metrics that share a chart: `loss` with `val_loss`, `acc` with `val_acc`. Loss comes first. */
export function metricGroups(history: Record<string, number[]>): MetricGroup[] {
  const groups = new Map<string, Series[]>()
  for (const [name, values] of Object.entries(history)) {
    if (values.length === 0) continue
    const validation = name.startsWith('val_')
    const base = validation ? name.slice(4) : name
    const series = { name, values, validation }
    groups.set(
      base,
      validation ? [...(groups.get(base) ?? []), series] : [series, ...(groups.get(base) ?? [])],
    )
  }
  return [...groups]
    .map(([name, series]) => ({ name, series }))
    .sort((a, b) => Number(b.name === 'loss') - Number(a.name === 'loss'))
}
