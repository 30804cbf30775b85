/** How far a training is. Rejecting or throwing from `step` ends it. */
export type Progress = {
  /** Step `done` of `of`; `values` are points of the curves that its page draws. Gives others their turn. */
  step(done: number, of: number, what: string, values?: Record<string, number>): Promise<void>
  log(line: string): void
}

/** Where nobody looks. */
export const noProgress: Progress = { step: async () => {}, log: () => {} }
