import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import busboy from 'busboy'
import type { ArtifactStore } from '../../artifacts'
import type { UploadedFile } from '../../protocol/imported-model'
import { Refused } from '../../refused'

/** What one upload may hold. */
export const uploadLimits = { bytes: 256 * 2 ** 20, files: 1_000 }

/**
 * Stores the files of a `multipart/form-data` body as they arrive, none of them whole in memory. Refuses a body of
 * another form (415), one that is cut off (400), without a file (400), or over the limits (413), before its rest is read.
 */
export async function receiveModelFiles(
  request: { headers: Headers; body: ReadableStream<Uint8Array> | null },
  store: Pick<ArtifactStore, 'put'>,
  limits = uploadLimits,
  /** Takes the form's other fields, of up to a megabyte each. */
  fields: Record<string, string> = {},
): Promise<UploadedFile[]> {
  const largest = `${Math.floor(limits.bytes / 2 ** 20)} MiB`
  const tooLarge = () =>
    new Refused(413, 'too_large', `the files are larger than ${largest} together; pack them as a zip or tgz`)
  if (!/^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? ''))
    throw new Refused(415, 'not_a_form', 'send the files as multipart/form-data, each in a field called file')
  if (Number(request.headers.get('content-length')) > limits.bytes * 1.05) throw tooLarge()
  const form = openForm(request.headers, limits.files)
  const body = Readable.fromWeb((request.body ?? new ReadableStream()) as WebStream)
  let bytes = 0
  const stored: Promise<UploadedFile>[] = []
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown) => {
      body.unpipe(form)
      body.destroy()
      form.destroy()
      reject(error instanceof Refused ? error : cutShort(error))
    }
    form.on('file', (_field, file, { filename }) => {
      // One that breaks off before the store has begun to read it.
      file.on('error', () => {})
      const counted = async function* () {
        for await (const part of file as AsyncIterable<Uint8Array>) {
          bytes += part.length
          if (bytes > limits.bytes) throw tooLarge()
          yield part
        }
      }
      const one = store
        .put(counted())
        .then(({ name, bytes: size }) => ({ name: plainName(filename), artifact: name, bytes: size }))
      one.catch(fail)
      stored.push(one)
    })
    form.on('field', (name, value) => {
      fields[name] = value
    })
    form.on('filesLimit', () =>
      fail(
        new Refused(413, 'too_large', `there are more than ${limits.files} files; pack them as a zip or tgz`),
      ),
    )
    form.on('error', fail)
    form.on('close', resolve)
    body.on('error', fail)
    body.pipe(form)
  }).catch(async (refusal) => {
    // Refused once nothing is written any more.
    await Promise.allSettled(stored)
    throw refusal
  })
  const files = await Promise.all(stored)
  if (files.length === 0)
    throw new Refused(400, 'no_file', 'the form holds no file; send each in a field called file')
  return files
}

/** Refuses 400 where the head does not say how the form's parts are told apart. */
function openForm(headers: Headers, files: number) {
  try {
    return busboy({
      headers: Object.fromEntries(headers),
      // Files of a folder that was dropped keep their place in it.
      preservePath: true,
      limits: { files, fields: 10, parts: files + 10 },
    })
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new Refused(400, 'bad_form', `the content type is no form's, let your client write it: ${message}`)
  }
}

/** Names are shown and stored. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const plainName = (name = '') => name.replace(/[\0-\x1f\x7f]/g, '').slice(-300) || 'model'

const cutShort = (cause: unknown) =>
  new Refused(
    400,
    'cut_short',
    `the upload broke off, send it again: ${cause instanceof Error ? cause.message : String(cause)}`,
  )
