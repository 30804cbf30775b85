import { openAsBlob } from 'node:fs'
import { readdir, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { AwsClient } from 'aws4fetch'
import { ArtifactError, type ArtifactStore, artifactName, localArtifacts } from './artifacts'

/** Where a bucket is, and who may use it. */
export type S3Place = {
  /** `https://<server>/<bucket>[/<prefix>]`. */
  url: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** The most that S3 takes in one request, bytes. */
const mostBytes = 5 * 2 ** 30
/** How long a copy is kept that nobody has asked for. */
const keptMs = 7 * 24 * 3_600_000

/**
 * A store in a bucket of an S3-compatible server. What is read and written goes through a folder of this machine, which
 * has copies of what was used last: everything that is kept is in the bucket first.
 */
export function s3Artifacts({ url, region, ...credentials }: S3Place, folder: string): ArtifactStore {
  const copies = localArtifacts(folder)
  const client = new AwsClient({ ...credentials, region, service: 's3', retries: 4 })
  const addressOf = (name: string) => {
    if (!artifactName.test(name)) throw new ArtifactError(`not the name of an artifact: ${name}`)
    return `${url.replace(/\/+$/, '')}/${name.slice(0, 2)}/${name}`
  }
  async function send(method: string, name: string, init: RequestInit = {}) {
    const response = await client.fetch(addressOf(name), { ...init, method }).catch((cause: Error) => {
      throw new ArtifactError(`the artifact store cannot be reached: ${new URL(url).host}`, { cause })
    })
    if (response.ok || response.status === 404) return response
    throw new ArtifactError(
      `the artifact store refused with status ${response.status}, are its credentials right? ${codeOf(await response.text())}`,
    )
  }
  /** Its name is its SHA-256: the server refuses what came otherwise. */
  async function upload(name: string) {
    const headers = { 'x-amz-content-sha256': name }
    const body = await openAsBlob(await copies.file(name))
    const { ok } = await send('PUT', name, { headers, body })
    if (!ok) throw new ArtifactError(`the artifact store has no such bucket: ${url}`)
  }
  const has = async (name: string) => (await send('HEAD', name)).ok
  const fetching = new Map<string, Promise<string>>()

  async function fetched(name: string): Promise<string> {
    const response = await send('GET', name)
    if (!response.ok) throw new ArtifactError(`artifact is not in the store: ${name}`)
    const { name: found } = await copies.put(response.body!)
    if (found === name) return copies.file(name)
    await copies.remove(found)
    throw new ArtifactError(`artifact was damaged, its bytes do not match its name: ${name}`)
  }

  async function file(name: string): Promise<string> {
    addressOf(name)
    if (await copies.has(name)) {
      const found = await copies.file(name)
      const now = new Date()
      await utimes(found, now, now)
      return found
    }
    // Two that ask at once wait for one copy.
    const running = fetching.get(name) ?? fetched(name).finally(() => fetching.delete(name))
    fetching.set(name, running)
    return running
  }

  return {
    async put(bytes) {
      const stored = await copies.put(bytes)
      if (stored.bytes > mostBytes)
        throw new ArtifactError(
          `an S3 store takes at most ${mostBytes} bytes in one piece, this has ${stored.bytes}; make it smaller`,
        )
      if (!(await has(stored.name))) await upload(stored.name)
      return stored
    },
    async get(name) {
      await file(name)
      return copies.get(name)
    },
    async open(name) {
      await file(name)
      return copies.open(name)
    },
    file,
    has,
    async size(name) {
      if (await copies.has(name)) return copies.size(name)
      const { ok, headers } = await send('HEAD', name)
      if (!ok) throw new ArtifactError(`artifact is not in the store: ${name}`)
      return Number(headers.get('content-length'))
    },
    async remove(name) {
      await send('DELETE', name)
      await copies.remove(name)
    },
    async sweep() {
      const before = Date.now() - keptMs
      let gone = 0
      for (const part of await readdir(folder).catch(() => []))
        for (const name of await readdir(path.join(folder, part)).catch(() => [])) {
          if (!artifactName.test(name)) continue
          const { mtimeMs } = await stat(path.join(folder, part, name))
          if (mtimeMs >= before) continue
          // From before there was a bucket: what is only here must not go.
          if (!(await has(name))) await upload(name)
          await copies.remove(name)
          gone++
        }
      return gone
    },
  }
}

/** What an error of S3 is called; the rest may name what nobody should read in a log. */
const codeOf = (xml: string) => /<Code>([A-Za-z]+)<\/Code>/.exec(xml)?.[1] ?? ''
