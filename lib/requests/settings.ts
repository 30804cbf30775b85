import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { logSettings } from '../../drizzle/schema/monitoring'
import type { Database } from '../db'

export const requestLogSettings = z.object({
  /** Share of answered requests whose inputs and outputs are kept. */
  sampleShare: z.number().min(0).max(1),
  retentionDays: z.number().int().min(1).max(3650),
})
export type RequestLogSettings = z.infer<typeof requestLogSettings>

/** What holds until a person says otherwise. */
export const defaultLogSettings: RequestLogSettings = { sampleShare: 1, retentionDays: 90 }

export async function readLogSettings(db: Database, endpointId: string): Promise<RequestLogSettings> {
  const [row] = await db
    .select({ sampleShare: logSettings.sampleShare, retentionDays: logSettings.retentionDays })
    .from(logSettings)
    .where(eq(logSettings.endpointId, endpointId))
  return row ?? defaultLogSettings
}

/** Counts for requests within a second; what is too old goes with the next sweep. */
export async function saveLogSettings(db: Database, endpointId: string, settings: RequestLogSettings) {
  await db
    .insert(logSettings)
    .values({ endpointId, ...settings })
    .onConflictDoUpdate({ target: logSettings.endpointId, set: settings })
}
