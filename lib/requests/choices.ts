import { desc, eq } from 'drizzle-orm'
import { apiTokens, modelVersions } from '../../drizzle/schema'
import type { Database } from '../db'
import type { FieldSchema } from '../protocol/schema'
import { compareVersions } from '../registry/versions'

/** A field of the input that a search can be about. `field`: names from the record inwards. */
export type SearchField = { field: string[]; type: 'number' | 'boolean' | 'string'; categories?: string[] }

export type SearchChoices = {
  /** Newest first. */
  versions: string[]
  keys: { id: string; name: string }[]
  fields: SearchField[]
}

/** What a search among an endpoint's requests can be narrowed by. */
export async function searchChoices(
  db: Database,
  workspaceId: string,
  endpointId: string,
): Promise<SearchChoices> {
  const [versions, keys] = await Promise.all([
    db
      .select({ version: modelVersions.version, schema: modelVersions.schema })
      .from(modelVersions)
      .where(eq(modelVersions.endpointId, endpointId)),
    // Revoked ones too: what they asked is still there.
    db
      .select({ id: apiTokens.id, name: apiTokens.name })
      .from(apiTokens)
      .where(eq(apiTokens.workspaceId, workspaceId))
      .orderBy(desc(apiTokens.createdAt))
      .limit(200),
  ])
  versions.sort((a, b) => compareVersions(b.version, a.version))
  const fields = new Map<string, SearchField>()
  for (const { schema } of versions)
    for (const each of fieldsOf(schema.input)) {
      const key = each.field.join('\0')
      if (!fields.has(key)) fields.set(key, each)
    }
  return {
    versions: versions.map(({ version }) => version),
    keys,
    fields: [...fields.values()].slice(0, 200),
  }
}

function fieldsOf(schema: FieldSchema, field: string[] = []): SearchField[] {
  if (schema.type === 'object')
    return Object.entries(schema.fields).flatMap(([name, inner]) => fieldsOf(inner, [...field, name]))
  if (field.length === 0) return []
  if (schema.type === 'string') return [{ field, type: 'string', categories: schema.categories }]
  return schema.type === 'number' || schema.type === 'boolean' ? [{ field, type: schema.type }] : []
}
