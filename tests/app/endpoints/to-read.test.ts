import { expect, test } from 'vitest'
import { toRead } from '../../../app/(app)/endpoints/[name]/api/to-read'

test('a document is read at the page’s own address, with the body of refusals once', () => {
  const refusal = (description: string) => ({ description, content: { 'application/json': {} } })
  const document = {
    openapi: '3.1.0',
    servers: [{ url: 'http://127.0.0.1:3000/api/v1' }],
    paths: {
      '/income/predict': {
        post: {
          operationId: 'predict',
          responses: {
            200: { description: 'The predictions.', content: { 'application/json': {} } },
            400: refusal('The body does not fit.'),
            401: refusal('No valid key.'),
          },
        },
      },
    },
  }
  expect(toRead(document, 'https://cellar.example.org')).toEqual({
    openapi: '3.1.0',
    servers: [{ url: 'https://cellar.example.org/api/v1' }],
    paths: {
      '/income/predict': {
        post: {
          operationId: 'predict',
          responses: {
            200: { description: 'The predictions.', content: { 'application/json': {} } },
            400: { description: 'The body does not fit.', content: { 'application/json': {} } },
            401: { description: 'No valid key.' },
          },
        },
      },
    },
  })
})
