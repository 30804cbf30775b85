import { notFound } from 'next/navigation'
import { findDataset, requireVersion } from '../../../../lib/datasets/find'
import { database } from '../../../../lib/db'
import { hasRole } from '../../../../lib/permissions'
import { Refused } from '../../../../lib/refused'
import { enterAsMember } from '../../../_ui/visitor'
import { wire } from '../../../_ui/wire'

export type DatasetPageProps = {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}
export type DatasetPage = Awaited<ReturnType<typeof enterDataset>>

/** What every page of a data set begins with: the door, the data set, and the version that `?version=` names, else the newest. */
export async function enterDataset({ params, searchParams }: DatasetPageProps) {
  const [{ name }, { version: asked }] = [await params, await searchParams]
  const { workspaceId, role } = await enterAsMember('dataset.read')
  const dataset = await findDataset(database(), workspaceId, name)
  if (!dataset) notFound()
  const number = typeof asked === 'string' && /^\d{1,9}$/.test(asked) ? Number(asked) : undefined
  const version = await requireVersion(database(), dataset, number).catch((error) => {
    if (error instanceof Refused) notFound()
    throw error
  })
  return {
    workspaceId,
    dataset: wire(dataset),
    version: wire(version),
    /** What links to another page of this version take along. */
    query: number === undefined ? '' : `version=${number}`,
    /** Whether the person may make notebooks and data sets here. */
    mayCreate: hasRole(role, 'editor'),
    /** Whether the person may change it; only the newest version is changed. */
    mayWrite: hasRole(role, 'editor') && version.number === dataset.head,
  }
}
