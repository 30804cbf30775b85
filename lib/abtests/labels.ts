import { sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Queryable } from '../db'
import type { AbVariant } from '../protocol/abtests'
import { createTally, type Tally } from './tally'

export type Labelled = { id: string; endpointId: string; variants: AbVariant[] }

/** A label's place in their order: its time to the microsecond, and its request. */
type Place = { at: string; requestId: string }
type Label = Place & { versionId: string; right: boolean; settled: boolean }

/**
 * A label's time is that of the beginning of its transaction: one that comes later than others may be of before them. Older
 * than this, seconds, all are there.
 */
const settledSeconds = 60

const beginning: Place = { at: '-infinity', requestId: '00000000-0000-0000-0000-000000000000' }

/** Every label of a test, read anew. */
export async function countLabels(db: Queryable, test: Labelled): Promise<Tally> {
  const tally = createTally(test.variants)
  for (const { versionId, right } of await labelsAfter(db, test, beginning)) tally.add(versionId, right)
  return tally
}

/** `readAt`: when it was read last, by the database's clock. */
type Known = { settled: Tally; place: Place; readAt: string; reading?: Promise<Tally> }

/**
 * Counts the labels of running tests again and again, for pages that show them live: what is settled is counted once, and
 * from then on only what is newer is read. A corrected label is older than that, so that all are read anew.
 */
export function createLabelCounter() {
  const tests = new LRUCache<string, Known>({ max: 500 })

  async function read(db: Queryable, test: Labelled, known: Known): Promise<Tally> {
    const [{ now, corrected }] = (await db.execute<{ now: string; corrected: boolean }>(sql`
      select now()::text as now, exists (
        select 1 from feedback f join predictions p on p.request_id = f.request_id
        where f.endpoint_id = ${test.endpointId} and p.ab_test_id = ${test.id}
          and f.changed_at > ${known.readAt}::timestamptz - make_interval(secs => ${settledSeconds})
      ) as corrected`)) as unknown as [{ now: string; corrected: boolean }]
    if (corrected) Object.assign(known, { settled: createTally(test.variants), place: beginning })
    const labels = await labelsAfter(db, test, known.place)
    known.readAt = now
    const newer: Label[] = []
    for (const label of labels) {
      if (!label.settled) {
        newer.push(label)
        continue
      }
      known.settled.add(label.versionId, label.right)
      known.place = { at: label.at, requestId: label.requestId }
    }
    const tally = known.settled.copy()
    for (const { versionId, right } of newer) tally.add(versionId, right)
    return tally
  }

  return (db: Queryable, test: Labelled): Promise<Tally> => {
    let known = tests.get(test.id)
    if (!known) {
      known = { settled: createTally(test.variants), place: beginning, readAt: '-infinity' }
      tests.set(test.id, known)
    }
    const found = known
    // Those who ask at the same time get the same answer; two readings would count twice.
    found.reading ??= read(db, test, found)
      .catch((error) => {
        tests.delete(test.id)
        throw error
      })
      .finally(() => {
        found.reading = undefined
      })
    return found.reading
  }
}

const labelsAfter = (db: Queryable, test: Labelled, { at, requestId }: Place) =>
  db.execute<Label>(sql`
    select p.version_id as "versionId", f."right", f.created_at::text as at, f.request_id as "requestId",
      f.created_at < now() - make_interval(secs => ${settledSeconds}) as settled
    from feedback f join predictions p on p.request_id = f.request_id
    where f.endpoint_id = ${test.endpointId} and p.ab_test_id = ${test.id}
      and (f.created_at, f.request_id) > (${at}::timestamptz, ${requestId}::uuid)
    order by f.created_at, f.request_id`)
