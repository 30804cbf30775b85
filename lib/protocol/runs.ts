import type { RunEnd, TrackedNumber, TrackedParam } from './tracking'

/** Runs as pages and applications read them. */

/** How a metric stands: of all its points, NaN left out of `min` and `max`. */
export type MetricSummary = {
  last: TrackedNumber
  step: number
  min: TrackedNumber
  max: TrackedNumber
  count: number
}

export type RunState = 'running' | RunEnd

export type RunRow = {
  id: string
  name: string | null
  state: RunState
  notebook: { id: string; title: string } | null
  cellId: string
  params: Record<string, TrackedParam>
  metrics: Record<string, MetricSummary>
  tags: string[]
  by: string | null
  startedAt: Date
  endedAt: Date | null
}

/** `[step, value]` in the order in which they were recorded. */
export type Curve = [number, TrackedNumber][]
