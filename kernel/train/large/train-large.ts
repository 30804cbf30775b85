import type { Learner } from '../learner'
import type { Progress } from '../progress'
import type { RowSource } from '../spark/job'
import { noRows, type Trained, trainPrepared } from '../train'
import { type LargeTask, prepareLargeClusters, prepareLargeTarget } from './prepare-large'

/**
 * Trains a model of more rows than one machine's memory holds: they are read part by part, in passes, and whoever learns
 * takes them as they come. Throws `TrainingError` where the data or the parameters allow no model.
 */
export async function trainLarge(
  task: LargeTask,
  progress: Progress,
  learner: (source: RowSource) => Learner,
): Promise<Trained> {
  if (task.rows === 0) throw noRows()
  const { prepared, source } =
    task.algorithm === 'kmeans' ? await prepareLargeClusters(task) : await prepareLargeTarget(task)
  progress.log(`${task.rows} rows looked at, part by part: they are more than are held at once`)
  return trainPrepared(task, prepared, progress, learner(source))
}
