import { and, eq } from 'drizzle-orm'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { trainings } from '../../../../drizzle/schema/trainings'
import { database } from '../../../../lib/db'
import { hasRole } from '../../../../lib/permissions'
import { isUuid } from '../../../../lib/uuid'
import { enterAsMember } from '../../../_ui/visitor'
import { TrainingView } from './training-view'

export const metadata: Metadata = { title: 'Training' }

export default async function TrainingPage({ params }: { params: Promise<{ id: string }> }) {
  const { workspaceId, role } = await enterAsMember('training.read')
  const { id } = await params
  const [known] = isUuid(id)
    ? await database()
        .select({ id: trainings.id })
        .from(trainings)
        .where(and(eq(trainings.id, id), eq(trainings.workspaceId, workspaceId)))
    : []
  if (!known) notFound()
  return <TrainingView id={id} mayChange={hasRole(role, 'editor')} />
}
