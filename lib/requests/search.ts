import { desc, eq, type SQL, sql } from 'drizzle-orm'
import { apiTokens, feedback, predictions } from '../../drizzle/schema'
import type { Database } from '../db'
import { Refused } from '../refused'
import { conditionOf, type RequestFilter } from './filter'

/** One line of a search. */
export type FoundRequest = {
  requestId: string
  createdAt: Date
  version: string
  status: number
  records: number
  latencyMs: number
  /** Name of the key that called; null for Cellar's own pages. */
  key: string | null
  error: string | null
  /** The beginning of the output's JSON; null where it was not kept. */
  output: string | null
  /** What feedback says of the answer; null without any. */
  right: boolean | null
}

export type FoundPage = {
  /** Newest first. */
  requests: FoundRequest[]
  /** Where the next page begins; null at the end. */
  next: string | null
}

const pageSize = 50
const searchMs = 10_000
const previewLength = 160

/** A page of the requests that fit. `after`: the `next` of the page before. Throws `Refused` 422 where it takes too long. */
export async function searchRequests(
  db: Database,
  endpointId: string,
  filter: RequestFilter,
  after?: string,
): Promise<FoundPage> {
  const where = sql`${conditionOf(endpointId, filter)}${after === undefined ? sql`` : beyond(after)}`
  const rows = await withinTime(db, (tx) =>
    tx
      .select({
        requestId: predictions.requestId,
        createdAt: predictions.createdAt,
        version: predictions.version,
        status: predictions.status,
        records: predictions.records,
        latencyMs: predictions.latencyMs,
        key: apiTokens.name,
        error: predictions.error,
        output: sql<string | null>`left(${predictions.output}::text, ${previewLength})`,
        right: feedback.right,
      })
      .from(predictions)
      .leftJoin(apiTokens, eq(apiTokens.id, predictions.tokenId))
      .leftJoin(feedback, eq(feedback.requestId, predictions.requestId))
      .where(where)
      .orderBy(desc(predictions.createdAt), desc(predictions.requestId))
      .limit(pageSize + 1),
  )
  const requests = rows.slice(0, pageSize)
  return { requests, next: rows.length > pageSize ? placeOf(requests.at(-1)!) : null }
}

/** Where a row stands in the order of a search. */
export const placeOf = ({ createdAt, requestId }: { createdAt: Date; requestId: string }) =>
  `${createdAt.toISOString()}_${requestId}`

/** ` and …`: what comes after a place. Throws `Refused` 400. */
export function beyond(place: string): SQL {
  const [, at, id] = /^([\dT:.-]+Z)_([0-9a-f-]{36})$/.exec(place) ?? []
  if (!at || !id || Number.isNaN(Date.parse(at)))
    throw new Refused(
      400,
      'bad_place',
      `after: expected the next of another page, got ${place.slice(0, 100)}`,
    )
  return sql` and (${predictions.createdAt}, ${predictions.requestId}) < (${at}::timestamptz, ${id}::uuid)`
}

/** Reads that give up after 10 s, so that a wide search does not keep the database from its work. */
export async function withinTime<T>(db: Database, read: (tx: Database) => Promise<T>): Promise<T> {
  try {
    return await db.transaction(async (tx) => {
      await tx.execute(sql.raw(`set local statement_timeout = ${searchMs}`))
      return read(tx as unknown as Database)
    })
  } catch (error) {
    const code = (error as { code?: string; cause?: { code?: string } }).cause?.code
    if (code !== '57014') throw error
    throw new Refused(
      422,
      'too_wide',
      `the search took longer than ${searchMs / 1000} s: choose a shorter time or another condition`,
    )
  }
}
