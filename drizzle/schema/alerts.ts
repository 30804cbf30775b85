import { sql } from 'drizzle-orm'
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { type AlertMessage, alertMetrics, alertPhases } from '../../lib/protocol/alerts'
import { endpoints, users } from '../schema'

const id = () => uuid('id').primaryKey().defaultRandom()
const time = (name: string) => timestamp(name, { withTimezone: true })

export const alertMetric = pgEnum('alert_metric', alertMetrics)
export const alertPhase = pgEnum('alert_phase', alertPhases)

/** When somebody is told that an endpoint does badly. */
export const alertRules = pgTable(
  'alert_rules',
  {
    id: id(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    metric: alertMetric('metric').notNull(),
    /** A share of requests or milliseconds; of drift none. */
    threshold: doublePrecision('threshold').notNull(),
    windowMinutes: integer('window_minutes').notNull(),
    minRequests: integer('min_requests').notNull(),
    emails: jsonb('emails').$type<string[]>().notNull(),
    webhookUrl: text('webhook_url'),
    enabled: boolean('enabled').notNull().default(true),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (t) => [index('alert_rules_endpoint').on(t.endpointId)],
)

/** From the moment when a rule was broken to the one when it was not any more. */
export const alertEpisodes = pgTable(
  'alert_episodes',
  {
    id: id(),
    ruleId: uuid('rule_id')
      .notNull()
      .references(() => alertRules.id, { onDelete: 'cascade' }),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    metric: alertMetric('metric').notNull(),
    /** What was said when it began. */
    summary: text('summary').notNull(),
    beganAt: time('began_at').notNull(),
    endedAt: time('ended_at'),
  },
  (t) => [
    index('alert_episodes_endpoint').on(t.endpointId, t.beganAt.desc()),
    // The database itself refuses a second alert of what is going on.
    uniqueIndex('alert_episodes_open').on(t.ruleId).where(sql`${t.endedAt} is null`),
  ],
)

export const alertChannel = pgEnum('alert_channel', ['mail', 'webhook'])
export const alertDeliveryState = pgEnum('alert_delivery_state', ['waiting', 'delivered', 'failed'])

/** Messages of an episode, written with it and sent until they are taken. */
export const alertDeliveries = pgTable(
  'alert_deliveries',
  {
    id: id(),
    episodeId: uuid('episode_id')
      .notNull()
      .references(() => alertEpisodes.id, { onDelete: 'cascade' }),
    phase: alertPhase('phase').notNull(),
    channel: alertChannel('channel').notNull(),
    /** An e-mail address, or a URL. */
    target: text('target').notNull(),
    message: jsonb('message').$type<AlertMessage>().notNull(),
    state: alertDeliveryState('state').notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    nextAt: time('next_at').notNull().defaultNow(),
    /** Of the last attempt. */
    error: text('error'),
  },
  (t) => [
    index('alert_deliveries_episode').on(t.episodeId),
    index('alert_deliveries_waiting').on(t.nextAt).where(sql`${t.state} = 'waiting'`),
  ],
)
