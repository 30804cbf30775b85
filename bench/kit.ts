import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'

/** One line of the table: what was measured, and against which bar. */
export type Figure = {
  name: string
  value: number
  unit: 'ms' | 's' | '/s' | 'MiB' | ''
  /** The bar, and which side of it is good. */
  bar?: { atMost: number } | { atLeast: number }
  /** The same of others, in the same unit; see `peers.ts`. */
  peers?: Record<string, number>
}

/** The value below which a share `q` of the values lies. Sorts `values` in place. */
export function quantile(values: number[], q: number): number {
  values.sort((a, b) => a - b)
  return values[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN
}

/** Where the figures come from, so that they can be compared with others. */
export const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  commit: git('rev-parse', '--short', 'HEAD'),
  at: new Date().toISOString(),
})

function git(...args: string[]) {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown'
  }
}

/** True, false, or undefined where there is no bar. */
export function meets({ value, bar }: Figure): boolean | undefined {
  if (!bar) return undefined
  return 'atMost' in bar ? value <= bar.atMost : value >= bar.atLeast
}

/** The figures as a table of plain text. */
export function table(figures: Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${short(figure.value)} ${figure.unit}`.trim(),
    describeBar(figure),
    { true: 'met', false: 'missed', undefined: '' }[String(meets(figure))] ?? '',
    describePeers(figure),
  ])
  const all = [['measured', 'value', 'bar', '', 'others (times that we are better)'], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]!.length)))
  return all
    .map(([name, value, bar, met, peers]) =>
      [
        name!.padEnd(widths[0]!),
        value!.padStart(widths[1]!),
        bar!.padStart(widths[2]!),
        met!.padEnd(widths[3]!),
        peers,
      ]
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** How many times better we are: faster, smaller, or more a second. */
const describePeers = ({ peers = {}, value, unit }: Figure) =>
  Object.entries(peers)
    .map(([name, theirs]) => {
      const times = unit === '/s' ? value / theirs : theirs / value
      return `${name} ${short(theirs)} (${times.toFixed(2)}×)`
    })
    .join(', ')

function describeBar({ bar, unit }: Figure) {
  if (!bar) return ''
  return 'atMost' in bar ? `≤ ${bar.atMost} ${unit}`.trim() : `≥ ${bar.atLeast} ${unit}`.trim()
}

const short = (value: number) => (value >= 100 ? Math.round(value).toString() : value.toFixed(2))
