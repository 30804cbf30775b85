'use client'

import { Skeleton } from '@mantine/core'
import { IconBrain } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { DatasetColumn } from '../../../../../lib/protocol/dataset'
import type { TrainingDetails } from '../../../../../lib/protocol/training'
import { api } from '../../../../_ui/api'
import { EmptyState } from '../../../../_ui/empty-state'
import { Section } from '../../../../_ui/page'
import { TrainingTable } from '../../../trainings/training-table'
import { useTrainings } from '../../../trainings/use-trainings'
import { TrainForm } from './train-form'

type Props = {
  dataset: string
  version: number
  rows: number
  columns: DatasetColumn[]
  /** Id of a training whose wish the form begins with. */
  like: string | undefined
  mayStart: boolean
}

/** Asks for a training of a version, and lists those of the data set. */
export function TrainView({ dataset, version, rows, columns, like, mayStart }: Props) {
  const { trainings, problem } = useTrainings(dataset)
  const model = useModel(like)
  return (
    <>
      {mayStart &&
        (like !== undefined && model === undefined ? (
          <Skeleton height={320} radius="md" aria-label="The training is being read" />
        ) : (
          <TrainForm
            dataset={dataset}
            version={version}
            rows={rows}
            columns={columns}
            model={model ?? undefined}
          />
        ))}
      <Section title="Trainings of this data set">
        <TrainingTable
          trainings={trainings}
          problem={problem}
          ofOne
          empty={
            <EmptyState icon={<IconBrain size={22} stroke={1.6} />} title="No trainings yet" compact>
              Choose an algorithm above; it trains in the background.
            </EmptyState>
          }
        />
      </Section>
    </>
  )
}

/** The training that is asked for again; null where it cannot be read, undefined until it is there. */
function useModel(id: string | undefined) {
  const [model, setModel] = useState<TrainingDetails | null>()
  useEffect(() => {
    if (id === undefined) return
    let gone = false
    api<{ training: TrainingDetails }>('GET', `/api/v1/trainings/${id}`).then(
      ({ training }) => gone || setModel(training),
      () => gone || setModel(null),
    )
    return () => {
      gone = true
    }
  }, [id])
  return model
}
