import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { z } from 'zod'
import type { ArtifactStore } from '../../lib/artifacts'
import { readConfig } from '../../lib/config'
import { dataFolder } from '../../lib/datasets/data-folder'
import { dataStore } from '../../lib/datasets/data-store'
import type { Database } from '../../lib/db'
import { enter } from '../../lib/door'
import { keepArtifact } from '../../lib/experiments/artifacts'
import { connectedHosts } from '../../lib/machines/connected'
import { verifyMachine } from '../../lib/machines/verify'
import type { Action } from '../../lib/permissions'
import { datasetFile } from '../../lib/protocol/dataset-read'
import { hostSave } from '../../lib/protocol/dataset-save'
import { promotion } from '../../lib/protocol/hosts'
import { pullPromotion } from '../../lib/protocol/repository'
import { reproducedBundle } from '../../lib/protocol/reproduction'
import { artifactUpload } from '../../lib/protocol/tracking'
import { Refused } from '../../lib/refused'
import { receiveVersion } from '../../lib/registry/receive'
import type { Registry } from '../../lib/registry/registry'
import { receiveReproduced } from '../../lib/registry/reproduce/receive'
import type { Studies } from '../../lib/registry/study'
import { receivePulledVersion } from '../../lib/repositories/receive-version'
import { checkKernel } from './check-kernel'
import { datasetFileOf, saveDatasetOfCell } from './datasets'

type Place = { db: Database; registry: Registry; studies: Studies; uploads: ArtifactStore }

/** A bundle with its header. */
const maxBodyBytes = 2 ** 31

/** Answers `/internal/*`: what hosts hand over, and whether this process is well. False when it is none of these. */
export function answerInternal(request: IncomingMessage, response: ServerResponse, place: Place): boolean {
  const [path] = (request.url ?? '').split('?')
  if (!path?.startsWith('/internal/')) return false
  void answer(request, path, place).then(
    (value) => (value instanceof FileAnswer ? value.send(response) : send(response, 200, value)),
    (error) => {
      const { status = 500, code = 'internal', message } = error as Partial<Refused>
      if (status === 500) console.error(`${path} failed:`, error)
      // The rest of a body that is not wanted is not read.
      if (!request.complete) response.setHeader('connection', 'close')
      send(response, status, {
        error: { code, message: status === 500 ? 'something went wrong here' : message },
      })
    },
  )
  return true
}

async function answer(request: IncomingMessage, path: string, place: Place) {
  const { db } = place
  if (path === '/internal/health') {
    await db.execute('select 1')
    return { ok: true, hosts: connectedHosts().size }
  }
  const receiver = request.method === 'POST' ? receivers[path] : undefined
  if (!receiver) throw new Refused(404, 'not_found', `no such path: ${path}`)
  const machine = await verifyMachine(
    /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '',
    db,
  )
  if (!machine) throw new Refused(401, 'unauthorized', 'no machine has this token')
  return receiver(request, { ...place, machine })
}

type Context = Place & { machine: { id: string; name: string } }

/** An answer that is a file. */
class FileAnswer {
  constructor(
    readonly file: string,
    readonly bytes: number,
  ) {}

  async send(response: ServerResponse) {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': this.bytes })
    // A host that goes away ends the reading; it asks again.
    await pipeline(createReadStream(this.file), response).catch(() => response.destroy())
  }
}

/** What hosts hand over, by path. */
const receivers: Record<string, (request: IncomingMessage, context: Context) => Promise<unknown>> = {
  async '/internal/versions'(request, context) {
    const header = readHeader(request, 'x-cellar-promotion', promotion)
    await admit(context, 'version.promote', header)
    return receiveVersion(context.registry, header, await readBody(request))
  },
  async '/internal/pulls/versions'(request, { registry, machine }) {
    const header = readHeader(request, 'x-cellar-promotion', pullPromotion)
    return receivePulledVersion(registry, machine.id, header, await readBody(request))
  },
  async '/internal/reproductions'(request, { machine, ...place }) {
    const header = readHeader(request, 'x-cellar-reproduction', reproducedBundle)
    await receiveReproduced(place, machine.id, header, await readBody(request))
    return {}
  },
  async '/internal/datasets'(request, { db, machine }) {
    const asked = readHeader(request, 'x-cellar-dataset', datasetFile)
    const file = await datasetFileOf(machine, asked, db)
    return new FileAnswer(file, (await stat(file)).size)
  },
  async '/internal/datasets/versions'(request, { db, machine, registry }) {
    const save = readHeader(request, 'x-cellar-dataset-save', hostSave)
    const { ask } = dataStore()
    const folder = dataFolder(readConfig().home).uploads
    return saveDatasetOfCell(machine, save, request, { db, ask, folder, origin: registry.origin })
  },
  async '/internal/artifacts'(request, context) {
    const header = readHeader(request, 'x-cellar-artifact', artifactUpload)
    await admit(context, 'run.record', header)
    await keepArtifact(context.db, context.registry.artifacts, header, request)
    return {}
  },
}

/** A host speaks for the kernels that it runs, and only for people who may do this themselves. */
async function admit(
  { db, machine }: Context,
  action: Action,
  { notebookId, userId }: { notebookId: string; userId: string },
) {
  await enter({ kind: 'machine', ...machine }, action, { notebookId }, db)
  await enter({ kind: 'user', id: userId }, action, { notebookId }, db)
  await checkKernel(machine.id, notebookId, db)
}

function readHeader<T>(request: IncomingMessage, name: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(String(request.headers[name]), 'base64url').toString('utf8')))
  } catch (cause) {
    throw new Refused(
      400,
      `bad_${name.slice('x-cellar-'.length)}`,
      `the header ${name}: ${(cause as Error).message}`,
    )
  }
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += (part as Buffer).length
    if (size > maxBodyBytes)
      throw new Refused(413, 'too_large', `a version may hold ${maxBodyBytes} bytes at most`)
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts)
}

function send(response: ServerResponse, status: number, value: unknown) {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
