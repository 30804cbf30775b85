/**
 * A test of two proportions that may be looked at after every label: the safe test of Turner, Ly and Grünwald ("Generic
 * E-variables for exact sequential k-sample tests that allow for optional stopping", 2021, arXiv:2106.02693, section 3).
 *
 * Labels come in blocks of `a` of one version and `b` of the other. Each block multiplies the evidence by
 *   Π f(y | pA) Π f(y | pB) / Π f(y | p0),  p0 = (a pA + b pB) / (a + b),
 * where pA and pB are estimated from the blocks before it. Under "both are equally good" its expectation is at most 1 for
 * every common rate, so that by Ville's inequality the evidence ever reaches 1/α with probability at most α, however often
 * one looks.
 */
export type SequentialTest = {
  /** A label of version `side` became known: whether its prediction was right. */
  add(side: 'a' | 'b', right: boolean): void
  /** Evidence against "equally good", from 0 on; at least 1/α rejects it at level α. */
  evidence(): number
  /** Smallest level at which it was ever rejected, 0 to 1: an always-valid p-value. */
  p(): number
  /** Goes on by itself. */
  copy(): SequentialTest
}

/** Sizes of a block; equal ones unless traffic is split otherwise. */
export type Blocks = { a: number; b: number }

/** Successes and failures that are taken as seen before the first: keeps estimates away from 0 and 1. */
const prior = 0.18

export function createSequentialTest(blocks: Blocks = { a: 1, b: 1 }): SequentialTest {
  return sequentialTest(blocks, {
    seen: { a: { right: prior, all: 2 * prior }, b: { right: prior, all: 2 * prior } },
    waiting: { a: [], b: [] },
    log: 0,
    largest: 0,
  })
}

type Seen = { right: number; all: number }
type State = {
  seen: { a: Seen; b: Seen }
  waiting: { a: boolean[]; b: boolean[] }
  log: number
  largest: number
}

function sequentialTest({ a, b }: Blocks, state: State): SequentialTest {
  const { seen, waiting } = state

  function block() {
    const ofA = waiting.a.splice(0, a)
    const ofB = waiting.b.splice(0, b)
    const pA = seen.a.right / seen.a.all
    const pB = seen.b.right / seen.b.all
    const p0 = (a * pA + b * pB) / (a + b)
    for (const right of ofA) state.log += likelihood(pA, right) - likelihood(p0, right)
    for (const right of ofB) state.log += likelihood(pB, right) - likelihood(p0, right)
    state.largest = Math.max(state.largest, state.log)
    count(seen.a, ofA)
    count(seen.b, ofB)
  }

  return {
    add(side, right) {
      waiting[side].push(right)
      while (waiting.a.length >= a && waiting.b.length >= b) block()
    },
    evidence: () => Math.exp(state.log),
    p: () => Math.exp(-state.largest),
    copy: () => sequentialTest({ a, b }, structuredClone(state)),
  }
}

const likelihood = (p: number, right: boolean) => Math.log(right ? p : 1 - p)

function count(seen: { right: number; all: number }, labels: boolean[]) {
  seen.right += labels.filter(Boolean).length
  seen.all += labels.length
}

/** Small block sizes in the proportion of two weights: 0.9 and 0.1 give 9 and 1. */
export function blocksFor(weightA: number, weightB: number): Blocks {
  const ratio = weightA / weightB
  return ratio >= 1 ? { a: Math.round(ratio), b: 1 } : { a: 1, b: Math.round(1 / ratio) }
}
