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
  modelMs: number | null
  batchRequests: number | null
  input: string | null
  output: string | null
  error: string | null
  truncated: boolean
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
  return `${row.requestId}\t${row.workspaceId}\t${row.endpointId}\t${row.versionId}\t${row.version}\t${row.tokenId ?? '\\N'}\t${row.status}\t${row.records}\t${row.latencyMs}\t${row.modelMs ?? '\\N'}\t${row.batchRequests ?? '\\N'}\t${input}\t${output}\t${error}\t${row.truncated}\t${row.abTestId ?? '\\N'}\t${row.at.toISOString()}\n`
}

const special = /[\\\n\r\t]/
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeText(text: string) {
  return special.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => escapes[character]!) : text
}

/** JSON that jsonb takes: it knows neither the character 0 nor half of a surrogate pair. */
function storable(json: string) {
  if (!json.includes('\\u')) return json
  return json.replace(/(\\\\)|\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, (_all, pair?: string) => pair ?? '\\ufffd')
}
