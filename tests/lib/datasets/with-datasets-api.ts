import { afterAll, beforeAll } from 'vitest'
import { createDatasetsApi } from '../../../lib/datasets/datasets-api'
import { connect } from '../../../lib/db'
import { createToken } from '../../../lib/tokens/create'
import { withDatasets } from '../../support/datasets'
import type { Person } from '../../support/people'
import { ownRedis } from '../../support/redis'
import { serve } from '../serving/support'

type WithDatasetsApi = ReturnType<typeof withDatasets> & {
  web: Awaited<ReturnType<typeof serve>>
  /** A new key of Ada's, or of another person's own workspace. */
  key(scope: 'read' | 'write', person?: Person): Promise<string>
}

/** For the top of a test file: what `withDatasets` gives, with a gateway that answers the API of data sets. */
export function withDatasetsApi(prepare?: (at: WithDatasetsApi) => unknown): WithDatasetsApi {
  const at = withDatasets() as WithDatasetsApi
  const closing: (() => unknown)[] = []
  beforeAll(async () => {
    const connection = connect(at.config.databaseUrl)
    closing.unshift(connection.close)
    const datasetsApi = createDatasetsApi({
      ...at.store,
      folder: at.folder.uploads,
      origin: 'http://cellar.example',
    })
    at.web = await serve(connection, await ownRedis(), { datasetsApi })
    closing.unshift(at.web.close)
    at.key = async (scope, { id: userId, workspaceId } = at.ada) =>
      (await createToken({ workspaceId, userId, name: scope, scope }, at.db)).token
    await prepare?.(at)
  })
  afterAll(async () => {
    for (const close of closing) await close()
  })
  return at
}
