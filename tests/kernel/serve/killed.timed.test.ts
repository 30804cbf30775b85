import { expect, test } from 'vitest'
import { call } from '../../lib/serving/support'
import { withGateway } from '../../lib/serving/with-gateway'

const at = withGateway({ workers: 0, prepare: ({ make }) => make('twice') })

test('of two workers one is killed under load: no request of 64 clients is lost, and each is answered within 5 s', async () => {
  const [worker] = await Promise.all([at.home.startWorker(), at.home.startWorker()])
  const ids: string[] = []
  const wrong: unknown[] = []
  const answered = Array.from({ length: 64 }, () => 0)
  let stopped = false
  const client = async (x: number) => {
    while (!stopped) {
      const { status, body, headers } = await call(at.web.origin, '/api/v1/twice/predict', {
        token: at.ada.token,
        body: { x },
      })
      answered[x]!++
      ids.push(headers.get('x-request-id')!)
      const predictions = [{ twice: 2 * x, bundle: 'double' }]
      if (
        status !== 200 ||
        JSON.stringify((body as { predictions: unknown }).predictions) !== JSON.stringify(predictions)
      )
        wrong.push({ x, status, body })
    }
  }
  /** Until every client has had an answer more than now. */
  const allAnswered = async () => {
    const before = [...answered]
    const all = () => answered.every((count, x) => count > before[x]!)
    await expect.poll(all, { interval: 20 }).toBe(true)
  }
  const clients = answered.map((_, x) => client(x))
  try {
    for (let turn = 0; turn < 5; turn++) await allAnswered()
    const killed = performance.now()
    worker.kill('SIGKILL')
    await allAnswered()
    expect(performance.now() - killed).toBeLessThan(5000)
    await allAnswered()
  } finally {
    stopped = true
    await Promise.all(clients)
  }
  expect(wrong).toEqual([])
  const rows = () =>
    at.connection.sql`select count(*)::int as rows, count(distinct request_id)::int as ids from predictions`
  await expect.poll(async () => (await rows())[0]).toEqual({ rows: ids.length, ids: new Set(ids).size })
})
