import type { FieldSchema } from '../protocol/schema'
import { versionStatuses } from '../protocol/version-status'
import { maxBodyBytes } from './body'
import { acceptedAnswer, asyncParameters, jobPaths, jobSchemas } from './openapi-jobs'
import { versionPaths, versionSchemas } from './openapi-versions'
import type { Serving } from './versions'

/** OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0): its schemas are JSON Schema 2020-12. */

type Schema = Record<string, unknown>

/** A field as JSON Schema. Ranges that were seen describe and do not refuse, as at the gateway. */
export function jsonSchema(field: FieldSchema): Schema {
  const schema = given(field)
  if (!field.nullable) return schema
  return typeof schema.type === 'string' && !schema.enum
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] }
}

/**
 * A field of an answer. Nothing checks answers, so that its schema only tells what was seen: a text may be another one,
 * and a number null, since JSON has no NaN.
 */
export function answerSchema(field: FieldSchema): Schema {
  switch (field.type) {
    case 'number':
      return jsonSchema({ ...field, nullable: true })
    case 'string':
      return jsonSchema({ ...field, open: true })
    case 'tensor':
      return field.shape.reduceRight<Schema>((items) => ({ type: 'array', items }), {
        type: ['number', 'null'],
      })
    case 'array':
      return { type: 'array', items: answerSchema(field.items) }
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(field.fields).map(([name, each]) => [name, answerSchema(each)]),
        ),
      }
    default:
      return jsonSchema(field)
  }
}

function given(field: FieldSchema): Schema {
  switch (field.type) {
    case 'number':
      return { type: 'number', ...seen(field) }
    case 'boolean':
      return { type: 'boolean' }
    case 'string':
      if (!field.categories) return { type: 'string' }
      return field.open
        ? { type: 'string', examples: field.categories.slice(0, 10) }
        : { type: 'string', enum: field.categories }
    case 'tensor':
      return field.shape.reduceRight<Schema>(
        (items, size) => ({
          type: 'array',
          items,
          ...(size >= 0 && { minItems: size, maxItems: size }),
        }),
        { type: 'number' },
      )
    case 'array':
      return { type: 'array', items: jsonSchema(field.items) }
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(field.fields).map(([name, each]) => [name, jsonSchema(each)]),
        ),
        required: Object.entries(field.fields)
          .filter(([, { nullable }]) => !nullable)
          .map(([name]) => name),
        additionalProperties: false,
      }
    case 'any':
      return {}
  }
}

const seen = ({ min, max }: Extract<FieldSchema, { type: 'number' }>) =>
  min === undefined || max === undefined
    ? {}
    : { description: `from ${min} to ${max} in the data it was made with` }

const refusals: Record<number, string> = {
  400: 'The body or a record does not fit; `field` names it.',
  401: 'No valid key.',
  403: 'The key may not do this.',
  404: 'No such endpoint or version.',
  409: 'No version has the asked status, or the version cannot take it.',
  413: `The body is larger than ${maxBodyBytes} bytes.`,
  415: 'The content type or encoding is not read here.',
  422: 'The idempotency key was used for another request, or a model cannot be served or written so.',
  429: 'Too many requests wait; `Retry-After` says how long to.',
  500: 'The model’s own code failed.',
  503: 'The queue cannot be reached; `Retry-After` says how long to wait.',
  504: 'No worker answered before the deadline.',
}

/** The document of one endpoint, as its version in production is called. `origin`: where the API is. */
export function openApi(endpoint: string, origin: string, { version, schema, example }: Serving) {
  const record = { $ref: '#/components/schemas/Record' }
  const records = { type: 'array', items: record, minItems: 1, maxItems: 1000 }
  const chosen = [
    {
      name: 'version',
      in: 'query',
      description: 'One version by name, in place of the one in production.',
      schema: { type: 'string' },
    },
    {
      name: 'status',
      in: 'query',
      description: 'The newest version of a status.',
      schema: { type: 'string', enum: versionStatuses },
    },
  ]
  const refused = Object.fromEntries(
    Object.entries(refusals).map(([status, description]) => [
      status,
      {
        description,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
      },
    ]),
  )
  const named = { type: 'object', additionalProperties: false }
  return {
    openapi: '3.1.0',
    info: {
      title: endpoint,
      version,
      description: 'Predictions of a model that was promoted from a notebook.',
    },
    servers: [{ url: `${origin}/api/v1` }],
    security: [{ key: [] }],
    paths: {
      [`/${endpoint}/predict`]: {
        post: {
          operationId: 'predict',
          summary: 'One prediction for each record, in order',
          parameters: [...chosen, ...asyncParameters],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  anyOf: [
                    record,
                    records,
                    { ...named, required: ['instances'], properties: { instances: records } },
                  ],
                },
                ...(example && { example: example.record }),
              },
            },
          },
          responses: {
            200: {
              description: 'The predictions.',
              headers: { 'x-request-id': { schema: { type: 'string', format: 'uuid' } } },
              content: {
                'application/json': {
                  schema: {
                    ...named,
                    required: ['request_id', 'version', 'predictions'],
                    properties: {
                      request_id: { type: 'string', format: 'uuid' },
                      version: { type: 'string' },
                      predictions: { type: 'array', items: { $ref: '#/components/schemas/Prediction' } },
                    },
                  },
                },
              },
            },
            202: acceptedAnswer,
            ...refused,
          },
        },
      },
      ...jobPaths(endpoint, refused, chosen),
      ...versionPaths(endpoint, refused),
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key from Settings.' } },
      schemas: {
        Record: jsonSchema(schema.input),
        Prediction: answerSchema(schema.output),
        ...jobSchemas,
        ...versionSchemas,
        Refusal: {
          ...named,
          required: ['request_id', 'error'],
          properties: {
            request_id: { type: 'string', format: 'uuid' },
            error: {
              ...named,
              required: ['code', 'message'],
              properties: {
                code: { type: 'string' },
                message: { type: 'string' },
                field: { type: 'string' },
              },
            },
          },
        },
      },
    },
  }
}
