import { Group, NumberInput } from '@mantine/core'
import type { TokenRate } from '../../../lib/tokens/rate'

/** A rate as it is typed; both empty: none. */
export type RateText = { perSecond: number | string; burst: number | string }

export const rateText = (rate: TokenRate): RateText => rate ?? { perSecond: '', burst: '' }

/** Without a number for the burst, a second's requests may come at once. */
export function readRate({ perSecond, burst }: RateText): TokenRate {
  const rate = Number(perSecond)
  if (perSecond === '' || !(rate > 0)) return null
  return { perSecond: rate, burst: Number(burst) || Math.max(1, Math.ceil(rate)) }
}

/** `50 a second, 100 at once` */
export const describeRate = (rate: TokenRate) =>
  rate ? `${rate.perSecond} a second, ${rate.burst} at once` : 'none'

/** The same where there is little room: `50/s`. */
export const shortRate = (rate: TokenRate) => (rate ? `${rate.perSecond}/s` : 'none')

/** How many requests a key may send. */
export function RateFields({ rate, onChange }: { rate: RateText; onChange: (rate: RateText) => void }) {
  const burst = readRate({ ...rate, burst: '' })?.burst
  return (
    <Group grow align="flex-end" gap="md">
      <NumberInput
        label="Requests a second"
        placeholder="No limit"
        min={0.01}
        max={100_000}
        value={rate.perSecond}
        onChange={(perSecond) => onChange({ ...rate, perSecond })}
      />
      <NumberInput
        label="At once"
        placeholder={burst ? String(burst) : 'No limit'}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        disabled={rate.perSecond === ''}
        value={rate.burst}
        onChange={(value) => onChange({ ...rate, burst: value })}
      />
    </Group>
  )
}
