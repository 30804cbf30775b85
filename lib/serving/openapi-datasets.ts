import { columnTypes, downloadFormats, downloadTypes, versionOrigins } from '../protocol/dataset'

type Schema = Record<string, unknown>

const json = (schema: Schema) => ({ 'application/json': { schema } })
const id = { type: 'string', format: 'uuid' }
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const answer = (properties: Schema) => ({
  type: 'object',
  required: ['request_id', ...Object.keys(properties)],
  properties: { request_id: id, ...properties },
})
const binary = { schema: { type: 'string', format: 'binary' } }
const inPath = (name: string, schema: Schema) => ({ name, in: 'path', required: true, schema })
const inQuery = (name: string, description: string, schema: Schema) => ({
  name,
  in: 'query',
  description,
  schema,
})
const number = { type: 'integer', minimum: 1 }
const dataset = inPath('dataset', { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]{0,62}$' })
const version = inPath('version', number)
const chosen = inQuery('version', 'The newest without one.', number)
const format = inQuery('format', 'Arrow as a stream of its IPC format.', {
  type: 'string',
  enum: downloadFormats,
  default: 'parquet',
})

/** The paths of data sets. `refusals`: answers that every request may get. */
export function datasetPaths(refusals: Schema) {
  const get = (operationId: string, summary: string, schema: Schema, parameters: Schema[] = []) => ({
    operationId,
    summary,
    ...(parameters.length > 0 && { parameters }),
    responses: { 200: { description: summary, content: json(schema) }, ...refusals },
  })
  const file = (operationId: string, summary: string, content: Schema, parameters: Schema[] = []) => ({
    operationId,
    summary,
    description: '`Range` with `If-Range` continues what broke off.',
    ...(parameters.length > 0 && { parameters }),
    responses: {
      200: { description: 'The file.', content },
      206: { description: 'The part that `Range` asks for.', content },
      ...refusals,
    },
  })
  const downloads = Object.fromEntries(Object.values(downloadTypes).map((type) => [type, binary]))
  return {
    '/datasets': {
      get: get(
        'listDatasets',
        'Data sets of the workspace, by name',
        answer({
          datasets: { type: 'array', items: ref('Dataset') },
        }),
      ),
    },
    '/datasets/{dataset}': {
      parameters: [dataset],
      get: get('describeDataset', 'A version of a data set', described, [chosen]),
    },
    '/datasets/{dataset}/download': {
      parameters: [dataset],
      get: file('downloadDataset', 'A version as a file', downloads, [chosen, format]),
    },
    '/datasets/{dataset}/versions': {
      parameters: [dataset],
      get: get(
        'listDatasetVersions',
        'Versions, newest first',
        answer({
          versions: { type: 'array', items: ref('DatasetVersionSummary') },
        }),
      ),
      post: {
        operationId: 'pushDatasetVersion',
        summary: 'Make a version of a file: of a data set, or of a new one',
        description:
          'The key must be one that may also change. Columns keep the types that they had in the version before, where all values fit.',
        parameters: [
          inQuery('message', 'What was done.', { type: 'string', maxLength: 2000 }),
          inQuery(
            'parent',
            'The version that it was made from, 0 for a new data set: refused (409) where it is not the newest any more. Without it, it follows whichever is the newest.',
            { type: 'integer', minimum: 0 },
          ),
          inQuery('upload', 'Of an upload that is whole, in place of the body.', id),
        ],
        requestBody: {
          content: Object.fromEntries(
            [
              'text/csv',
              'text/tab-separated-values',
              'application/json',
              'application/x-ndjson',
              'application/octet-stream',
            ].map((type) => [type, binary]),
          ),
          description: 'CSV, TSV, JSON, NDJSON, Parquet, Arrow or Excel; text may be compressed with gzip.',
        },
        responses: { 201: { description: 'The version.', content: json(described) }, ...refusals },
      },
    },
    '/datasets/{dataset}/versions/{version}': {
      parameters: [dataset, version],
      get: get('describeDatasetVersion', 'A version of a data set by its number', described),
    },
    '/datasets/{dataset}/versions/{version}/download': {
      parameters: [dataset, version],
      get: file('downloadDatasetVersion', 'A version as a file, by its number', downloads, [format]),
    },
    '/datasets/{dataset}/versions/{version}/files/{sha256}': {
      parameters: [dataset, version, inPath('sha256', sha256)],
      get: file('readDatasetFile', 'A file that a version is made of, as it is stored', {
        [downloadTypes.parquet]: binary,
      }),
    },
    '/uploads': {
      post: {
        operationId: 'beginUpload',
        summary: 'Begin an upload by the tus protocol 1.0.0, which goes on after a break',
        description:
          'The key must be one that may also change. `Location` names the upload: `HEAD` says how much has come, `PATCH` sends more.',
        parameters: ['Tus-Resumable', 'Upload-Length', 'Upload-Metadata'].map((name) => ({
          name,
          in: 'header',
          required: true,
          schema: { type: 'string' },
        })),
        responses: { 201: { description: 'It has begun.' }, ...refusals },
      },
    },
  }
}

const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' }
const when = { type: 'string', format: 'date-time' }
const storedFile = {
  type: 'object',
  required: ['sha256', 'bytes'],
  properties: { sha256, bytes: { type: 'integer' } },
}
const summary = {
  version: number,
  parent: { type: ['integer', 'null'] },
  hash: { ...sha256, description: 'Of what the version holds.' },
  rows: { type: 'integer' },
  origin: { type: 'string', enum: versionOrigins },
  message: { type: 'string' },
  created_at: when,
}
const whole = {
  dataset: { type: 'string' },
  ...summary,
  columns: {
    type: 'array',
    items: {
      type: 'object',
      required: ['name', 'type', 'nullable'],
      properties: {
        name: { type: 'string' },
        type: { type: 'string', enum: columnTypes },
        nullable: { type: 'boolean' },
        categories: { type: 'array', items: { type: 'string' } },
        shape: { type: 'array', items: { type: 'integer' } },
      },
    },
  },
  base: storedFile,
  changes: { anyOf: [storedFile, { type: 'null' }] },
}
const described = answer(whole)

export const datasetSchemas = {
  Dataset: {
    type: 'object',
    required: ['name', 'description', 'version', 'hash', 'rows', 'columns', 'bytes', 'updated_at'],
    properties: {
      name: { type: 'string' },
      description: { type: 'string' },
      version: number,
      hash: sha256,
      rows: { type: 'integer' },
      columns: { type: 'integer' },
      bytes: { type: 'integer' },
      updated_at: when,
    },
  },
  DatasetVersionSummary: { type: 'object', required: Object.keys(summary), properties: summary },
}
