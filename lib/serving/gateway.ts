import type { IncomingMessage, ServerResponse } from 'node:http'
import { noServingMetrics } from '../metrics/serving'
import { createCopies } from '../shadows/copies'
import { createRunningShadows } from '../shadows/running'
import { createShadowLog } from '../shadows/shadow-log'
import { maxBodyMs } from './body'
import { createCallers } from './callers'
import { createDispatcher } from './dispatch'
import { createFeedback } from './feedback'
import { installationLimits } from './limits'
import { createLog } from './log'
import type { GatewayOptions } from './options'
import type { PredictContext } from './predict'
import { createRates } from './rates'
import { answerApi } from './routes/api'
import { answerMlflow } from './routes/mlflow'
import { partsOf, type Route } from './routes/route'
import { answerTensorflow } from './routes/tensorflow'
import { answerV2 } from './routes/v2'
import { createSplits } from './splits'
import { createVersions } from './versions'

export type Gateway = {
  /** True when the request is one of a serving protocol: it is answered here, and nobody else may touch it. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /** Refuses what still waits, writes the last log rows, closes the connections to Redis. */
  close(): Promise<void>
}

/** Behind batches, one job at a time, and few that wait. */
const shadowLimits = { priority: 3, maxJobs: 1, maxWaiting: 64 }
/** While more requests than these have no answer, shadows get no copies. */
const pressing = 16

/** The serving protocols, in front of a plain HTTP server. */
export function createGateway(options: GatewayOptions): Gateway {
  const {
    sql,
    redisUrl,
    origin,
    identify,
    batchFolder,
    warn = () => {},
    metrics = noServingMetrics,
    tracing,
  } = options
  const installation = installationLimits()
  const limits = {
    ...installation,
    deadlineMs: options.deadlineMs ?? installation.deadlineMs,
    maxWaiting: options.maxWaiting ?? installation.maxWaiting,
  }
  const versions = createVersions(sql, limits)
  const rates = createRates()
  const dispatcher = createDispatcher(redisUrl, {
    deadlineMs: limits.deadlineMs,
    onBatch: metrics.batch,
    tracing,
  })
  const copies = createCopies({
    running: createRunningShadows(sql),
    log: createShadowLog(sql, warn),
    dispatcher: () => createDispatcher(redisUrl, { ...shadowLimits, deadlineMs: limits.deadlineMs }),
    underPressure: () => dispatcher.open() > pressing,
  })
  const context: PredictContext = {
    sql,
    callers: createCallers(identify, origin, rates),
    rates,
    versions,
    splits: createSplits(sql, versions),
    feedback: createFeedback(sql),
    dispatcher,
    copies,
    versionsApi: options.versionsApi,
    datasetsApi: options.datasetsApi,
    log: createLog(sql, warn),
    metrics,
    tracing,
    warn,
    bodyMs: options.bodyMs ?? maxBodyMs,
    origin,
    batchFolder,
  }
  return {
    handle(request, response) {
      const { url = '' } = request
      const route = routes.find(({ base }) => begins(url, base))
      if (!route) return false
      route.answer(context, partsOf(url, route.base), request, response)
      return true
    },
    async close() {
      await context.dispatcher.close()
      // The refused requests take a turn to leave their rows.
      await new Promise((done) => setImmediate(done))
      await context.log.close()
      await copies.close()
    },
  }
}

const begins = (url: string, base: string) =>
  url.startsWith(base) && (base.endsWith('/') || /^[/?]|^$/.test(url.slice(base.length, base.length + 1)))

/** By the beginning of the path. */
const routes: Route[] = [
  { base: '/api/v1/', answer: answerApi },
  { base: '/v2', answer: answerV2 },
  { base: '/v1/models/', answer: answerTensorflow },
  { base: '/mlflow/', answer: answerMlflow },
]
