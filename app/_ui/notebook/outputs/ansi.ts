/** How a piece of terminal text looks. Colours are names of the 16 (`red`, `bright-red`) or CSS colours. */
export type Style = {
  color?: string
  background?: string
  bold?: boolean
  dim?: boolean
  italic?: boolean
  underline?: boolean
}
export type Span = { text: string; style: Style }

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']
const esc = '\u001b'
// CSI sequences, OSC sequences (titles, links), and single-character escapes.
const sequence = new RegExp(
  `${esc}\\[([0-9;:?]*)([ -/]*)([@-~])|${esc}\\][^\\u0007${esc}]*(?:\\u0007|${esc}\\\\)|${esc}[@-_]`,
  'g',
)

/** Cuts one line into styled spans. `style` is what the line before ended with; the answer says what this one ends with. */
export function parseAnsi(line: string, style: Style = {}): { spans: Span[]; style: Style } {
  const spans: Span[] = []
  let now = style
  let at = 0
  const add = (text: string) => text && spans.push({ text, style: now })
  if (line.includes(esc)) {
    for (const match of line.matchAll(sequence)) {
      add(line.slice(at, match.index))
      at = match.index + match[0].length
      if (match[3] === 'm') now = select(now, match[1] ?? '')
    }
  }
  add(line.slice(at))
  return { spans, style: now }
}

/** What a terminal would show of a line that moves back to its beginning: the last of its overwritten texts. */
export function overwritten(line: string): string {
  const ended = line.endsWith('\r') ? line.slice(0, -1) : line
  return ended.slice(ended.lastIndexOf('\r') + 1)
}

function select(style: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map(Number)
  let next = style
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    if (code === 38 || code === 48) {
      const { color, used } = extended(codes.slice(i + 1))
      next = code === 38 ? { ...next, color } : { ...next, background: color }
      i += used
    } else next = simple(next, code)
  }
  return next
}

function simple(style: Style, code: number): Style {
  if (code === 0) return {}
  if (code === 1) return { ...style, bold: true }
  if (code === 2) return { ...style, dim: true }
  if (code === 3) return { ...style, italic: true }
  if (code === 4) return { ...style, underline: true }
  if (code === 22) return { ...style, bold: undefined, dim: undefined }
  if (code === 23) return { ...style, italic: undefined }
  if (code === 24) return { ...style, underline: undefined }
  if (code === 39) return { ...style, color: undefined }
  if (code === 49) return { ...style, background: undefined }
  if (code >= 30 && code <= 37) return { ...style, color: names[code - 30] }
  if (code >= 40 && code <= 47) return { ...style, background: names[code - 40] }
  if (code >= 90 && code <= 97) return { ...style, color: `bright-${names[code - 90]}` }
  if (code >= 100 && code <= 107) return { ...style, background: `bright-${names[code - 100]}` }
  return style
}

/** `5;n` (of 256) or `2;r;g;b`. */
function extended([kind, a = 0, b = 0, c = 0]: number[]): { color: string | undefined; used: number } {
  if (kind === 2) return { color: `rgb(${byte(a)} ${byte(b)} ${byte(c)})`, used: 4 }
  if (kind !== 5) return { color: undefined, used: 1 }
  if (a < 8) return { color: names[a], used: 2 }
  if (a < 16) return { color: `bright-${names[a - 8]}`, used: 2 }
  if (a >= 232) return { color: `rgb(${gray(a)} ${gray(a)} ${gray(a)})`, used: 2 }
  const level = (n: number) => (n === 0 ? 0 : 55 + 40 * n)
  const cube = Math.max(0, Math.min(215, a - 16))
  const [red, green, blue] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level)
  return { color: `rgb(${red} ${green} ${blue})`, used: 2 }
}
const byte = (n: number) => Math.max(0, Math.min(255, n || 0))
const gray = (n: number) => 8 + 10 * (Math.min(n, 255) - 232)
