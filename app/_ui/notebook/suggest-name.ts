import { endpointName } from '../../../lib/protocol/serving'

/** An endpoint's name from a notebook's: `Income classifier` → `income-classifier`. */
export function suggestName(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '')
  return endpointName.safeParse(words).success ? words : ''
}
