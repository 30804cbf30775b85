import { exportFormats } from '../protocol/study'
import { versionStates, versionStatuses } from '../protocol/version-status'

type Schema = Record<string, unknown>

const json = (schema: Schema) => ({ 'application/json': { schema } })
const id = { type: 'string', format: 'uuid' }
const status = { type: 'string', enum: versionStatuses }
const answer = (required: string[], properties: Schema) => ({
  type: 'object',
  additionalProperties: false,
  required: ['request_id', ...required],
  properties: { request_id: id, ...properties },
})
const binary = { schema: { type: 'string', format: 'binary' } }

/** The paths of an endpoint's versions. `refusals`: answers that every request may get. */
export function versionPaths(endpoint: string, refusals: Schema) {
  const base = `/endpoints/${endpoint}/versions`
  const version = { name: 'version', in: 'path', required: true, schema: { type: 'string' } }
  return {
    [base]: {
      get: {
        operationId: 'listVersions',
        summary: 'Versions, newest first',
        responses: {
          200: {
            description: 'The versions.',
            content: json(
              answer(['versions'], {
                versions: { type: 'array', items: { $ref: '#/components/schemas/Version' } },
              }),
            ),
          },
          ...refusals,
        },
      },
      post: {
        operationId: 'uploadVersion',
        summary: 'Make a version of a tfjs model, a SavedModel or an ONNX file',
        description: 'The key must be one that may also change.',
        parameters: [
          {
            name: 'status',
            in: 'query',
            description: 'What it is once its self-test has passed.',
            schema: {
              type: 'string',
              enum: versionStatuses.filter((each) => each !== 'ab_testing'),
              default: 'testing',
            },
          },
        ],
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                required: ['file'],
                properties: {
                  file: {
                    type: 'array',
                    items: { type: 'string', format: 'binary' },
                    minItems: 1,
                    description:
                      'A zip or tgz, an .onnx file, or model.json with its shards; 256 MiB at most.',
                  },
                  naming: {
                    type: 'string',
                    description: 'JSON: names of inputs and outputs and of their fields.',
                  },
                  records: {
                    type: 'string',
                    description: 'JSON: an array of records to try it with.',
                  },
                },
              },
            },
          },
        },
        responses: {
          201: {
            description: 'The version.',
            content: json(
              answer(['endpoint', 'version', 'status', 'url', 'page'], {
                endpoint: { type: 'string' },
                version: { type: 'string' },
                status,
                url: { type: 'string', format: 'uri' },
                page: { type: 'string', format: 'uri' },
              }),
            ),
          },
          ...refusals,
        },
      },
    },
    [`${base}/{version}/status`]: {
      parameters: [version],
      put: {
        operationId: 'setStatus',
        summary: 'Give a version another status, such as production',
        description: 'The key must be one that may also change.',
        requestBody: {
          required: true,
          content: json({
            type: 'object',
            required: ['status'],
            properties: {
              status,
              reason: { type: 'string', maxLength: 500, description: 'For the history.' },
            },
          }),
        },
        responses: {
          200: {
            description: 'It has the status.',
            content: json(
              answer(['endpoint', 'version', 'status'], {
                endpoint: { type: 'string' },
                version: { type: 'string' },
                status,
              }),
            ),
          },
          ...refusals,
        },
      },
    },
    [`${base}/{version}/export`]: {
      parameters: [version],
      get: {
        operationId: 'exportVersion',
        summary: 'A version as a file',
        parameters: [
          {
            name: 'format',
            in: 'query',
            required: true,
            schema: { type: 'string', enum: exportFormats },
          },
        ],
        responses: {
          200: {
            description: 'The file.',
            content: {
              'application/zip': binary,
              'application/gzip': binary,
              'application/octet-stream': binary,
              'text/plain': { schema: { type: 'string' } },
            },
          },
          ...refusals,
        },
      },
    },
  }
}

export const versionSchemas = {
  Version: {
    type: 'object',
    additionalProperties: false,
    required: ['version', 'status', 'state', 'created_at'],
    properties: {
      version: { type: 'string' },
      status,
      state: { type: 'string', enum: versionStates },
      created_at: { type: 'string', format: 'date-time' },
    },
  },
}
