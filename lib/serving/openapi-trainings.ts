import { z } from 'zod'
import { algorithmNames, trainingEngines, trainingStates } from '../protocol/training'
import { trainingWishes } from '../training/wishes'

type Schema = Record<string, unknown>

const json = (schema: Schema) => ({ 'application/json': { schema } })
const id = { type: 'string', format: 'uuid' }
const answer = (properties: Schema) =>
  json({
    type: 'object',
    required: ['request_id', ...Object.keys(properties)],
    properties: { request_id: id, ...properties },
  })
const training = { $ref: '#/components/schemas/Training' }

/** The paths of trainings. `refusals`: answers that every request may get. */
export function trainingPaths(refusals: Schema) {
  const one = { description: 'The training.', content: answer({ training }) }
  const parameters = [{ name: 'id', in: 'path', required: true, schema: id }]
  return {
    '/trainings': {
      get: {
        operationId: 'listTrainings',
        summary: 'Trainings of the workspace, newest first',
        parameters: [
          { name: 'dataset', in: 'query', schema: { type: 'string' } },
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
        ],
        responses: {
          200: {
            description: 'The trainings.',
            content: answer({ trainings: { type: 'array', items: training } }),
          },
          ...refusals,
        },
      },
      post: {
        operationId: 'startTraining',
        summary: 'Train a model of a data set; answered at once',
        description: 'The key must be one that may also change.',
        parameters: [
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: 'The same training is answered to the same key.',
            schema: { type: 'string', maxLength: 255 },
          },
        ],
        requestBody: {
          required: true,
          content: json(z.toJSONSchema(trainingWishes, { io: 'input' }) as Schema),
        },
        responses: { 202: { ...one, description: 'It waits for a trainer.' }, ...refusals },
      },
    },
    '/trainings/{id}': {
      parameters,
      get: {
        operationId: 'readTraining',
        summary: 'How a training goes, and what came of it',
        responses: { 200: one, ...refusals },
      },
      delete: {
        operationId: 'cancelTraining',
        summary: 'Cancel a training; also as POST …/cancel',
        description: 'The key must be one that may also change.',
        responses: { 200: one, ...refusals },
      },
    },
  }
}

const nullable = (schema: Schema) => ({ anyOf: [schema, { type: 'null' }] })
const when = { type: 'string', format: 'date-time' }

export const trainingSchemas = {
  Training: {
    type: 'object',
    required: ['id', 'status', 'dataset', 'engine', 'algorithm', 'features', 'target', 'parameters'],
    properties: {
      id,
      status: { type: 'string', enum: trainingStates },
      dataset: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          version: { type: 'integer' },
          hash: { type: 'string' },
          version_id: nullable(id),
        },
      },
      engine: { type: 'string', enum: trainingEngines },
      algorithm: { type: 'string', enum: algorithmNames },
      features: { type: 'array', items: { type: 'string' } },
      target: nullable({ type: 'string' }),
      parameters: { type: 'object', additionalProperties: true },
      progress: nullable({
        type: 'object',
        properties: { done: { type: 'number' }, of: { type: 'number' }, what: { type: 'string' } },
      }),
      error: nullable({ type: 'string' }),
      score: nullable({
        type: 'object',
        properties: { name: { type: 'string' }, value: { type: 'number' } },
      }),
      started_by: nullable({ type: 'string' }),
      created_at: when,
      started_at: nullable(when),
      ended_at: nullable(when),
      log: { type: 'string', description: 'Of one training.' },
      result: nullable({ type: 'object', additionalProperties: true, description: 'Of one training.' }),
    },
  },
}
