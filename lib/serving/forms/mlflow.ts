import { z } from 'zod'
import type { FieldSchema } from '../../protocol/schema'
import { checkJsonOrCsv, isCsv } from '../body'
import { Refusal } from '../refusal'
import { columnsToRecords } from './columns'
import { parseCsv } from './csv'
import type { Form } from './form'
import { parseLenientJson } from './lenient-json'

/** MLflow's scoring server (mlflow.org, "Deploy MLflow models": `/invocations`), protocol 2.0 and later. */

const kinds = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const
const frame = z.object({
  columns: z.array(z.union([z.string(), z.number()])),
  data: z.array(z.array(z.unknown())),
  index: z.array(z.unknown()).optional(),
})

export const mlflowForm: Form = {
  check: (request) => checkJsonOrCsv(request, 'this predictor reads application/json and text/csv'),
  read(bytes, headers, serving) {
    const { input } = serving.schema
    const records = isCsv(headers) ? parseCsv(bytes, input) : fromJson(parseLenientJson(bytes), input)
    return { body: { instances: records }, state: undefined }
  },
  write: ({ json }) => ({ body: `{"predictions":${json}}` }),
  refuse: ({ status, message }) =>
    JSON.stringify({ error_code: status < 500 ? 'BAD_REQUEST' : 'INTERNAL_ERROR', message }),
}

function fromJson(body: unknown, input: FieldSchema): unknown {
  const given = kinds.filter((kind) => isObject(body) && Object.hasOwn(body, kind))
  const [kind] = given
  if (!isObject(body) || kind === undefined || given.length > 1)
    throw new Refusal(400, 'bad_request', `expected exactly one of ${kinds.join(', ')}`)
  const value = body[kind]
  if (kind === 'dataframe_split') return fromFrame(value, input)
  if (isObject(value)) return columnsToRecords(value)
  return value
}

function fromFrame(value: unknown, input: FieldSchema): unknown[] {
  const { success, data, error } = frame.safeParse(value)
  if (!success) {
    const [issue] = error.issues
    throw new Refusal(400, 'bad_request', `dataframe_split.${issue?.path.join('.')}: ${issue?.message}`)
  }
  const { columns, data: rows } = data
  return rows.map((row, i) => {
    if (row.length !== columns.length)
      throw new Refusal(
        400,
        'bad_request',
        `dataframe_split: row ${i} has ${row.length} values for ${columns.length} columns`,
      )
    if (input.type !== 'object') return row
    return Object.fromEntries(columns.map((name, at) => [String(name), row[at]]))
  })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
