import type { TipMark } from '../../../lib/protocol/figure'

/** The parts of Observable Plot's channels and scales that are read here. */
export type Channel = {
  value: ArrayLike<unknown>
  scale?: string | null
  defaultScale?: string
  label?: string
  hint?: { length?: number }
  source?: Channel | null
}
export type Scales = Record<string, ({ label?: string } & ((value: unknown) => unknown)) | undefined>
export type Values = { channels: Record<string, Channel> } & Record<string, ArrayLike<unknown> | undefined>
export type FacetIndex = ArrayLike<number> & { fx?: unknown; fy?: unknown }

const ignored = new Set(['geometry', 'href', 'src', 'ariaLabel', 'scales'])

/** What Plot's own tip says of each point of a mark, which it would only draw under a browser's pointer. */
export function markLines(
  indices: readonly number[],
  facets: readonly FacetIndex[],
  values: Values,
  scales: Scales,
): TipMark['lines'] {
  const { channels } = values
  const title = channels.title
  if (title) return [{ label: '', texts: indices.map((i) => format(title.value[i])) }]

  const sources = sourcesOf(channels)
  const labelOf = (key: string, or = key) => {
    const channel = sources[key]
    return String(scales[channel?.scale ?? key]?.label ?? channel?.label ?? or)
  }
  const lines: TipMark['lines'] = []
  for (const [key, channel] of Object.entries(sources)) {
    const axis = key[0] as 'x' | 'y'
    if (/^[xy]1$/.test(key) && `${axis}2` in sources) continue
    const first = /^[xy]2$/.test(key) ? sources[`${axis}1`] : undefined
    if (first) {
      const [from, to] = [labelOf(`${axis}1`, axis), labelOf(key, axis)]
      const texts = indices.map((i) => formatPair(first, channel, i))
      lines.push({ label: from === to ? from : `${from}–${to}`, texts })
      continue
    }
    const label = labelOf(key)
    // A line's stroke names its series, and so does its z.
    if (lines.some((line) => line.label === label)) continue
    const line: TipMark['lines'][number] = { label, texts: indices.map((i) => format(channel.value[i])) }
    const colors = channel.scale === 'color' ? values[key] : undefined
    if (colors) line.colors = indices.map((i) => (typeof colors[i] === 'string' ? colors[i] : null))
    lines.push(line)
  }
  for (const key of ['fx', 'fy'] as const)
    if (scales[key] && facets.some((facet) => facet[key] !== undefined))
      lines.push({ label: labelOf(key), texts: facets.map((facet) => format(facet[key])) })
  return lines.filter(({ texts }) => texts.some((text) => text !== null))
}

/** Each channel as the person gave it, before a transform stacked or normalised it; places first. */
function sourcesOf(channels: Record<string, Channel>) {
  const sources: Record<string, Channel> = {}
  const position = ([key]: [string, unknown]) => (/^x\d?$/.test(key) ? 0 : /^y\d?$/.test(key) ? 1 : 2)
  for (const [key, given] of Object.entries(channels).sort((a, b) => position(a) - position(b))) {
    if (ignored.has(key) || ((key === 'x' || key === 'y') && channels.geometry)) continue
    let channel: Channel | null = given
    while (channel?.source !== undefined) channel = channel.source
    // A colour that is a literal says nothing.
    if (channel && !(channel.scale == null && channel.defaultScale === 'color')) sources[key] = channel
  }
  return sources
}

function formatPair(from: Channel, to: Channel, i: number) {
  const [a, b] = [from.value[i], to.value[i]]
  // Stacked: what counts is the difference.
  if (to.hint?.length) return format((b as number) - (a as number))
  return `${format(a) ?? ''}–${format(b) ?? ''}`
}

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })

function format(value: unknown): string | null {
  if (value === null || value === undefined || Number.isNaN(value)) return null
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return null
    return value.toISOString().replace(/T00:00:00\.000Z$|(:00)?\.000Z$/, '')
  }
  if (typeof value !== 'number') return String(value).slice(0, 500)
  const size = Math.abs(value)
  // Years and the like stay without a comma.
  if (Number.isInteger(value) && size < 10_000) return String(value)
  return size !== 0 && (size < 0.01 || size >= 1e15)
    ? String(Number(value.toPrecision(4)))
    : grouped.format(value)
}
