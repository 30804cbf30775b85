import { redirect } from 'next/navigation'
import { listNotebooks } from '../lib/notebooks/list'
import { firstNotebook } from './_ui/first-notebook'
import { member } from './_ui/visitor'

type Props = { searchParams: Promise<{ first?: string }> }

/** The way in: the list of notebooks, or, right after registering, the notebook to begin with. */
export default async function Home({ searchParams }: Props) {
  const { workspace } = await member()
  if ((await searchParams).first === undefined) redirect('/notebooks')
  const first = firstNotebook(await listNotebooks(workspace.id))
  redirect(first ? `/n/${first}` : '/notebooks')
}
