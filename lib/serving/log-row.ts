/** One answered request, as it is kept. `input` and `output` are JSON text. */
export type LogRow = {
  requestId: string
  workspaceId: string
  endpointId: string
  versionId: string
  version: string
  tokenId: string | null
  status: number
  records: number
  latencyMs: number
  batchWaitMs: number | null
  queueMs: number | null
  modelMs: number | null
  batchRequests: number | null
  input: string | null
  output: string | null
  error: string | null
  truncated: boolean
  sampled: boolean
  abTestId: string | null
  at: Date
}

/** Longest input or output that is kept, characters of JSON. */
export const maxKept = 64 * 1024

/** The row as a line for `copy … from stdin`, columns in the order of the type. */
export function copyRow(row: LogRow): string {
  const input = row.input === null ? '\\N' : escapeText(storable(row.input))
  const output = row.output === null ? '\\N' : escapeText(storable(row.output))
  const error = row.error === null ? '\\N' : escapeText(row.error.replaceAll('\0', ''))
  return `${row.requestId}\t${row.workspaceId}\t${row.endpointId}\t${row.versionId}\t${row.version}\t${row.tokenId ?? '\\N'}\t${row.status}\t${row.records}\t${row.latencyMs}\t${row.batchWaitMs ?? '\\N'}\t${row.queueMs ?? '\\N'}\t${row.modelMs ?? '\\N'}\t${row.batchRequests ?? '\\N'}\t${input}\t${output}\t${error}\t${row.truncated}\t${row.sampled}\t${row.abTestId ?? '\\N'}\t${row.at.toISOString()}\n`
}

/** The row as JSON, by the names of the columns. */
export function jsonRow(row: LogRow): string {
  const { input, output, error, ...rest } = row
  const plain = JSON.stringify({
    request_id: rest.requestId,
    workspace_id: rest.workspaceId,
    endpoint_id: rest.endpointId,
    version_id: rest.versionId,
    version: rest.version,
    token_id: rest.tokenId,
    status: rest.status,
    records: rest.records,
    latency_ms: rest.latencyMs,
    batch_wait_ms: rest.batchWaitMs,
    queue_ms: rest.queueMs,
    model_ms: rest.modelMs,
    batch_requests: rest.batchRequests,
    error: error?.replaceAll('\0', ''),
    truncated: rest.truncated,
    sampled: rest.sampled,
    ab_test_id: rest.abTestId,
    created_at: rest.at,
  })
  return `${plain.slice(0, -1)},"input":${input === null ? null : storable(input)},"output":${output === null ? null : storable(output)}}`
}

const special = /[\\\n\r\t]/
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeText(text: string) {
  return special.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => escapes[character]!) : text
}

/** JSON that jsonb takes: it knows neither the character 0 nor half of a surrogate pair. */
export function storable(json: string) {
  if (!json.includes('\\u')) return json
  return json.replace(/(\\\\)|\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, (_all, pair?: string) => pair ?? '\\ufffd')
}
