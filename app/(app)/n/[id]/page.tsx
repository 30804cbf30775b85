import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { enter } from '../../../../lib/door'
import { findNotebook } from '../../../../lib/notebooks/list'
import { Refused } from '../../../../lib/refused'
import { findRevision } from '../../../../lib/revisions/list'
import { RevisionView } from '../../../_ui/notebook/history/revision-view'
import { Notebook } from '../../../_ui/notebook/notebook'
import { member } from '../../../_ui/visitor'
import { wire } from '../../../_ui/wire'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ revision?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await opened((await params).id)).notebook.title }
}

export default async function NotebookPage({ params, searchParams }: Props) {
  const { user, notebook } = await opened((await params).id)
  const { id, title, example } = notebook
  const { revision } = await searchParams
  if (typeof revision === 'string')
    return <RevisionView notebook={{ id, title }} revision={wire(await found(id, revision))} />
  return (
    <Notebook
      key={id}
      id={id}
      title={title}
      example={example ?? undefined}
      person={{ id: user.id, name: user.name }}
    />
  )
}

/** The notebook as its visitor may see it; what is refused is a page that does not exist. */
const opened = cache(async (id: string) => {
  const { user } = await member()
  try {
    await enter({ kind: 'user', id: user.id }, 'notebook.read', { notebookId: id })
  } catch (error) {
    if (error instanceof Refused) notFound()
    throw error
  }
  const notebook = await findNotebook(id)
  if (!notebook) notFound()
  return { user, notebook }
})

const found = (id: string, revision: string) =>
  findRevision(id, revision).catch((error) => {
    if (error instanceof Refused) notFound()
    throw error
  })
