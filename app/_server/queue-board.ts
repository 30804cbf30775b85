import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AppViewRoute } from '@bull-board/api/typings/app'
import type { Express, Request, Response } from 'express'
import type { Database } from '../../lib/db'
import { enterInstallation } from '../../lib/door'
import { isOwnOrigin } from '../../lib/origin'
import { openQueues } from '../../lib/queues'
import { connectRedis } from '../../lib/redis'
import { Refused } from '../../lib/refused'
import { currentUser } from '../../lib/session'

const base = '/admin/queues'

/** The board is a page of its own with scripts in files; its base element names this path. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

type Options = { db: Database; redisUrl: string; origin: string }

/** bull-board at `/admin/queues`: every job of everybody, so for the installation's owner alone. */
export function createQueueBoard({ db, redisUrl, origin }: Options) {
  const redis = connectRedis(redisUrl, 'prompt')
  let board: Promise<Express> | undefined

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const user = await currentUser(request.headers.cookie, db)
    const actor = user ? ({ kind: 'user', id: user.id } as const) : ({ kind: 'anonymous' } as const)
    await enterInstallation(actor, 'queues.manage', db)
    const reads = request.method === 'GET' || request.method === 'HEAD'
    // The session's cookie goes along with requests of other sites' pages, too.
    if (!reads && !isOwnOrigin(request.headers.origin, request.headers.host, origin))
      throw new Refused(403, 'cross_origin', "this is answered to Cellar's own pages only")
    board ??= createBoard(openQueues(redis)).catch((error) => {
      board = undefined
      throw error
    })
    const app = await board
    response.setHeader('content-security-policy', policy)
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'same-origin')
    response.setHeader('cache-control', 'private, no-cache')
    request.url = request.url?.slice(base.length) || '/'
    if (!request.url.startsWith('/')) request.url = `/${request.url}`
    app(request as Request, response as Response)
  }

  return {
    /** False when the request is for something else. */
    answer(request: IncomingMessage, response: ServerResponse): boolean {
      const path = request.url?.split('?')[0] ?? ''
      if (path !== base && !path.startsWith(`${base}/`)) return false
      answer(request, response).catch((error: unknown) => refuse(response, error))
      return true
    },
    close: () => redis.disconnect(),
  }
}

function refuse(response: ServerResponse, error: unknown) {
  if (!(error instanceof Refused)) console.error('the queue board failed:', error)
  const status = error instanceof Refused ? error.status : 500
  if (status === 401) return response.writeHead(303, { location: '/sign-in' }).end()
  const message = error instanceof Refused ? error.message : 'something went wrong here'
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${message}\n`)
}

/** Loaded when it is first asked for: few people ever do. */
async function createBoard(queues: ReturnType<typeof openQueues>): Promise<Express> {
  const [{ createBullBoard }, { BullMQAdapter }, { ExpressAdapter }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/express'),
  ])
  class OwnFonts extends ExpressAdapter {
    /** As the adapter's own, without the style sheet that the page would load from another site. */
    override setEntryRoute({ method, route, handler }: AppViewRoute) {
      this.app[method](route, (_request: Request, response: Response) => {
        const { name, params } = handler({ basePath: this.basePath, uiConfig: this.uiConfig })
        response.render(name, params, (error: Error | null, html?: string) => {
          if (error || !html) throw error ?? new Error('the board has no page')
          response.send(html.replaceAll(/<link[^>]*\/\/fonts\.googleapis\.com[^>]*>/g, ''))
        })
      })
      return this
    }
  }
  const adapter = new OwnFonts()
  adapter.setBasePath(base)
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue)),
    serverAdapter: adapter,
    options: {
      uiConfig: {
        boardTitle: 'Cellar’s queues',
        miscLinks: [{ text: 'Back to Cellar', url: '/settings' }],
      },
    },
  })
  return adapter.getRouter()
}
