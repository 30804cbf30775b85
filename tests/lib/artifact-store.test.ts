import { expect, test } from 'vitest'
import { openArtifacts } from '../../lib/artifact-store'

const keys = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'very-secret' }

test.each<[string, Record<string, string>, string]>([
  [
    'no bucket',
    { ...keys, CELLAR_ARTIFACTS_S3: 'https://s3.example' },
    'CELLAR_ARTIFACTS_S3 takes https://<server>/<bucket>[/<prefix>], got https://s3.example',
  ],
  [
    'no address',
    { ...keys, CELLAR_ARTIFACTS_S3: 'models' },
    'CELLAR_ARTIFACTS_S3 takes https://<server>/<bucket>[/<prefix>], got models',
  ],
  [
    'no credentials',
    { AWS_ACCESS_KEY_ID: 'key', CELLAR_ARTIFACTS_S3: 'https://s3.example/models' },
    'the artifact store needs credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  ],
])('%s is said at the start', (_, environment, message) => {
  expect(() => openArtifacts('/nowhere', environment)).toThrow(message)
})

test('without a bucket artifacts are in the folder', () => {
  expect(openArtifacts('/nowhere', {}).sweep).toBe(undefined)
})
