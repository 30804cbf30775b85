import type { PromoteRequest } from './kernel'

/**
 * The body of `POST /internal/versions`: 4 bytes length (little-endian) of the request as JSON, the request, the bundle.
 * The request is not in a header, since its records for the self-test can be megabytes.
 */
export function encodePromotionBody(request: PromoteRequest, bundle: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(request))
  const body = new Uint8Array(4 + json.length + bundle.length)
  new DataView(body.buffer).setUint32(0, json.length, true)
  body.set(json, 4)
  body.set(bundle, 4 + json.length)
  return body
}

/** Throws `RangeError` when the body is cut off; the bundle is a view into it. */
export function decodePromotionBody(body: Uint8Array): { request: PromoteRequest; bundle: Uint8Array } {
  const length = body.length < 4 ? 0 : new DataView(body.buffer, body.byteOffset, 4).getUint32(0, true)
  if (length === 0 || body.length < 4 + length)
    throw new RangeError(`the promotion is cut off: ${body.length} bytes`)
  const request = JSON.parse(new TextDecoder().decode(body.subarray(4, 4 + length))) as PromoteRequest
  return { request, bundle: body.subarray(4 + length) }
}
