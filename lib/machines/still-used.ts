import { inArray, sql } from 'drizzle-orm'
import { notebooks, revisionContents } from '../../drizzle/schema'
import { database } from '../db'
import type { PackagesInUse } from '../protocol/hosts'

/** `environmentKey` of a revision's packages, as the database computes it. */
const keyOfRevision = sql<string>`encode(sha256(convert_to(
  (${revisionContents.content} -> 'environment' ->> 'lock') || chr(10) || coalesce(
    (select string_agg(script, ',' order by script collate "C")
      from json_array_elements_text(${revisionContents.content} -> 'environment' -> 'scripts') as script), ''),
  'UTF8')), 'hex')`

/**
 * Of a machine's environments those that a revision has, and of its notebooks those that are not deleted for good.
 * What a notebook has now is in its history within two minutes.
 */
export async function stillUsed(asked: PackagesInUse, db = database()): Promise<PackagesInUse> {
  const kept =
    asked.environments.length === 0
      ? []
      : await db
          .selectDistinct({ key: keyOfRevision })
          .from(revisionContents)
          .where(inArray(keyOfRevision, asked.environments))
  const there =
    asked.notebooks.length === 0
      ? []
      : await db.select({ id: notebooks.id }).from(notebooks).where(inArray(notebooks.id, asked.notebooks))
  return { environments: kept.map(({ key }) => key), notebooks: there.map(({ id }) => id) }
}
