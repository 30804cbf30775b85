import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSparkBroker, type KernelSpark, type SparkBroker } from '../../kernel/host/spark/broker'
import type { SparkAccess } from '../../lib/protocol/spark'
import { connect } from '../../lib/spark/client'
import { startKernel, type TestKernel } from '../support/kernel'
import { startMs, startSpark, type TestSpark } from '../support/spark'

let server: TestSpark
let broker: SparkBroker
let way: KernelSpark
let kernel: TestKernel
let given: SparkAccess
beforeAll(async () => {
  server = await startSpark()
  broker = createSparkBroker(() => server.remote)
  way = broker.kernel()
  kernel = await startKernel()
  kernel.onCall = async ({ method }) => {
    if (method === 'spark') given = await way.open()
    return given
  }
}, startMs)
afterAll(async () => {
  await kernel?.close()
  way?.close()
  broker?.close()
})

test('a cell asks Spark through the broker; a result is an arquero table with typed columns', async () => {
  const { stdout, error } = await kernel.run(`import { spark } from 'cellar'
const query = "SELECT id, CAST(id AS DOUBLE) / 2 AS half, concat('r', id) AS name FROM range(3)"
const halves = await (await spark.sql(query)).toArquero()
const half = halves.array('half')
console.log(await spark.applicationId, halves.columnNames().join(), halves.column('half').constructor.name, half.join(), halves.array('name').join())`)
  expect(error).toBeUndefined()
  expect(stdout).toBe(`${server.state.applicationId} id,half,name Float64Array 0,0.5,1 r0,r1,r2\n`)
})

test('map and reduce say that they run in the kernel; a table is sent back in parts', async () => {
  const { stdout, text } =
    await kernel.run(`const doubled = await spark.range(4).map(({ id }) => ({ twice: 2 * Number(id) }))
;[await doubled.orderBy('twice').collect(), await spark.range(5).reduce((sum, { id }) => sum + Number(id), 0)]`)
  expect(stdout).toBe(
    'map runs in this kernel, not on the cluster: rows stream through here in batches and go back\nreduce runs in this kernel, not on the cluster: rows stream through here in batches\n',
  )
  expect(text).toBe('[ [ { twice: 0 }, { twice: 2 }, { twice: 4 }, { twice: 6 } ], 10 ]')
})

test('rdd says why there is none, and an error is Spark’s own first line with the plan below', async () => {
  const rdd = await kernel.run('spark.range(1).rdd')
  const failed = await kernel.run("await spark.range(1).filter('nope > 1').show()")
  expect(rdd.error?.evalue).toBe(
    'spark connect has no RDDs, and its workers run no JavaScript; use columns (select, withColumn, groupBy), or map and reduce, which stream rows through this kernel',
  )
  expect([failed.error?.ename, failed.error?.evalue.split('. ')[0]]).toEqual([
    'SparkError',
    '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `nope` cannot be resolved',
  ])
  expect(failed.error?.traceback.join('\n')).toContain("'Filter ('nope > 1)")
})

test('a Stop ends the cell and the query on the cluster, shows how far it was, and the kernel goes on', async () => {
  const { n, ended } = kernel.start(
    "await spark.sql('SELECT count(*) AS n FROM range(1000000000) a CROSS JOIN range(100000) b WHERE a.id * b.id % 7 = 3').then((df) => df.collect())",
  )
  const shown = await kernel.messageThat(
    (message) => message.type === 'display' && 'application/vnd.cellar.progress+json' in message.data,
  )
  expect(await kernel.interrupt(n)).toBe('stopped')
  const { state } = await ended
  const { text } = await kernel.run('await spark.range(10).count()')
  expect([state, text]).toEqual(['interrupted', '10'])
  expect(shown.type === 'display' && String(shown.data['text/plain'])).toMatch(
    /^Spark, \d+ of \d+ stages?; tasks: \d+ of \d+$/,
  )
})

test('the broker’s token opens nothing else, and nothing once the kernel has ended', async () => {
  const opened = await broker.kernel().open()
  expect(opened.token).not.toBe(server.remote.token)
  const direct = connect({ ...opened, port: server.remote.port })
  await expect(direct.analyze({ spark_version: {} })).rejects.toThrow(/^spark refused the token/)
  direct.close()
  const own = broker.kernel()
  const access = await own.open()
  const client = connect(access, access.sessionId)
  expect(
    (await client.analyze<{ spark_version: { version: string } }>({ spark_version: {} })).spark_version
      .version,
  ).toBe('4.3.0')
  own.close()
  await expect(client.analyze({ spark_version: {} })).rejects.toThrow(/^spark refused the token/)
  client.close()
})
