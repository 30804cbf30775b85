import { z } from 'zod'
import { backend, frame } from '../../lib/protocol/events'
import type { ChildMessage } from '../../lib/protocol/kernel'
import { tracked } from '../../lib/protocol/tracking'

/**
 * What a child says, checked: a person's code shares its process and can write to its pipe. An event that web or Postgres
 * would refuse must not leave the host, or it would be sent again for ever.
 */
const ids = { cellId: z.string().max(100), executionId: z.string().max(200) }
// Parsed JSON is JSON: looking into large bundles again would cost more than parsing them.
const bundle = z.record(
  z.string(),
  z.custom<z.infer<ReturnType<typeof z.json>>>(() => true),
)
const metadata = z.record(z.string(), z.unknown())
const error = z.object({
  ename: z.string(),
  evalue: z.string(),
  traceback: z.array(z.string()),
  frames: z.array(frame),
})
const answer = {
  n: z.number(),
  result: z.unknown().optional(),
  error: z.object({ name: z.string(), message: z.string() }).optional(),
}

const childMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), node: z.string(), pid: z.number() }),
  z.object({ type: z.literal('backend'), backend }),
  z.object({
    type: z.literal('display'),
    ...ids,
    data: bundle,
    metadata: metadata.optional(),
    displayId: z.string().max(1000).optional(),
    update: z.boolean().optional(),
  }),
  z.object({ type: z.literal('clear'), ...ids, wait: z.boolean() }),
  z.object({
    type: z.literal('done'),
    ...ids,
    n: z.number(),
    state: z.enum(['done', 'failed', 'interrupted']),
    result: z.object({ data: bundle, metadata }).optional(),
    error: error.optional(),
    ms: z.number(),
  }),
  z.object({
    type: z.literal('late_error'),
    cellId: z.string().optional(),
    executionId: z.string().optional(),
    error,
  }),
  z.object({ type: z.literal('track'), ...ids, news: tracked }),
  z.object({ type: z.literal('stats'), tensors: z.number().optional(), tensorBytes: z.number().optional() }),
  z.object({ type: z.literal('packages_used') }),
  // Its parameters are web's to check.
  z.looseObject({
    type: z.literal('call'),
    n: z.number(),
    method: z.enum(['promote', 'secret', 'artifact', 'spark', 'dataset', 'saveDataset']),
    params: z.looseObject({}),
  }),
  z.object({ type: z.literal('answer'), ...answer }),
])

/** Postgres' JSON holds neither NUL nor half a surrogate pair; JSON writes both as escapes, so most text is not looked into. */
const suspicious = /\\u(?:0000|d[89a-f])/i

/** Throws `SyntaxError` or `ZodError` at what is no message. */
export function readChildMessage(payload: Uint8Array): ChildMessage {
  const { buffer, byteOffset, byteLength } = payload
  const text = Buffer.from(buffer, byteOffset, byteLength).toString()
  const json: unknown = JSON.parse(text)
  return childMessage.parse(suspicious.test(text) ? clean(json) : json) as ChildMessage
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(clean)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [cleanText(key), clean(each)]))
}

const halfPair = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text that can be stored: a replacement character for each NUL and each half of a surrogate pair. */
export const cleanText = (text: string) => text.replaceAll('\0', '\ufffd').replace(halfPair, '\ufffd')
