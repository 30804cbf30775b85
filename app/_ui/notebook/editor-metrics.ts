/** Measures that the editor and its static stand-in share, in pixels: changing one for the other moves nothing. */
export const metrics = { fontSize: 13, lineHeight: 20, paddingY: 10, paddingX: 14, numberChars: 4 } as const

/** Beyond this many lines an editor scrolls inside itself, so that one cell never draws thousands of lines. */
const maxLines = 150

export function editorHeight(source: string): number {
  let lines = 1
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) lines++
  return Math.min(lines, maxLines) * metrics.lineHeight + 2 * metrics.paddingY
}
