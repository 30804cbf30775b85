import type { MimeBundle } from '../../lib/protocol/events'
import { limits } from '../../lib/protocol/limits'
import { bundleBytes } from './limits'

/** What of a cut bundle's text is still shown. */
const excerptLength = 100_000

/**
 * A bundle that a page can bear. One over the limit becomes the beginning of its text and a sentence that says
 * what is missing; `cut` then holds the whole of its longest text, for the full log.
 */
export function fitBundle(
  data: MimeBundle,
  maxBytes: number = limits.bundleBytes,
): { data: MimeBundle; cut?: string } {
  const bytes = bundleBytes(data)
  if (bytes <= maxBytes) return { data }
  const text = typeof data['text/plain'] === 'string' ? data['text/plain'] : ''
  const size = bytes.toLocaleString('en')
  const sentence = `… cut: ${size} bytes are more than the ${maxBytes.toLocaleString('en')} that a page shows; the whole is in the cell's log`
  const shown = text.slice(0, Math.min(excerptLength, maxBytes)).replace(/[\ud800-\udbff]$/, '')
  return { data: { 'text/plain': shown ? `${shown}\n${sentence}` : sentence }, cut: longestText(data) }
}

/** The beginning of a text that is too long for an error's message. */
export const cutText = (text: string, length = excerptLength) =>
  text.length <= length ? text : `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}… cut`

/** A trace of at most 200 lines. */
export function cutLines(lines: string[]) {
  const kept = lines.length <= 200 ? lines : [...lines.slice(0, 200), `… ${lines.length - 200} more lines`]
  return kept.map((line) => cutText(line, 10_000))
}

function longestText(data: MimeBundle) {
  const texts = Object.values(data).map((value) =>
    typeof value === 'string' ? value : JSON.stringify(value),
  )
  return texts.reduce((longest, each) => (each.length > longest.length ? each : longest), '')
}
