import { checkEncoding, contentType } from '../body'
import { parseJson } from '../json'
import { Refusal } from '../refusal'
import { columnsToRecords, isColumns } from './columns'
import { parseCsv } from './csv'
import type { Form } from './form'

/** Cellar's own: JSON (a record, an array of records, `instances`, `columns`) or CSV; predictions in order. */
export const apiForm: Form = {
  check(request) {
    const type = contentType(request)
    if (type !== 'application/json' && type !== 'text/csv')
      throw new Refusal(
        415,
        'unsupported_type',
        `the content type must be application/json or text/csv, got ${type ?? 'none'}`,
      )
    checkEncoding(request)
  },
  read(bytes, headers, serving) {
    const csv = headers['content-type']?.toLowerCase().startsWith('text/csv')
    const given = csv ? parseCsv(bytes, serving.schema.input) : parseJson(bytes)
    const body = isColumns(given, serving.schema.input) ? columnsToRecords(given.columns) : given
    return { body, state: undefined }
  },
  write: ({ requestId, serving, json }) => ({
    body: `{"request_id":"${requestId}","version":${JSON.stringify(serving.version)},"predictions":${json}}`,
  }),
  refuse: ({ code, message, field }, requestId) =>
    JSON.stringify({ request_id: requestId, error: { code, message, ...(field ? { field } : {}) } }),
}
