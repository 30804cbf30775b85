import { checkJsonOrCsv, isCsv } from '../body'
import { parseJson } from '../json'
import { columnsToRecords, isColumns } from './columns'
import { parseCsv } from './csv'
import type { Form } from './form'

/** Cellar's own: JSON (a record, an array of records, `instances`, `columns`) or CSV; predictions in order. */
export const apiForm: Form = {
  check: (request) => checkJsonOrCsv(request, 'the content type must be application/json or text/csv'),
  read(bytes, headers, serving) {
    const given = isCsv(headers) ? parseCsv(bytes, serving.schema.input) : parseJson(bytes)
    const body = isColumns(given, serving.schema.input) ? columnsToRecords(given.columns) : given
    return { body, state: undefined }
  },
  write: ({ requestId, serving, json }) => ({
    body: `{"request_id":"${requestId}","version":${JSON.stringify(serving.version)},"predictions":${json}}`,
  }),
  refuse: ({ code, message, field }, requestId) =>
    JSON.stringify({ request_id: requestId, error: { code, message, ...(field ? { field } : {}) } }),
}
