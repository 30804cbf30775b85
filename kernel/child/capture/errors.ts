/** Why one thing cannot be promoted. `name`: as the person wrote it, `encoder.levels[2]`. */
export type Refusal = { name: string; reason: string }

/** Something that a promotion needs cannot leave the kernel; all reasons at once. */
export class CaptureError extends Error {
  override name = 'CaptureError'
  constructor(readonly refusals: Refusal[]) {
    super(refusals.map(({ name, reason }) => `${name} ${reason}`).join('\n'))
  }
}

/** The promotion itself was asked for wrongly; the message says how to ask. */
export class PromoteError extends Error {
  override name = 'PromoteError'
}
