import type { Tone } from '../../../../../../_ui/status-dot'
import { formatCount, formatDifference } from '../../../../../../_ui/units'
import type { Reproduction } from './use-reproductions'

export const tones: Record<Reproduction['state'], Tone> = {
  running: 'busy',
  equal: 'good',
  different: 'warn',
  failed: 'bad',
  cancelled: 'quiet',
}

export const labels: Record<Reproduction['state'], string> = {
  running: 'Running',
  equal: 'Same',
  different: 'Different',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** What came of it, as a sentence. */
export function finding({ state, note, records, differing, maxDifference }: Reproduction): string {
  if ((state !== 'equal' && state !== 'different') || records === null) return sentence(note)
  const many =
    records === 1 ? 'the prediction of one record' : `the predictions of ${formatCount(records)} records`
  const most = maxDifference === null ? '' : `; the largest difference is ${formatDifference(maxDifference)}`
  if (state === 'equal') return sentence(`${many} agree within 1e-6${most}`)
  return sentence(`${formatCount(differing ?? 0)} of ${many} differ${most}`)
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
