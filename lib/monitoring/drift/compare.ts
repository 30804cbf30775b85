import type { FieldDrift } from '../../protocol/drift'
import type { FieldReference, Reference, SideReference } from '../../protocol/reference'
import { chiSquared } from './chi-squared'
import { holm } from './holm'
import { ksP, ksStatistic } from './kolmogorov-smirnov'
import { binned, stabilityIndex } from './stability-index'

/** Chance that an unchanged endpoint has any drifted field. */
export const driftLevel = 0.05
/** A smaller change is none, however certain: with enough requests every difference is. */
export const driftPsi = 0.1
/** With fewer records nothing is said. */
export const minDriftRecords = 200

/** Compares what came with the reference, field by field; most changed first. */
export function compareWith(reference: Reference, current: Reference): FieldDrift[] {
  const found = (['input', 'output'] as const).flatMap((side) =>
    compareSide(side, reference[side], current[side]),
  )
  const ps = holm(found.map(({ p }) => p))
  return found
    .map((each, i) => {
      const p = ps[i]!
      return { ...each, p, drifted: p < driftLevel && each.psi >= driftPsi }
    })
    .sort((a, b) => Number(b.drifted) - Number(a.drifted) || b.psi - a.psi)
}

type Compared = Omit<FieldDrift, 'drifted'>

function compareSide(side: FieldDrift['side'], reference: SideReference, current: SideReference): Compared[] {
  return Object.entries(reference.fields).flatMap(([path, before]) => {
    const now = current.fields[path]
    if (!now || reference.records === 0 || current.records === 0) return []
    const missing: [number, number] = [
      Math.round(before.missing * reference.records),
      Math.round(now.missing * current.records),
    ]
    const compared =
      before.kind === 'number' && now.kind === 'number'
        ? compareNumbers(before.values, now.values)
        : before.kind === 'category' && now.kind === 'category'
          ? compareCategories(before, now)
          : undefined
    if (!compared) return []
    const { pairs, ...rest } = compared
    return [{ side, path, ...withMissing(rest, pairs, missing, reference.records, current.records) }]
  })
}

type Kind = Pick<FieldDrift, 'test' | 'statistic' | 'p'>

function compareNumbers(
  before: readonly number[],
  now: readonly number[],
): Kind & { pairs: [number, number][] } {
  if (before.length === 0 || now.length === 0)
    return { test: 'Kolmogorov–Smirnov', statistic: 0, p: 1, pairs: [] }
  const statistic = ksStatistic(before, now)
  return {
    test: 'Kolmogorov–Smirnov',
    statistic,
    p: ksP(statistic, before.length, now.length),
    pairs: binned(before, now),
  }
}

type Categories = Extract<FieldReference, { kind: 'category' }>

function compareCategories(before: Categories, now: Categories): Kind & { pairs: [number, number][] } {
  const pairs = Object.entries(before.counts).map(([name, count]): [number, number] => [
    count,
    Object.hasOwn(now.counts, name) ? now.counts[name]! : 0,
  ])
  // What the reference does not know is one category.
  const unknown = Object.entries(now.counts)
    .filter(([name]) => !Object.hasOwn(before.counts, name))
    .reduce((sum, [, count]) => sum + count, now.other)
  if (unknown + before.other > 0) pairs.push([before.other, unknown])
  const { statistic, p } = chiSquared(pairs)
  return { test: 'chi-squared', statistic, p, pairs }
}

/** Whether values are missing is tested by itself, and the two tests share the level. */
function withMissing(
  kind: Kind,
  pairs: [number, number][],
  missing: [number, number],
  n: number,
  m: number,
): Kind & { psi: number } {
  if (missing[0] + missing[1] === 0) return { ...kind, psi: stabilityIndex(pairs) }
  const { p } = chiSquared([missing, [n - missing[0], m - missing[1]]])
  // Of a large reference a sample of the values is kept: their shares count, at the size of the whole.
  const kept = pairs.reduce((sum, [a]) => sum + a, 0)
  const scale = kept === 0 ? 1 : (n - missing[0]) / kept
  const all = pairs.map(([a, b]): [number, number] => [a * scale, b])
  return { ...kind, p: Math.min(1, 2 * Math.min(kind.p, p)), psi: stabilityIndex([...all, missing]) }
}
