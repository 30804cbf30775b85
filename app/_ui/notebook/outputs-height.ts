import type { Output } from '../../../lib/notebook/state'

/** About how high outputs are when drawn, px; the page corrects itself where it is wrong. */
export const outputsHeight = (outputs: readonly Output[]) =>
  outputs.reduce((sum, output) => sum + outputHeight(output), 0)

function outputHeight(output: Output): number {
  if (output.output_type === 'stream') return 20 + 18 * Math.min(linesOf(output.text), 26)
  if (output.output_type === 'error') return 120
  const types = Object.keys(output.data)
  if (types.some((type) => type.includes('table'))) return 420
  if (types.some((type) => type.startsWith('image/') || type === 'text/html')) return 400
  if (types.every((type) => type.startsWith('text/'))) return 40
  return 120
}

function linesOf(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0 && lines < 30; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
