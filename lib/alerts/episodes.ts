import { desc, eq, inArray } from 'drizzle-orm'
import { alertDeliveries, alertEpisodes } from '../../drizzle/schema/alerts'
import type { Database } from '../db'
import type { AlertMetric, AlertPhase } from '../protocol/alerts'

export type Episode = {
  id: string
  metric: AlertMetric
  summary: string
  beganAt: Date
  endedAt: Date | null
  messages: {
    phase: AlertPhase
    target: string
    state: 'waiting' | 'delivered' | 'failed'
    error: string | null
  }[]
}

const shown = 50

/** An endpoint's alerts, newest first, at most 50, with who was told. */
export async function listEpisodes(db: Database, endpointId: string): Promise<Episode[]> {
  const episodes = await db
    .select({
      id: alertEpisodes.id,
      metric: alertEpisodes.metric,
      summary: alertEpisodes.summary,
      beganAt: alertEpisodes.beganAt,
      endedAt: alertEpisodes.endedAt,
    })
    .from(alertEpisodes)
    .where(eq(alertEpisodes.endpointId, endpointId))
    .orderBy(desc(alertEpisodes.beganAt))
    .limit(shown)
  if (episodes.length === 0) return []
  const messages = await db
    .select({
      episodeId: alertDeliveries.episodeId,
      phase: alertDeliveries.phase,
      target: alertDeliveries.target,
      state: alertDeliveries.state,
      error: alertDeliveries.error,
    })
    .from(alertDeliveries)
    .where(
      inArray(
        alertDeliveries.episodeId,
        episodes.map(({ id }) => id),
      ),
    )
    .orderBy(alertDeliveries.phase, alertDeliveries.target)
  return episodes.map((episode) => ({
    ...episode,
    messages: messages
      .filter(({ episodeId }) => episodeId === episode.id)
      .map(({ episodeId: _, ...message }) => message),
  }))
}
