import type { RunState } from '../../../lib/protocol/runs'
import type { TrackedNumber, TrackedParam } from '../../../lib/protocol/tracking'
import type { Tone } from '../../_ui/status-dot'

/** `0.0312`, `12,500`, `NaN`. */
export function formatNumber(value: TrackedNumber): string {
  if (typeof value !== 'number') return value.replace('Infinity', '∞')
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e9)) return value.toExponential(3)
  return value.toLocaleString('en', { maximumSignificantDigits: Math.abs(value) >= 1000 ? 21 : 5 })
}

export function formatParam(value: TrackedParam | undefined): string {
  if (value === undefined || value === null) return '–'
  return typeof value === 'number' ? formatNumber(value) : String(value)
}

/** What a run is called where nobody gave it a name. */
export const runName = ({ name, id }: { name: string | null; id: string }) => name ?? `run ${id.slice(0, 8)}`

export const tones: Record<RunState, Tone> = {
  running: 'busy',
  done: 'good',
  failed: 'bad',
  interrupted: 'warn',
}
