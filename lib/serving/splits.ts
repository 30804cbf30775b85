import type { IncomingHttpHeaders } from 'node:http'
import type { Sql } from 'postgres'
import type { AbVariant } from '../protocol/abtests'
import { type AtHand, andThen } from './at-hand'
import { createFresh } from './fresh'
import type { Selector, Serving, Versions } from './versions'

type Running = { id: string; stickyHeader: string; variants: AbVariant[] }

/** A started or ended test counts within this time, milliseconds. */
const maxAgeMs = 1000

export type Splits = {
  /**
   * The version that answers a request. While an A/B test runs, what asks for the one in production, or for `ab_testing`,
   * is shared among the test's versions by weight: requests with the same value of its header always alike.
   */
  choose(
    workspaceId: string,
    endpoint: string,
    selector: Selector,
    headers: IncomingHttpHeaders,
    requestId: string,
  ): AtHand<Chosen>
}

type Chosen = { serving: Serving; abTestId: string | null }

export function createSplits(sql: Sql, versions: Versions): Splits {
  const fresh = createFresh<{ test: Running | undefined }>(maxAgeMs)

  const load = async (workspaceId: string, endpoint: string) => {
    const [test] = await sql<Running[]>`
      select t.id, t.sticky_header as "stickyHeader", t.variants
      from ab_tests t join endpoints e on e.id = t.endpoint_id
      where e.workspace_id = ${workspaceId} and e.name = ${endpoint} and t.ended_at is null`
    return { test }
  }

  return {
    choose(workspaceId, endpoint, selector, headers, requestId) {
      const { version, status = 'production' } = selector
      const shared = version === undefined && (status === 'production' || status === 'ab_testing')
      const find = (which: Selector, abTestId: string | null) =>
        andThen(versions.find(workspaceId, endpoint, which), (serving): Chosen => ({ serving, abTestId }))
      if (!shared) return find(selector, null)
      const known = fresh.get(`${workspaceId}/${endpoint}`, () => load(workspaceId, endpoint))
      if (known instanceof Promise) {
        // Nearly always there is no test: who waits for the database does so once.
        const version = versions.find(workspaceId, endpoint, selector)
        if (version instanceof Promise) version.catch(() => {})
      }
      return andThen(known, ({ test }) => {
        if (!test) return find(selector, null)
        const given = headers[test.stickyHeader]
        const key = typeof given === 'string' && given !== '' ? given : requestId
        const { version } = pick(test.variants, place(`${test.id}:${key}`))
        return find({ version }, test.id)
      })
    },
  }
}

/** The variant at a place from 0 to 1. */
function pick(variants: AbVariant[], at: number): AbVariant {
  let end = 0
  for (const variant of variants) {
    end += variant.weight
    if (at < end) return variant
  }
  return variants.at(-1)!
}

/** A text's even place from 0 to 1: FNV-1a, mixed as in MurmurHash3's last step so that like texts lie apart. */
export function place(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
