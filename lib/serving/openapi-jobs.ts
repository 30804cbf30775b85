import { batchFormats, jobKinds, jobStates, resultFormats } from '../protocol/prediction-jobs'

type Schema = Record<string, unknown>

const nullable = (type: string, more: Schema = {}) => ({ type: [type, 'null'], ...more })
const time = nullable('string', { format: 'date-time' })
const json = (schema: Schema) => ({ 'application/json': { schema } })
const count = { type: 'integer', minimum: 0 }
const query = (name: string, description: string, schema: Schema) => ({
  name,
  in: 'query',
  description,
  schema,
})

/** `202` of a request whose caller does not wait, and of a file. */
export const acceptedAnswer = {
  description: 'A job was made; ask for it at `Location`.',
  headers: {
    Location: { description: 'The path of the job.', schema: { type: 'string' } },
    'Retry-After': { description: 'Seconds to wait before asking.', schema: { type: 'integer' } },
  },
  content: json({ $ref: '#/components/schemas/JobAnswer' }),
}

/** Of requests that make a job. */
export const jobParameters = [
  query('callback_url', 'Told when the job has ended: a signed POST of Standard Webhooks.', {
    type: 'string',
    format: 'uri',
  }),
  {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'A name of the request: the same one gives the same job.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  },
]

export const asyncParameters = [
  query(
    'async',
    'Do not wait: answered with 202 and a job. The header `Prefer: respond-async` says the same.',
    {
      type: 'boolean',
    },
  ),
  ...jobParameters,
]

const file = (schema: Schema) => ({ schema })
const text = file({ type: 'string' })

/** The paths of an endpoint's jobs. `refusals`: answers that every request may get; `chosen`: which version answers. */
export function jobPaths(endpoint: string, refusals: Schema, chosen: Schema[]) {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
  const job = { description: 'The job.', content: json({ $ref: '#/components/schemas/JobAnswer' }) }
  return {
    [`/${endpoint}/jobs`]: {
      get: {
        operationId: 'listJobs',
        summary: 'Jobs, newest first',
        parameters: [
          query('limit', 'How many.', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
          query('before', 'The id of a job: those before it.', { type: 'string', format: 'uuid' }),
        ],
        responses: {
          200: {
            description: 'The jobs.',
            content: json({
              type: 'object',
              required: ['request_id', 'jobs'],
              properties: {
                request_id: { type: 'string', format: 'uuid' },
                jobs: { type: 'array', items: { $ref: '#/components/schemas/Job' } },
              },
            }),
          },
          ...refusals,
        },
      },
      post: {
        operationId: 'createBatch',
        summary: 'Predict a file of up to 1,000,000 records',
        parameters: [
          query('format', 'What the file holds, where the content type does not say it.', {
            type: 'string',
            enum: batchFormats,
          }),
          query('name', 'The name of the file.', { type: 'string' }),
          ...chosen,
          ...jobParameters,
        ],
        requestBody: {
          required: true,
          content: {
            'text/csv': text,
            'application/x-ndjson': text,
            'application/json': file({ type: 'array', items: { $ref: '#/components/schemas/Record' } }),
            'application/vnd.apache.parquet': file({ type: 'string', format: 'binary' }),
          },
        },
        responses: { 202: acceptedAnswer, ...refusals },
      },
    },
    [`/${endpoint}/jobs/{id}`]: {
      parameters: [id],
      get: {
        operationId: 'getJob',
        summary: 'How a job stands, and the predictions of a request that is done',
        responses: { 200: job, ...refusals },
      },
      delete: { operationId: 'cancelJob', summary: 'Cancel a job', responses: { 200: job, ...refusals } },
    },
    [`/${endpoint}/jobs/{id}/result`]: {
      parameters: [id],
      get: {
        operationId: 'downloadResult',
        summary: 'The predictions of a file, a row for each of its rows, in its order',
        parameters: [
          query('format', 'What to answer with.', { type: 'string', enum: resultFormats, default: 'ndjson' }),
          query('input', 'Whether the records stand beside their predictions.', { type: 'boolean' }),
        ],
        responses: {
          200: {
            description: 'The file.',
            content: {
              'application/x-ndjson': text,
              'text/csv': text,
              'application/vnd.apache.parquet': file({ type: 'string', format: 'binary' }),
            },
          },
          ...refusals,
        },
      },
    },
  }
}

export const jobSchemas = {
  Job: {
    type: 'object',
    required: ['id', 'kind', 'status', 'version', 'rows', 'failures', 'error', 'created_at'],
    properties: {
      id: { type: 'string', format: 'uuid' },
      kind: { type: 'string', enum: jobKinds },
      status: { type: 'string', enum: jobStates },
      version: { type: 'string' },
      name: nullable('string'),
      format: { anyOf: [{ type: 'string', enum: batchFormats }, { type: 'null' }] },
      bytes: count,
      rows: {
        type: 'object',
        required: ['total', 'done', 'failed'],
        properties: { total: nullable('integer'), done: count, failed: count },
      },
      failures: {
        type: 'array',
        description: 'The first rows without a prediction.',
        items: {
          type: 'object',
          required: ['row', 'code', 'message'],
          properties: {
            row: { type: 'integer', minimum: 1 },
            code: { type: 'string' },
            message: { type: 'string' },
            field: { type: 'string' },
          },
        },
      },
      error: nullable('string'),
      created_at: { type: 'string', format: 'date-time' },
      started_at: time,
      ended_at: time,
      expires_at: { ...time, description: 'Until when the job and its result are kept.' },
    },
  },
  JobAnswer: {
    type: 'object',
    required: ['request_id', 'job'],
    properties: {
      request_id: { type: 'string', format: 'uuid' },
      job: { $ref: '#/components/schemas/Job' },
      predictions: { type: 'array', items: { $ref: '#/components/schemas/Prediction' } },
    },
  },
}
