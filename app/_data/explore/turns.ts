import { Refused } from '../../../lib/refused'

/** One question on its way; whoever asks anew ends it. */
export type Turn = {
  /** Called when it ends early. */
  onEnd?: () => void
  readonly ended: boolean
  /** Throws where it has ended. */
  check(): void
}

/**
 * Lets `most` questions run at once, in the order in which they came. A question of an asker ends the one that this asker
 * has on its way, whether it runs or waits.
 */
export function createTurns(most: number) {
  const ofAsker = new Map<string, { end(): void }>()
  const waiting: (() => void)[] = []
  let running = 0

  return async function take<Result>(asker: string, work: (turn: Turn) => Promise<Result>): Promise<Result> {
    ofAsker.get(asker)?.end()
    let ended = false
    const turn: Turn = {
      get ended() {
        return ended
      },
      check() {
        if (ended) throw new Refused(409, 'asked_anew', 'another question took the place of this one')
      },
    }
    const own = {
      end() {
        ended = true
        turn.onEnd?.()
      },
    }
    ofAsker.set(asker, own)
    try {
      if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
      running++
      try {
        turn.check()
        return await work(turn)
      } finally {
        running--
        waiting.shift()?.()
      }
    } finally {
      if (ofAsker.get(asker) === own) ofAsker.delete(asker)
    }
  }
}
