import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { enter } from '../../../../lib/door'
import { findNotebook } from '../../../../lib/notebooks/list'
import { Refused } from '../../../../lib/refused'
import { Notebook } from '../../../_ui/notebook/notebook'
import { member } from '../../../_ui/visitor'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await opened((await params).id)).notebook.title }
}

export default async function NotebookPage({ params }: Props) {
  const { user, notebook } = await opened((await params).id)
  const { id, title, example } = notebook
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
