import { mime, type ProgressOutput } from '../../../lib/protocol/mime'
import type { DisplayHost } from '../display'

type Stage = { stage_id?: number; num_tasks?: number; num_completed_tasks?: number; done?: boolean }

/** What ends sooner shows nothing. */
const firstMs = 700
const updateMs = 200

/** Shows how far Spark is with one operation: its stages, and the tasks of these. */
export function watchStages(display: DisplayHost) {
  const began = performance.now()
  let id: string | undefined
  let shown = 0
  let last: Stage[] = []

  const show = (done: boolean) => {
    const tasks = last.reduce((sum, { num_tasks = 0 }) => sum + num_tasks, 0)
    const ended = last.reduce((sum, { num_completed_tasks = 0 }) => sum + num_completed_tasks, 0)
    const stages = last.filter((each) => each.done).length
    const label = `Spark, ${stages} of ${last.length} ${last.length === 1 ? 'stage' : 'stages'}; tasks`
    const output: ProgressOutput = { label, value: ended, total: tasks, done }
    const seconds = (performance.now() - began) / 1000
    if (ended > 0) output.rate = ended / seconds
    const data = { [mime.progress]: output, 'text/plain': `${label}: ${ended} of ${tasks}` }
    shown = performance.now()
    if (id === undefined) {
      id = display.freshId('progress')
      display.showBundle(data, id)
    } else display.updateBundle(id, data)
  }
  return {
    stages(stages: Stage[]) {
      last = stages
      const now = performance.now()
      if (now - began >= firstMs && now - shown >= updateMs) show(false)
    },
    end() {
      if (id !== undefined) show(true)
    },
  }
}
