import type { Metadata } from 'next'
import { hasRole } from '../../../lib/permissions'
import { enterAsMember } from '../../_ui/visitor'
import { TrainingsView } from './trainings-view'

export const metadata: Metadata = { title: 'Trainings' }

export default async function TrainingsPage() {
  const { role } = await enterAsMember('training.list')
  return <TrainingsView mayStart={hasRole(role, 'editor')} />
}
