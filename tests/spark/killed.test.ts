import { randomUUID } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import { beforeAll, expect, test } from 'vitest'
import { connect } from '../../lib/spark/client'
import { killedWhile, sparkOf, startMs, startSpark, type TestSpark } from '../support/spark'

let server: TestSpark
beforeAll(async () => {
  server = await startSpark()
}, startMs)

const slow = {
  sql: { query: 'SELECT count(*) AS n FROM range(3000000) a WHERE length(sha2(string(id), 512)) = 128' },
}

test('a query whose client is killed goes on, and another process takes its result', async () => {
  const [sessionId, operationId] = [randomUUID(), randomUUID()]
  await killedWhile({ remote: server.remote, sessionId, operationId, plan: { root: slow } })
  const client = connect(server.remote, sessionId)
  try {
    expect(['RUNNING', 'SUCCEEDED']).toContain(await client.operationState(operationId))
    let rows = 0
    for await (const message of client.reattach(operationId)) rows += message.arrow_batch?.row_count ?? 0
    expect(rows).toBe(1)
    // Its result is there before the server has put the operation away.
    await expect.poll(() => client.operationState(operationId)).toBe('SUCCEEDED')
  } finally {
    client.close()
  }
})

test('an interrupted query ends on the cluster too', async () => {
  const client = connect(server.remote)
  const operationId = randomUUID()
  const stop = new AbortController()
  const endless = {
    sql: {
      query: 'SELECT count(*) FROM range(1000000000) a CROSS JOIN range(100000) b WHERE a.id * b.id % 7 = 3',
    },
  }
  const run = async () => {
    for await (const message of client.execute({ root: endless }, { operationId, signal: stop.signal }))
      if (message.execution_progress?.stages?.length) stop.abort(new Error('stopped'))
  }
  await expect(run()).rejects.toThrow('stopped')
  await expect.poll(() => client.operationState(operationId)).toBe('CANCELLED')
  await client.release()
  client.close()
})

test('without the token nothing is answered', async () => {
  for (const token of [undefined, 'guessed']) {
    const client = connect({ ...server.remote, token })
    await expect(client.analyze({ spark_version: {} })).rejects.toMatchObject({
      code: status.UNAUTHENTICATED,
      message: `spark refused the token; check it in SPARK_REMOTE: 127.0.0.1:${server.remote.port}`,
    })
    client.close()
  }
})

test('a result over the limit is refused, with how to write it instead', async () => {
  const { spark, close } = sparkOf(server.remote, { limitBytes: 2 ** 20 })
  await expect(spark.range(5_000_000).collect()).rejects.toThrow(
    /^the result is larger than 1 MiB \([\d,]+ rows came until then\); write it instead: await df\.write\.parquet\('name'\)/,
  )
  expect(await spark.range(5_000_000).count()).toBe(5_000_000)
  await close()
})

test('texts arrive as they were sent, in one part or in many', async () => {
  const { spark, close } = sparkOf(server.remote)
  const few = await spark.createDataFrame({ s: ['a', 'b', 'a', null] })
  const many = await spark.createDataFrame({
    s: Array.from({ length: 600_000 }, (_, i) => `row ${i % 3}`),
    x: Float64Array.from({ length: 600_000 }, (_, i) => i),
  })
  expect(await few.collect()).toEqual([{ s: 'a' }, { s: 'b' }, { s: 'a' }, { s: null }])
  expect(await many.groupBy('s').agg(spark.functions.max('x').as('x')).orderBy('s').collect()).toEqual([
    { s: 'row 0', x: 599_997 },
    { s: 'row 1', x: 599_998 },
    { s: 'row 2', x: 599_999 },
  ])
  await close()
})
