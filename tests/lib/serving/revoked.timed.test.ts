import { expect, test } from 'vitest'
import { revokeToken } from '../../../lib/tokens/revoke'
import { call } from './support'
import { withGateway } from './with-gateway'

const at = withGateway({ workers: 0 })

test('a revoked key is refused within a second', async () => {
  const { token, tokenId } = at.ada
  const list = () => call(at.web.origin, '/api/v1/endpoints', { token })
  expect((await list()).status).toBe(200)
  await revokeToken(tokenId, at.connection.db)
  const revoked = performance.now()
  let asked = revoked
  let answer = await list()
  while (answer.status === 200) {
    asked = performance.now()
    expect(asked - revoked).toBeLessThan(1000)
    answer = await list()
  }
  expect(answer.status).toBe(401)
})
