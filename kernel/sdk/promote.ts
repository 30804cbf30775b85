import type { Promoted } from '../../lib/protocol/kernel'

export type PromoteHost = (name: string, value: unknown, options: PromoteOptions) => Promise<Promoted>

export type PromoteOptions = {
  /**
   * Records to learn the input's schema from, and to test the new version with: an array of records, or an arquero
   * table. A function needs them; a model does without.
   */
  data?: unknown
  /** Text fields that may have other values than those in `data`. */
  allow?: string[]
}

/**
 * Makes a version of the endpoint `name` from a model, or from a function of an array of records, with all that it
 * uses. Resolves when the version has passed its self-test and answers; rejects with what could not be captured.
 */
export function createPromote(host: PromoteHost) {
  return function promote(name: string, value: unknown, options: PromoteOptions = {}): Promise<Promoted> {
    if (typeof name !== 'string')
      throw new TypeError(`promote needs the endpoint's name first: ${typeof name}`)
    return host(name, value, options)
  }
}
