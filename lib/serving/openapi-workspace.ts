import { datasetPaths, datasetSchemas } from './openapi-datasets'
import { trainingPaths, trainingSchemas } from './openapi-trainings'

const refusals: Record<string, string> = {
  400: 'The request does not fit; the message says what.',
  401: 'No valid key.',
  403: 'The key may not do this.',
  404: 'There is no such thing in the workspace.',
  409: 'Something else has happened meanwhile, such as a newer version.',
  422: 'What was sent cannot become what was asked for; the message says where.',
  429: 'The key has a rate and is over it; `Retry-After` says how long to wait.',
  503: 'What works at it cannot be reached.',
}

/** What a workspace has beside its endpoints, each of which has a document of its own. `origin`: where the API is. */
export function workspaceOpenApi(origin: string) {
  const refused = Object.fromEntries(
    Object.entries(refusals).map(([status, description]) => [
      status,
      {
        description,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
      },
    ]),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cellar: data sets and trainings',
      version: '1',
      description: 'Each endpoint has its own document, at `/api/v1/{endpoint}/openapi.json`.',
    },
    servers: [{ url: `${origin}/api/v1` }],
    security: [{ key: [] }],
    paths: { ...datasetPaths(refused), ...trainingPaths(refused) },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key from Settings.' } },
      schemas: {
        ...datasetSchemas,
        ...trainingSchemas,
        Refusal: {
          type: 'object',
          required: ['request_id', 'error'],
          properties: {
            request_id: { type: 'string', format: 'uuid' },
            error: {
              type: 'object',
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
