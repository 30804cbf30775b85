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

function longestText(data: MimeBundle) {
  const texts = Object.values(data).map((value) =>
    typeof value === 'string' ? value : JSON.stringify(value),
  )
  return texts.reduce((longest, each) => (each.length > longest.length ? each : longest), '')
}
