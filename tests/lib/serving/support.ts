import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Connection } from '../../../lib/db'
import type { RecordSchema } from '../../../lib/protocol/schema'
import { createGateway } from '../../../lib/serving/gateway'
import { createIdentify } from '../../../lib/serving/identify'
import type { GatewayOptions } from '../../../lib/serving/options'
import { createToken } from '../../../lib/tokens/create'

/** What the fixture model child understands. */
export const schema: RecordSchema = {
  input: {
    type: 'object',
    fields: {
      x: { type: 'number' },
      sleepMs: { type: 'number', nullable: true },
      spinMs: { type: 'number', nullable: true },
      calls: { type: 'boolean', nullable: true },
      bad: { type: 'string', nullable: true },
      throws: { type: 'string', nullable: true },
      exit: { type: 'number', nullable: true },
      bigint: { type: 'boolean', nullable: true },
      note: { type: 'any', nullable: true },
    },
  },
  output: { type: 'any' },
}

/** A workspace with one person and one key. */
export async function newWorkspace({ db, sql }: Connection) {
  const email = `${crypto.randomUUID()}@example.com`
  const [user] =
    await sql`insert into users (email, name, password_hash) values (${email}, 'Ada', '') returning id`
  const [workspace] = await sql`insert into workspaces (name, kind) values ('Ada', 'personal') returning id`
  const [userId, workspaceId] = [user!.id as string, workspace!.id as string]
  await sql`insert into memberships (workspace_id, user_id, role) values (${workspaceId}, ${userId}, 'owner')`
  const { id: tokenId, token } = await createToken({ workspaceId, userId, name: 'test' }, db)
  return { userId, workspaceId, tokenId, token }
}

/** An endpoint, and a version of it unless `artifact` is left out. */
export async function newEndpoint(
  { sql }: Connection,
  given: { workspaceId: string; name: string; artifact?: string; schema?: RecordSchema },
) {
  const { workspaceId, name, artifact } = given
  const [endpoint] =
    await sql`insert into endpoints (workspace_id, name) values (${workspaceId}, ${name}) returning id`
  const endpointId = endpoint!.id as string
  if (artifact === undefined) return { endpointId, versionId: undefined }
  return { endpointId, versionId: await newVersion({ sql }, { endpointId, artifact, schema: given.schema }) }
}

/** A version of an endpoint: 1.0.0 in production unless it says otherwise. */
export async function newVersion(
  { sql }: Pick<Connection, 'sql'>,
  given: { endpointId: string; artifact: string; version?: string; status?: string; schema?: RecordSchema },
) {
  const { endpointId, artifact, version = '1.0.0', status = 'production' } = given
  const example = { record: { x: 1 }, prediction: 2 }
  const [made] = await sql`
    insert into model_versions
      (endpoint_id, version, status, state, artifact, artifact_bytes, schema, example, environment)
    values (${endpointId}, ${version}, ${status}, 'ready', ${artifact}, 1,
      ${JSON.stringify(given.schema ?? schema)}::text::jsonb, ${JSON.stringify(example)}::text::jsonb, '{}')
    returning id`
  return made!.id as string
}

/** The gateway behind a plain HTTP server on a free port. */
export async function serve(
  { db, sql }: Connection,
  redisUrl: string,
  options: Partial<GatewayOptions> = {},
) {
  const server = createServer((request, response) => {
    if (gateway.handle(request, response)) return
    response.writeHead(404).end('not the gateway')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const warnings: string[] = []
  const gateway = createGateway({
    sql,
    redisUrl,
    origin,
    identify: createIdentify(db),
    batchFolder: '/nowhere',
    warn: (message, error) =>
      warnings.push(error instanceof Error ? `${message}: ${error.message}` : message),
    ...options,
  })
  return {
    origin,
    warnings,
    async close() {
      await gateway.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

export type Answer = { status: number; body: unknown; headers: Headers }

/** A request with a key. The request id, different every time, is replaced in the body by `id` after it was checked. */
export async function call(
  origin: string,
  path: string,
  {
    token,
    body,
    headers,
    method,
  }: { token?: string; body?: unknown; headers?: Record<string, string>; method?: string } = {},
): Promise<Answer> {
  const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
  const answer = await fetch(origin + path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: text as BodyInit }),
  })
  const json = (await answer.json()) as { request_id: string }
  if (json.request_id !== answer.headers.get('x-request-id')) throw new Error('two different request ids')
  return { status: answer.status, body: { ...json, request_id: 'id' }, headers: answer.headers }
}
