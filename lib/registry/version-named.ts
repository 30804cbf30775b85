import { and, eq } from 'drizzle-orm'
import { endpoints, modelVersions } from '../../drizzle/schema'

/** That a version of an endpoint is meant, by their names: of a query that has both tables. */
export const versionNamed = (workspaceId: string, endpoint: string, version: string) =>
  and(
    eq(endpoints.workspaceId, workspaceId),
    eq(endpoints.name, endpoint),
    eq(modelVersions.version, version),
  )
