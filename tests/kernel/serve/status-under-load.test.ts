import { afterAll, expect, test } from 'vitest'
import { type Checker, createChecker } from '../../../lib/registry/checker'
import { setStatus } from '../../../lib/registry/status'
import { call, newEndpoint, newVersion } from '../../lib/serving/support'
import { withGateway } from '../../lib/serving/with-gateway'

let checker: Checker
const at = withGateway({
  async prepare({ connection, redisUrl, home, ada: { workspaceId } }) {
    checker = createChecker(redisUrl)
    const put = async (text: string) => (await home.artifacts.put(Buffer.from(text))).name
    const { endpointId } = await newEndpoint(connection, {
      workspaceId,
      name: 'twice',
      artifact: await put('old'),
    })
    await newVersion(connection, {
      endpointId,
      artifact: await put('new'),
      version: '1.0.1',
      status: 'staging',
    })
    await connection.sql`update model_versions set example = null where endpoint_id = ${endpointId}`
  },
})
afterAll(() => checker?.close())

test('64 clients see the new version and, rolled back, the old one again, and no request fails', async () => {
  const bundles: Record<string, string> = { '1.0.0': 'old', '1.0.1': 'new' }
  const wrong: unknown[] = []
  let latest = ''
  let stopped = false
  const client = async (x: number) => {
    while (!stopped) {
      const { status, body } = await call(at.web.origin, '/api/v1/twice/predict', {
        token: at.ada.token,
        body: { x },
      })
      const { version, predictions } = body as { version: string; predictions: unknown }
      const expected = JSON.stringify([{ twice: 2 * x, bundle: bundles[version] }])
      if (status !== 200 || JSON.stringify(predictions) !== expected) wrong.push({ x, status, body })
      latest = version
    }
  }
  const clients = Array.from({ length: 64 }, (_, x) => client(x))
  const registry = {
    db: at.connection.db,
    artifacts: at.home.artifacts,
    check: checker.check,
    origin: at.web.origin,
  }
  const change = {
    workspaceId: at.ada.workspaceId,
    endpoint: 'twice',
    status: 'production',
    userId: at.ada.userId,
  } as const
  try {
    await expect.poll(() => latest).toBe('1.0.0')
    for (const version of ['1.0.1', '1.0.0', '1.0.1']) {
      await setStatus(registry, { ...change, version })
      await expect.poll(() => latest).toBe(version)
    }
  } finally {
    stopped = true
    await Promise.all(clients)
  }
  expect(wrong).toEqual([])
})
