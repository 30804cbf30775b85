import { Readable } from 'node:stream'
import type { DatasetFile } from '../../lib/protocol/dataset-read'
import type { HostSave, SavedDataset } from '../../lib/protocol/dataset-save'
import type { Promotion } from '../../lib/protocol/hosts'
import type { Promoted, PromoteRequest } from '../../lib/protocol/kernel'
import { encodePromotionBody } from '../../lib/protocol/promotion-body'
import type { PullPromotion } from '../../lib/protocol/repository'
import type { ReproducedBundle } from '../../lib/protocol/reproduction'
import type { ArtifactUpload } from '../../lib/protocol/tracking'

/** What is too large for the socket, handed to web over HTTP. */
export type Posts = {
  /** A bundle, which web stores and checks. Rejects with web's own words when it refuses it. */
  version(promotion: Promotion, request: PromoteRequest, bundle: Uint8Array): Promise<Promoted>
  /** The same, of what a pull's notebook promotes. */
  pulledVersion(promotion: PullPromotion, request: PromoteRequest, bundle: Uint8Array): Promise<Promoted>
  /** What the cells of a version promoted when they ran again; resolves once the result is kept. */
  reproduced(of: ReproducedBundle, request: PromoteRequest, bundle: Uint8Array): Promise<void>
  /** A file of a run. */
  artifact(upload: ArtifactUpload, bytes: Uint8Array): Promise<void>
  /** A file of a data set, as it comes. */
  dataset(of: DatasetFile): Promise<ReadableStream<Uint8Array>>
  /** A table's Parquet file, as the kernel writes it; resolves once it is a version. Rejects with why it is none. */
  saveDataset(of: HostSave, parts: AsyncIterable<Uint8Array>): Promise<SavedDataset>
}

const timeoutMs = 300_000
/** A kernel writes a table of tens of millions of rows. */
const saveMs = 3_600_000

/** Headers hold a cell's source: web's server takes up to 1 MB of them. */
export function createPosts({ origin, machineToken }: { origin: string; machineToken: string }): Posts {
  async function send(
    path: string,
    what: string,
    header: Record<string, string>,
    body?: Uint8Array | ReadableStream<Uint8Array>,
  ) {
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${machineToken}`,
        'content-type': 'application/octet-stream',
        ...header,
      },
      body: body as BodyInit | undefined,
      // What comes as a stream is answered only once it is whole.
      ...(body instanceof ReadableStream && { duplex: 'half' }),
      signal: AbortSignal.timeout(body instanceof ReadableStream ? saveMs : timeoutMs),
    }).catch((cause: Error) => {
      throw new Error(`the ${what} did not get through: web did not answer (${cause.message}); try again`, {
        cause,
      })
    })
    if (response.ok) return response
    throw new Error(refusal(await response.text()) ?? `the ${what} was refused: ${response.status}`)
  }
  const post = async (...sent: Parameters<typeof send>): Promise<unknown> => (await send(...sent)).json()

  return {
    version: async (promotion, request, bundle) =>
      (await post(
        '/internal/versions',
        'version',
        { 'x-cellar-promotion': base64(promotion) },
        encodePromotionBody(request, bundle),
      )) as Promoted,
    pulledVersion: async (promotion, request, bundle) =>
      (await post(
        '/internal/pulls/versions',
        'version',
        { 'x-cellar-promotion': base64(promotion) },
        encodePromotionBody(request, bundle),
      )) as Promoted,
    async reproduced(of, request, bundle) {
      const body = encodePromotionBody(request, bundle)
      await post('/internal/reproductions', 'model', { 'x-cellar-reproduction': base64(of) }, body)
    },
    async artifact(upload, bytes) {
      await post('/internal/artifacts', 'artifact', { 'x-cellar-artifact': base64(upload) }, bytes)
    },
    async dataset(of) {
      const response = await send('/internal/datasets', 'data set', { 'x-cellar-dataset': base64(of) })
      return response.body!
    },
    async saveDataset(of, parts) {
      let failed: unknown
      const body = async function* () {
        try {
          yield* parts
        } catch (error) {
          failed = error
          throw error
        }
      }
      try {
        return (await post(
          '/internal/datasets/versions',
          'data set',
          { 'x-cellar-dataset-save': base64(of) },
          Readable.toWeb(Readable.from(body())) as ReadableStream<Uint8Array>,
        )) as SavedDataset
      } catch (error) {
        // Why the file is not whole says more than that web did not get it.
        throw failed ?? error
      }
    },
  }
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The sentence of `{ error: { message } }` or `{ error: '…' }`. */
function refusal(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: string | { message?: string } }
    return typeof error === 'string' ? error : error?.message
  } catch {
    return
  }
}
