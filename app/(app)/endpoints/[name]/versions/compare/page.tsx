import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { database } from '../../../../../../lib/db'
import { versionPage } from '../../../../../../lib/registry/version-page'
import { enterAsMember } from '../../../../../_ui/visitor'
import { wire } from '../../../../../_ui/wire'
import { CompareView } from './compare-view'

type Props = {
  params: Promise<{ name: string }>
  searchParams: Promise<{ a?: string | string[]; b?: string | string[] }>
}

export const metadata: Metadata = { title: 'Compare versions' }

/** Two versions of an endpoint side by side: `?a=` and `?b=`. */
export default async function ComparePage({ params, searchParams }: Props) {
  const [{ name }, { a, b }] = [await params, await searchParams]
  const { workspaceId } = await enterAsMember('endpoint.read')
  const find = async (version: string | string[] | undefined) =>
    typeof version === 'string'
      ? versionPage(database(), workspaceId, decodeURIComponent(name), version)
      : undefined
  const [left, right] = await Promise.all([find(a), find(b)])
  if (!left || !right) notFound()
  return <CompareView key={`${left.id} ${right.id}`} a={wire(left)} b={wire(right)} />
}
