import { eq } from 'drizzle-orm'
import { endpoints, modelVersions } from '../../../drizzle/schema'
import type { ArtifactStore } from '../../artifacts'
import { readConfig } from '../../config'
import {
  type ExportFormat,
  isModelFormat,
  isPythonFormat,
  type ModelFormat,
  type PythonFormat,
} from '../../protocol/study'
import { cellarVersion } from '../../version'
import { packBundle } from '../bundle-file'
import { bundleDockerfile } from '../dockerfile'
import { type Registry, RegistryError } from '../registry'
import type { Studies } from '../study'
import { versionNamed } from '../version-named'

export type Exported = { name: string; type: string; data: Uint8Array | string }

type Asked = { workspaceId: string; endpoint: string; version: string; format: ExportFormat }
export type ExportPlace = {
  registry: Pick<Registry, 'db' | 'artifacts'>
  studies: Studies
  /** Where workers put files that they made. */
  uploads: Pick<ArtifactStore, 'get'>
}

const endings: Record<ModelFormat | PythonFormat, [ending: string, type: string]> = {
  tfjs: ['-tfjs.zip', 'application/zip'],
  keras: ['.keras', 'application/octet-stream'],
  'saved-model': ['-saved-model.zip', 'application/zip'],
  onnx: ['.onnx', 'application/octet-stream'],
}

/**
 * A version as a file: its model for other tools, the whole as a bundle that `cellar serve` runs, or a Dockerfile for
 * that. Rejects with `RegistryError`: no such version (404), it cannot be written so (422), no worker (503).
 */
export async function exportVersion(place: ExportPlace, asked: Asked): Promise<Exported> {
  const { endpoint, version, format } = asked
  const row = await findExportable(place.registry, asked)
  const name = `${endpoint}-${version}`
  if (format === 'dockerfile')
    return { name: 'Dockerfile', type: 'text/plain; charset=utf-8', data: bundleDockerfile(`${name}.tgz`) }
  if (isModelFormat(format) || isPythonFormat(format)) {
    const file = await studied(place.studies, row.artifact, format)
    return { ...named(name, format), data: await place.uploads.get(file.name) }
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

/** The file's name and type. `name`: of the version. */
export function named(name: string, format: ModelFormat | PythonFormat) {
  const [ending, type] = endings[format]
  return { name: `${name}${ending}`, type }
}

/** Has a worker write the model; resolves to where it lies in the store of uploads. */
export const studied = async (
  studies: Studies,
  artifact: string,
  format: ModelFormat | PythonFormat,
  onStage?: (stage: string) => void,
) => (await studies.ask({ type: 'export', artifact, format }, onStage)).file

/** Rejects with `RegistryError`: no such version (404), it was deleted (409). */
export async function findExportable(
  { db }: Pick<Registry, 'db'>,
  { workspaceId, endpoint, version }: Omit<Asked, 'format'>,
) {
  const [row] = await db
    .select({
      id: modelVersions.id,
      state: modelVersions.state,
      schema: modelVersions.schema,
      example: modelVersions.example,
      environment: modelVersions.environment,
      artifact: modelVersions.artifact,
      createdAt: modelVersions.createdAt,
    })
    .from(endpoints)
    .innerJoin(modelVersions, eq(modelVersions.endpointId, endpoints.id))
    .where(versionNamed(workspaceId, endpoint, version))
  if (!row) throw new RegistryError(404, 'no_version', `no such version: ${endpoint} ${version}`)
  if (row.state === 'deleted')
    throw new RegistryError(409, 'deleted', `the version was deleted, and its model with it: ${version}`)
  return row
}
