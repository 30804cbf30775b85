import { z } from 'zod'
import type { PromoteRequest } from './kernel'
import { readData } from './read-data'
import { reference } from './reference'
import { recordSchema } from './schema'
import { endpointName } from './serving'

/** Most records of a self-test. */
export const maxSelfTestRecords = 1_000
/** The header alone: the schema, and a self-test of that many records. */
const maxHeaderBytes = 2 ** 28

export const promoteRequest: z.ZodType<PromoteRequest> = z.object({
  endpoint: endpointName,
  cellId: z.string(),
  variable: z.string(),
  runId: z.uuid().optional(),
  schema: recordSchema,
  selfTest: z
    .object({
      records: z.array(z.unknown()).max(maxSelfTestRecords),
      predictions: z.array(z.unknown()),
    })
    .refine((t) => t.records.length === t.predictions.length, 'one prediction is needed for each record'),
  reference: reference.optional(),
  environment: z.record(z.string(), z.string()),
  files: z.array(readData).max(1000).optional(),
})

/**
 * The body of `POST /internal/versions`: 4 bytes length of the header (little-endian), the request as JSON, then the
 * bundle to the end. The schema and the self-test are too large for an HTTP header.
 */
export function encodePromotionBody(request: PromoteRequest, bundle: Uint8Array): Uint8Array {
  const header = new TextEncoder().encode(JSON.stringify(request))
  const body = new Uint8Array(4 + header.length + bundle.length)
  new DataView(body.buffer).setUint32(0, header.length, true)
  body.set(header, 4)
  body.set(bundle, 4 + header.length)
  return body
}

/** The inverse. The bundle is a view into `body`. Throws `RangeError`, `SyntaxError` or `ZodError` at a body of another shape. */
export function decodePromotionBody(body: Uint8Array): { request: PromoteRequest; bundle: Uint8Array } {
  const length = body.length < 4 ? -1 : new DataView(body.buffer, body.byteOffset, 4).getUint32(0, true)
  if (length < 0 || length > maxHeaderBytes || 4 + length > body.length)
    throw new RangeError(`not a promotion: a header of ${length} bytes in a body of ${body.length}`)
  const header = new TextDecoder('utf-8', { fatal: true }).decode(body.subarray(4, 4 + length))
  return { request: promoteRequest.parse(JSON.parse(header)), bundle: body.subarray(4 + length) }
}
