import { and, eq, sql } from 'drizzle-orm'
import { preferences } from '../../drizzle/schema/preferences'
import { database } from '../db'
import { type Preference, type PreferenceName, preferenceSchemas } from '../protocol/preferences'

/** What a person prefers; undefined before they chose, and where an older Cellar kept what this one does not read. */
export async function readPreference<Name extends PreferenceName>(
  userId: string,
  name: Name,
  db = database(),
): Promise<Preference<Name> | undefined> {
  const [row] = await db
    .select({ value: preferences.value })
    .from(preferences)
    .where(and(eq(preferences.userId, userId), eq(preferences.name, name)))
  return preferenceSchemas[name].safeParse(row?.value).data as Preference<Name> | undefined
}

/** Keeps it, in place of what was. */
export async function keepPreference<Name extends PreferenceName>(
  userId: string,
  name: Name,
  value: Preference<Name>,
  db = database(),
) {
  const row = { userId, name, value }
  await db
    .insert(preferences)
    .values(row)
    .onConflictDoUpdate({
      target: [preferences.userId, preferences.name],
      set: { value, updatedAt: sql`now()` },
    })
}
