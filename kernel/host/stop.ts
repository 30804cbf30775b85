/** A Stop: for which execution it is meant, and whether that came to its end. One at a time. */
export type Stop = {
  /**
   * `aim` says for which execution it is meant, now or later; where for none, it is over. Resolves to false where the
   * kernel is stuck, or patience has ended.
   */
  begin(aim: (meantFor: (n: number | undefined) => void) => void): Promise<boolean>
  executionEnded(n: number): void
  stuck(n: number): void
  kernelEnded(): void
}

/** None is under way. */
export function createStop(patienceMs: number): Stop {
  let meant: { n: number; settle(isOver: boolean): void } | undefined
  return {
    begin: (aim) =>
      new Promise<boolean>((done) => {
        const timer = setTimeout(() => done(false), patienceMs)
        const settle = (isOver: boolean) => {
          clearTimeout(timer)
          done(isOver)
        }
        aim((n) => {
          if (n === undefined) settle(true)
          else meant = { n, settle }
        })
      }).finally(() => {
        meant = undefined
      }),
    executionEnded(n) {
      if (meant?.n === n) meant.settle(true)
    },
    stuck(n) {
      if (meant?.n === n) meant.settle(false)
    },
    kernelEnded: () => meant?.settle(true),
  }
}
