import type { z } from 'zod'
import { readConfig } from './config'
import { type Actor, type Entry, enter, enterAccount, enterInstallation, type Target } from './door'
import { isOwnOrigin } from './origin'
import { type Action, actions } from './permissions'
import { Refused } from './refused'
import { currentUser, type User } from './session'
import { findUnstorable } from './storable'
import { personalWorkspace } from './workspaces/personal'

type Params = Record<string, string>
type Query = Record<string, string>

export type Call<Body> = {
  params: Params
  query: Query
  body: Body
  request: Request
}

type Inside<Body> = Call<Body> & {
  user: User
  /** Where the door led; for actions about the account, the person's own workspace is not looked up. */
  entry: Entry
}

type Options<Body> = {
  action: Action
  /** Schema of the JSON body; without it the body is not read. */
  body?: z.ZodType<Body>
  /** What the action is about. Default: the workspace that the body or the query names, else the person's own. */
  target?: (
    call: Call<Body>,
  ) => Target &
    (
      | { notebookId: string }
      | { folderId: string }
      | { tokenId: string }
      | { datasetId: string }
      | { workspaceId: string }
    )
}

export type Route = ((request: Request, context: { params: Promise<Params> }) => Promise<Response>) & {
  action?: Action | 'public'
}

/** An API route: session, origin, body, door; then `handle`, whose value is the answer as JSON. */
export function route<Body = undefined>(
  options: Options<Body>,
  handle: (inside: Inside<Body>) => Promise<unknown>,
): Route {
  return declare(options.action, async (request, context) => {
    checkOrigin(request)
    const user = await currentUser(request.headers.get('cookie'))
    const actor: Actor = user ? { kind: 'user', id: user.id } : { kind: 'anonymous' }
    // Nobody learns from the body's errors what a route expects.
    if (!user) throw new Refused(401, 'unauthorized', 'sign in first')
    const call = await readCall(request, context, options.body)
    if (actions[options.action].on === 'account') {
      enterAccount(actor, options.action)
      return handle({ ...call, user, entry: { workspaceId: '', role: 'viewer' } })
    }
    if (actions[options.action].on === 'installation') {
      await enterInstallation(actor, options.action)
      return handle({ ...call, user, entry: { workspaceId: '', role: 'viewer' } })
    }
    const target = options.target?.(call) ?? {
      workspaceId: named(call) ?? (await personalWorkspace(user.id)).id,
    }
    return handle({ ...call, user, entry: await enter(actor, options.action, target) })
  })
}

/** A route for everybody, signed in or not. */
export const publicRoute = <Body>(body: z.ZodType<Body>, handle: (call: Call<Body>) => Promise<unknown>) =>
  declare('public', async (request, context) => {
    checkOrigin(request)
    return handle(await readCall(request, context, body))
  })

/** A route for machines of other sites: no session, no page of ours; who calls is proven by what `handle` checks. */
export const signedRoute = (handle: (request: Request, params: Params) => Promise<Response>) =>
  declare('public', async (request, context) => handle(request, (await context.params) ?? {}))

/** An answer with another status than 200. */
export const created = (value: unknown) => Response.json(value, { status: 201 })

/** A file that the browser saves instead of showing it. */
export const attachment = (name: string, type: string, body: string | ReadableStream<Uint8Array>) =>
  new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]+/g, '-')}"`,
      'cache-control': 'no-store',
    },
  })

function declare(
  action: Action | 'public',
  answer: (request: Request, context: { params: Promise<Params> }) => Promise<unknown>,
): Route {
  const handler: Route = async (request, context) => {
    try {
      const value = await answer(request, context)
      return value instanceof Response ? value : Response.json(value ?? {})
    } catch (error) {
      return refusal(error)
    }
  }
  handler.action = action
  return handler
}

/** The answer to what was refused, or went wrong. */
export function refusal(error: unknown): Response {
  if (error instanceof Refused || isRefusal(error)) {
    const { status, code, message, fields } = error
    return Response.json({ error: { code, message, ...(fields && { fields }) } }, { status })
  }
  console.error('a route failed:', error)
  const message = 'something went wrong here; try again, and look into the log of web when it stays'
  return Response.json({ error: { code: 'internal', message } }, { status: 500 })
}

/** Errors of the registry have the same shape and a class of their own. */
function isRefusal(error: unknown): error is Pick<Refused, 'status' | 'code' | 'message' | 'fields'> {
  const { status, code } = (error ?? {}) as Partial<Refused>
  return error instanceof Error && typeof status === 'number' && typeof code === 'string'
}

/** Cookies go along with forms and requests of other sites' pages, too. */
function checkOrigin(request: Request) {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const origin = request.headers.get('origin')
  if (isOwnOrigin(origin, request.headers.get('host'), readConfig().origin)) return
  throw new Refused(
    403,
    'cross_origin',
    `this is answered to Cellar's own pages only, not to: ${origin ?? 'none'}`,
  )
}

const maxBodyBytes = 50_000_000

async function readCall<Body>(
  request: Request,
  context: { params: Promise<Params> },
  schema: z.ZodType<Body> | undefined,
): Promise<Call<Body>> {
  const params = (await context.params) ?? {}
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const body = schema ? parseBody(schema, await readJson(request)) : (undefined as Body)
  const field = findUnstorable({ ...query, ...(body as object | undefined) })
  if (field !== undefined) {
    const problem = 'holds the character U+0000, which cannot be stored'
    throw new Refused(400, 'bad_request', `${field}: ${problem}`, { [field]: problem })
  }
  return { params, query, body, request }
}

async function readJson(request: Request): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
    throw new Refused(415, 'not_json', 'send the body as application/json')
  if (Number(request.headers.get('content-length')) > maxBodyBytes)
    throw new Refused(413, 'too_large', `the body may hold ${maxBodyBytes} bytes at most`)
  try {
    return await request.json()
  } catch {
    throw new Refused(400, 'bad_json', 'the body is not JSON')
  }
}

function parseBody<Body>(schema: z.ZodType<Body>, value: unknown): Body {
  const { success, data, error } = schema.safeParse(value)
  if (success) return data
  const fields = Object.fromEntries(error.issues.map(({ path, message }) => [path.join('.'), message]))
  const [[field = '', message = ''] = []] = Object.entries(fields)
  throw new Refused(400, 'bad_request', field ? `${field}: ${message}` : message, fields)
}

function named({ body, query }: Call<unknown>) {
  const { workspace } = { ...query, ...(body as { workspace?: string } | undefined) }
  return workspace
}
