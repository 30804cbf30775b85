import { and, eq } from 'drizzle-orm'
import { endpoints, modelVersions } from '../../drizzle/schema'
import type { ArtifactStore } from '../artifacts'
import { readConfig } from '../config'
import { type ExportFormat, isModelFormat, type ModelFormat } from '../protocol/study'
import { cellarVersion } from '../version'
import { packBundle } from './bundle-file'
import { bundleDockerfile } from './dockerfile'
import { type Registry, RegistryError } from './registry'
import type { Studies } from './study'

export type Exported = { name: string; type: string; data: Uint8Array | string }

type Asked = { workspaceId: string; endpoint: string; version: string; format: ExportFormat }
type Place = {
  registry: Pick<Registry, 'db' | 'artifacts'>
  studies: Studies
  /** Where workers put files that they made. */
  uploads: Pick<ArtifactStore, 'get'>
}

const endings: Record<ModelFormat, [ending: string, type: string]> = {
  tfjs: ['-tfjs.zip', 'application/zip'],
  keras: ['.keras', 'application/octet-stream'],
}

/**
 * A version as a file: its model for other tools, the whole as a bundle that `cellar serve` runs, or a Dockerfile for
 * that. Rejects with `RegistryError`: no such version (404), it cannot be written so (422), no worker (503).
 */
export async function exportVersion(place: Place, asked: Asked): Promise<Exported> {
  const { endpoint, version, format } = asked
  const row = await find(place.registry, asked)
  const name = `${endpoint}-${version}`
  if (format === 'dockerfile')
    return { name: 'Dockerfile', type: 'text/plain; charset=utf-8', data: bundleDockerfile(`${name}.tgz`) }
  if (isModelFormat(format)) {
    const { file } = await place.studies.ask({ type: 'export', artifact: row.artifact, format })
    const [ending, type] = endings[format]
    return { name: `${name}${ending}`, type, data: await place.uploads.get(file.name) }
  }
  const { schema, example, environment, artifact, createdAt } = row
  const manifest = {
    format: 'cellar-bundle-1' as const,
    cellar: cellarVersion(readConfig().root),
    endpoint,
    version,
    createdAt: createdAt.toISOString(),
    schema,
    example,
    environment,
    artifact,
  }
  const data = await packBundle(manifest, await place.registry.artifacts.get(artifact))
  return { name: `${name}.tgz`, type: 'application/gzip', data }
}

async function find({ db }: Pick<Registry, 'db'>, { workspaceId, endpoint, version }: Omit<Asked, 'format'>) {
  const [row] = await db
    .select({
      state: modelVersions.state,
      schema: modelVersions.schema,
      example: modelVersions.example,
      environment: modelVersions.environment,
      artifact: modelVersions.artifact,
      createdAt: modelVersions.createdAt,
    })
    .from(endpoints)
    .innerJoin(modelVersions, eq(modelVersions.endpointId, endpoints.id))
    .where(
      and(
        eq(endpoints.workspaceId, workspaceId),
        eq(endpoints.name, endpoint),
        eq(modelVersions.version, version),
      ),
    )
  if (!row) throw new RegistryError(404, 'no_version', `no such version: ${endpoint} ${version}`)
  if (row.state === 'deleted')
    throw new RegistryError(409, 'deleted', `the version was deleted, and its model with it: ${version}`)
  return row
}
