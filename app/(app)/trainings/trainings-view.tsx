'use client'

import { Button } from '@mantine/core'
import { IconBrain } from '@tabler/icons-react'
import Link from 'next/link'
import { EmptyState } from '../../_ui/empty-state'
import { Page, PageHeader } from '../../_ui/page'
import { TrainingTable } from './training-table'
import { useTrainings } from './use-trainings'

/** The trainings of a workspace. */
export function TrainingsView({ mayStart }: { mayStart: boolean }) {
  const { trainings, problem } = useTrainings()
  return (
    <Page>
      <PageHeader
        title="Trainings"
        description="Models of data sets, trained in the background: how far they are, what came of them, and the way to an endpoint."
        actions={
          mayStart &&
          trainings &&
          trainings.length > 0 && (
            <Button component={Link} href="/data">
              Train a model
            </Button>
          )
        }
      />
      <TrainingTable
        trainings={trainings}
        problem={problem}
        empty={
          <EmptyState
            icon={<IconBrain size={22} stroke={1.6} />}
            title="No trainings yet"
            action={
              mayStart && (
                <Button component={Link} href="/data/iris/train">
                  Train on iris
                </Button>
              )
            }
          >
            Open a data set and choose Train: k-means, regressions, forests, boosted trees or a network. It
            trains in the background, and becomes an endpoint by one press.
          </EmptyState>
        }
      />
    </Page>
  )
}
