import type { AbVariant } from '../protocol/abtests'
import { blocksFor, createSequentialTest, type SequentialTest } from './sequential'

/** What the labels of a test say by now, counted as they come: one more costs the same at any size. */
export type Tally = {
  /** Labels in the order in which they came. */
  add(versionId: string, right: boolean): void
  /** Of one version; `p`: always valid, against the control, whose own is null. */
  of(versionId: string): { labels: number; right: number; p: number | null }
  /** Goes on by itself. */
  copy(): Tally
}

type Side = { labels: number; right: number }

export function createTally(variants: readonly AbVariant[]): Tally {
  const [control, ...challengers] = variants as [AbVariant, ...AbVariant[]]
  return tallyOf(
    control.versionId,
    new Map(variants.map(({ versionId }) => [versionId, { labels: 0, right: 0 }])),
    new Map(
      challengers.map(({ versionId, weight }) => [
        versionId,
        createSequentialTest(blocksFor(control.weight, weight)),
      ]),
    ),
  )
}

function tallyOf(control: string, sides: Map<string, Side>, tests: Map<string, SequentialTest>): Tally {
  return {
    add(versionId, right) {
      const side = sides.get(versionId)
      // Of a version that takes no part.
      if (!side) return
      side.labels++
      if (right) side.right++
      if (versionId === control) for (const test of tests.values()) test.add('a', right)
      else tests.get(versionId)!.add('b', right)
    },
    of: (versionId) => ({
      ...(sides.get(versionId) ?? { labels: 0, right: 0 }),
      p: tests.get(versionId)?.p() ?? null,
    }),
    copy: () =>
      tallyOf(
        control,
        new Map([...sides].map(([id, side]) => [id, { ...side }])),
        new Map([...tests].map(([id, test]) => [id, test.copy()])),
      ),
  }
}
