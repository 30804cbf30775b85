import { Button } from '@mantine/core'
import { IconPlayerStopFilled } from '@tabler/icons-react'
import { useState } from 'react'
import type { TrainingOutput } from '../../../../lib/protocol/mime'
import { sayFailure } from '../../notices'
import { useSession, useView } from '../context'
import { duration, measured } from '../format'
import { mayEdit } from '../view'
import { Bar } from './bar'
import { Curves } from './curves'
import { metricGroups } from './metric-groups'
import classes from './training.module.css'

/** A training run while it goes on, and its record afterwards. */
export function TrainingCard({ training }: { training: TrainingOutput }) {
  // A kernel that has ended could not say how its training did.
  const isAlive = useView(({ kernel: { kernel } }) => kernel.state === 'idle' || kernel.state === 'busy')
  const state = training.state === 'running' && !isAlive ? 'stopped' : training.state
  const { epochs, epoch, batch, batches, rate, remaining, seconds, batchLoss } = training
  const running = state === 'running'
  const doneEpochs = Math.max(0, ...Object.values(training.history).map(({ length }) => length))
  const part = running
    ? (doneEpochs + (batches && doneEpochs < epochs ? Math.min(1, batch / batches) : 0)) / epochs
    : doneEpochs / epochs
  const facts = [
    running && batches && `batch ${batch} of ${batches}`,
    running && rate !== undefined && `${rate < 10 ? measured(rate) : Math.round(rate)} batches/s`,
    duration(seconds * 1000),
    running && remaining !== undefined && `${duration(remaining * 1000)} left`,
  ].filter(Boolean)
  const groups = metricGroups(training.history)
  return (
    <section className={classes.card} aria-label="Training" data-testid="training" data-state={state}>
      <div className={classes.row}>
        <b>{title({ ...training, state }, running ? Math.max(epoch, 1) : doneEpochs)}</b>
        <span className={classes.facts}>{facts.join(' · ')}</span>
        {running && training.id !== undefined && <StopTraining id={training.id} />}
      </div>
      <Bar label="Training" part={part} done={!running} />
      <div className={classes.charts}>
        {groups.map(({ name, series }) => (
          <Curves
            key={name}
            name={name}
            series={series}
            epochs={running ? epochs : doneEpochs}
            batchLoss={name === 'loss' ? batchLoss : []}
            batches={batches}
          />
        ))}
        {groups.length === 0 && batchLoss.length > 1 && (
          <Curves name="loss" series={[]} epochs={epochs} batchLoss={batchLoss} batches={batches} />
        )}
      </div>
    </section>
  )
}

/** Ends the training after its batch; the cell goes on with the model as it is. */
function StopTraining({ id }: { id: string }) {
  const session = useSession()
  const editable = useView(mayEdit)
  const [stopping, setStopping] = useState(false)
  if (!editable) return null
  const stop = async () => {
    setStopping(true)
    try {
      await session.ask('training.stop', { id })
    } catch (error) {
      setStopping(false)
      sayFailure('The training goes on', error)
    }
  }
  return (
    <Button
      size="compact-xs"
      variant="default"
      title="Ends after this batch; the cell goes on with the model as it is"
      leftSection={<IconPlayerStopFilled size={11} />}
      disabled={stopping}
      onClick={() => void stop()}
    >
      {stopping ? 'Stopping' : 'Stop training'}
    </Button>
  )
}

function title({ state, epochs }: TrainingOutput, epoch: number) {
  switch (state) {
    case 'running':
      return `Epoch ${epoch} of ${epochs}`
    case 'done':
      return epoch === epochs || epoch === 0
        ? `Trained ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}`
        : `Stopped early after ${epoch} of ${epochs} epochs`
    case 'stopped':
      return `Stopped after ${epoch} of ${epochs} epochs`
    case 'failed':
      return `Failed after ${epoch} of ${epochs} epochs`
  }
}
