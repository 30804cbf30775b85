import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendError } from './answer'
import { createCallers } from './callers'
import { describeEndpoint, listEndpoints } from './describe'
import { createDispatcher } from './dispatch'
import { createLog } from './log'
import type { GatewayOptions } from './options'
import { type PredictContext, predict } from './predict'
import { Refusal } from './refusal'
import { newRequestId } from './request-id'
import { createVersions } from './versions'

export type Gateway = {
  /** True when the request is one of `/api/v1/*`: it is answered here, and nobody else may touch it. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /** Refuses what still waits, writes the last log rows, closes the connections to Redis. */
  close(): Promise<void>
}

const base = '/api/v1/'
const fromEnvironment = (name: string) => Number(process.env[name]) || undefined

/** The serving protocols, in front of a plain HTTP server. */
export function createGateway(options: GatewayOptions): Gateway {
  const { sql, redisUrl, origin, identify, warn = () => {} } = options
  const deadlineMs = options.deadlineMs ?? fromEnvironment('CELLAR_PREDICT_TIMEOUT_MS') ?? 10_000
  const maxWaiting = options.maxWaiting ?? fromEnvironment('CELLAR_PREDICT_WAITING') ?? 1024
  const context: PredictContext = {
    callers: createCallers(identify, origin),
    versions: createVersions(sql),
    dispatcher: createDispatcher(redisUrl, { deadlineMs, maxWaiting }),
    log: createLog(sql, warn),
    warn,
    deadlineMs,
  }
  return {
    handle(request, response) {
      const { url } = request
      if (!url?.startsWith(base)) return false
      route(context, url, request, response)
      return true
    },
    async close() {
      await context.dispatcher.close()
      // The refused requests take a turn to leave their rows.
      await new Promise((done) => setImmediate(done))
      await context.log.close()
    },
  }
}

function route(context: PredictContext, url: string, request: IncomingMessage, response: ServerResponse) {
  const query = url.indexOf('?')
  const path = url.slice(base.length, query < 0 ? undefined : query)
  const [name = '', verb, ...more] = path.split('/')
  const method = request.method === 'HEAD' ? 'GET' : request.method
  if (verb === 'predict' && more.length === 0) {
    if (method === 'POST') return void predict(context, name, request, response)
    return refuse(response, notAllowed('POST', request.method))
  }
  if (verb !== undefined || name === '')
    return refuse(response, new Refusal(404, 'not_found', `no such path: ${base}${path}`))
  if (method !== 'GET') return refuse(response, notAllowed('GET', request.method))
  if (name === 'endpoints') return void listEndpoints(context, request, response)
  void describeEndpoint(context, name, request, response)
}

const refuse = (response: ServerResponse, refusal: Refusal) =>
  void sendError(response, newRequestId(), refusal)

const notAllowed = (allow: string, got = '') =>
  new Refusal(405, 'method_not_allowed', `use ${allow} here, got ${got}`, undefined, { allow })
