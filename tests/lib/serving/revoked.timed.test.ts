import { expect, test } from 'vitest'
import { connect } from '../../../lib/db'
import { revokeToken } from '../../../lib/tokens/revoke'
import { freshDatabase } from '../../support/database'
import { ownRedis } from '../../support/redis'
import { call, newWorkspace, serve } from './support'

test('a revoked key is refused within a second', async () => {
  const database = await freshDatabase()
  const connection = connect(database.url)
  const web = await serve(connection, await ownRedis())
  const { token, tokenId } = await newWorkspace(connection)
  const list = () => call(web.origin, '/api/v1/endpoints', { token })
  expect((await list()).status).toBe(200)
  await revokeToken(tokenId, connection.db)
  const revoked = performance.now()
  let asked = revoked
  let answer = await list()
  while (answer.status === 200) {
    asked = performance.now()
    expect(asked - revoked).toBeLessThan(1000)
    answer = await list()
  }
  expect(answer.status).toBe(401)
  await web.close()
  await connection.close()
  await database.drop()
})
