import { and, eq, isNull } from 'drizzle-orm'
import { abTests, modelVersions } from '../../drizzle/schema'
import type { AbVariant } from '../protocol/abtests'
import { type Registry, RegistryError } from '../registry/registry'
import { changeStatus, tryVersion } from '../registry/status'
import { lockEndpoint, type Named } from './lock'

export type NewAbTest = Named & {
  variants: { version: string; weight: number }[]
  stickyHeader?: string
  minLabels?: number
  userId: string
}

const defaultHeader = 'x-user-id'
const defaultMinLabels = 100

/**
 * Begins to share an endpoint's requests among versions: each is loaded and tried first, then those that challenge the
 * one in production become `ab_testing`. Resolves with the test's id. Rejects with `RegistryError`: no such endpoint or
 * version (404), one runs already or a version is not ready (409), the version in production does not take part (422).
 */
export async function startAbTest(registry: Registry, test: NewAbTest): Promise<{ id: string }> {
  const names = test.variants.map(({ version }) => version)
  if (new Set(names).size !== names.length)
    throw new RegistryError(422, 'twice', 'each version can take part once')
  for (const version of names) await tryVersion(registry, { ...test, version })
  const sum = test.variants.reduce((total, { weight }) => total + weight, 0)
  return registry.db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, test)
    const [running] = await tx
      .select({ id: abTests.id })
      .from(abTests)
      .where(and(eq(abTests.endpointId, endpoint.id), isNull(abTests.endedAt)))
    if (running)
      throw new RegistryError(409, 'running', 'an A/B test of this endpoint runs already; end it first')
    const versions = await tx
      .select({ id: modelVersions.id, version: modelVersions.version, status: modelVersions.status })
      .from(modelVersions)
      .where(eq(modelVersions.endpointId, endpoint.id))
    const control = versions.find(({ status }) => status === 'production')
    if (!control || !names.includes(control.version))
      throw new RegistryError(
        422,
        'no_control',
        `the version in production must take part: ${control?.version ?? 'there is none'}`,
      )
    const variants: AbVariant[] = test.variants
      .map(({ version, weight }) => ({
        versionId: versions.find((each) => each.version === version)!.id,
        version,
        weight: weight / sum,
      }))
      .sort((a, b) => Number(b.version === control.version) - Number(a.version === control.version))
    const by = { endpointId: endpoint.id, userId: test.userId }
    for (const { versionId } of variants.slice(1)) {
      const row = versions.find(({ id }) => id === versionId)!
      await changeStatus(tx, by, row, 'ab_testing', 'takes part in an A/B test')
    }
    const [row] = await tx
      .insert(abTests)
      .values({
        endpointId: endpoint.id,
        variants,
        stickyHeader: (test.stickyHeader ?? defaultHeader).toLowerCase(),
        minLabels: test.minLabels ?? defaultMinLabels,
        createdBy: test.userId,
      })
      .returning({ id: abTests.id })
    return { id: row!.id }
  })
}
