import { eq } from 'drizzle-orm'
import { repositories } from '../../drizzle/schema/repositories'
import { type Database, database } from '../db'
import { enter } from '../door'
import { Refused } from '../refused'
import { isUuid } from '../uuid'
import type { PullChannel } from './channel'
import { beginPull } from './pulls'
import { isSigned, openSecret } from './secret'

const maxBodyBytes = 5_000_000
/**
 * A webhook in GitHub's form: `X-GitHub-Event` and a body signed by `X-Hub-Signature-256`. A push to the repository's branch
 * pulls it, in the name of whoever connected it; everything else is understood and left. Whether the repository exists is
 * told only to who can sign.
 */
export async function takeWebhook(
  id: string,
  request: Request,
  { db = database(), channel }: { db?: Database; channel?: PullChannel } = {},
): Promise<{ status: number; body: { pull?: string; ignored?: string } }> {
  const body = await readBody(request)
  const [repository] = isUuid(id) ? await db.select().from(repositories).where(eq(repositories.id, id)) : []
  const signed =
    repository &&
    isSigned(openSecret(id, repository.secret), body, request.headers.get('x-hub-signature-256'))
  if (!signed)
    throw new Refused(
      401,
      'unauthorized',
      'the signature is not right: sign the body with the secret of this webhook, as X-Hub-Signature-256',
    )
  const event = request.headers.get('x-github-event') ?? 'push'
  if (event !== 'push') return ignored(`the event is ${event}`)
  if (repository.commit) return ignored('one commit is pinned')
  const reference = referenceOf(body)
  if (reference !== `refs/heads/${repository.branch}`) return ignored(`the push was to ${reference}`)
  const { createdBy: userId, workspaceId } = repository
  if (!userId) throw new Refused(409, 'no_account', 'the account that connected this repository is gone')
  await enter({ kind: 'user', id: userId }, 'repository.manage', { workspaceId }, db)
  const { id: pull } = await beginPull(
    repository,
    { trigger: 'webhook', userId },
    { db, ...(channel && { channel }) },
  )
  return { status: 202, body: { pull } }
}

const ignored = (reason: string) => ({ status: 200, body: { ignored: reason } })

async function readBody(request: Request): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength
    if (size > maxBodyBytes)
      throw new Refused(413, 'too_large', `the body may hold ${maxBodyBytes} bytes at most`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function referenceOf(body: Uint8Array): string {
  try {
    const { ref } = JSON.parse(Buffer.from(body).toString('utf8')) as { ref?: unknown }
    return String(ref)
  } catch {
    throw new Refused(400, 'bad_json', 'the body is not JSON: choose application/json as its content type')
  }
}
