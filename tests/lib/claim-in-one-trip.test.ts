import { once } from 'node:events'
import { Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimInOneTrip } from '../../lib/claim-in-one-trip'
import { workerTimes } from '../../lib/queues'
import { connectRedis } from '../../lib/redis'
import { ownRedis } from '../support/redis'

const opened: { close(): Promise<unknown> }[] = []
let redis: Redis
let queue: Queue<number, number>

beforeEach(async () => {
  redis = connectRedis(await ownRedis())
  queue = new Queue('claims', { connection: redis })
  opened.push(queue)
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()))
  redis.disconnect()
})

/** `drainDelay` longer than the test: a job that does not end a worker's waiting fails it. */
function work(run: (n: number) => Promise<number>, concurrency = 4) {
  const options = { connection: redis, concurrency, ...workerTimes, drainDelay: 10, runRetryDelay: 100 }
  const worker = new Worker<number, number>('claims', ({ data }) => run(data), options, claimInOneTrip)
  opened.push(worker)
  return worker
}

const ended = async (worker: Worker) => (await once(worker, 'completed'))[1] as number

test('jobs that come one after the other each end the waiting of an idle worker', async () => {
  const worker = work(async (n) => n * 2)
  await worker.waitUntilReady()
  const results: number[] = []
  for (const n of [1, 2, 3, 4, 5]) {
    const end = ended(worker)
    await queue.add('job', n)
    results.push(await end)
  }
  expect(results).toEqual([2, 4, 6, 8, 10])
})

test('jobs that were there before the worker are worked at, as many at once as it may', async () => {
  await queue.addBulk([1, 2, 3, 4, 5, 6].map((data) => ({ name: 'job', data })))
  let [running, most] = [0, 0]
  const all = deferred<void>()
  const results: number[] = []
  const worker = work(async (n) => {
    most = Math.max(most, ++running)
    if (most === 4) all.resolve()
    await all.promise
    running--
    return n
  })
  const done = new Promise<void>((resolve) => {
    worker.on('completed', (_, result) => {
      results.push(result)
      if (results.length === 6) resolve()
    })
  })
  await done
  expect({ most, results: results.sort() }).toEqual({ most: 4, results: [1, 2, 3, 4, 5, 6] })
})

test('a job comes while another is worked at', async () => {
  const first = deferred<number>()
  const worker = work((n) => (n === 1 ? first.promise : Promise.resolve(n)))
  const begun = once(worker, 'active')
  await queue.add('job', 1)
  await begun
  const second = ended(worker)
  await queue.add('job', 2)
  expect(await second).toBe(2)
  const end = ended(worker)
  first.resolve(1)
  expect(await end).toBe(1)
})

test('a worker whose waiting connection was cut has the next job', async () => {
  const worker = work(async (n) => n)
  const begun = ended(worker)
  await queue.add('job', 1)
  await begun
  await waiting()
  await redis.client('KILL', 'ID', (await waiting())!)
  const end = ended(worker)
  await queue.add('job', 2)
  expect(await end).toBe(2)
})

test('a worker that is closed while it waits takes no more jobs', async () => {
  const worker = work(async (n) => n)
  await worker.waitUntilReady()
  await waiting()
  await worker.close()
  await queue.add('job', 1)
  expect(await queue.getJobCounts('wait', 'active')).toEqual({ wait: 1, active: 0 })
})

test('a job that comes while the worker is closed is done or left for another', async () => {
  const left: number[] = []
  for (let n = 0; n < 20; n++) {
    const worker = work(async () => n)
    await worker.waitUntilReady()
    await waiting()
    const added = queue.add('job', n)
    for (let turns = 0; turns < n; turns++) await new Promise((resolve) => setImmediate(resolve))
    await Promise.all([added, worker.close()])
    left.push(await queue.getActiveCount())
    await queue.drain()
  }
  expect(left).toEqual(Array.from({ length: 20 }, () => 0))
})

test('a job of a worker that has died goes to another', async () => {
  const never = new Promise<number>(() => {})
  const dying = work(() => never)
  const begun = once(dying, 'active')
  await queue.add('job', 1)
  await begun
  await dying.close(true)
  const end = ended(work(async (n) => n))
  expect(await end).toBe(1)
})

function deferred<T>() {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** The id of the connection that waits for a job. */
async function waiting() {
  let id: string | undefined
  const look = async () => {
    const list = (await redis.client('LIST')) as string
    const database = ` db=${redis.options.db} `
    const line = list.split('\n').find((each) => each.includes(database) && each.includes(' flags=b '))
    id = line?.match(/\bid=(\d+)/)?.[1]
    return id !== undefined
  }
  await expect.poll(look, { interval: 5 }).toBe(true)
  return id
}
