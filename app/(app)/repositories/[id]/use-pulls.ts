import type { PullDetail } from '../../../../lib/repositories/pulls'
import { useLive } from '../../../_ui/use-live'
import type { Wire } from '../../../_ui/wire'
import { isOver } from '../states'

export type Pull = Wire<PullDetail>

const busyMs = 1_000
const idleMs = 10_000

/** The pulls of a repository as they go on. `refresh`: now, after a press. */
export function usePulls(id: string, first: Pull[]): { pulls: Pull[]; refresh: () => Promise<void> } {
  const { value, refresh } = useLive(`/api/repositories/${id}`, {
    first: { pulls: first },
    everyMs: (known) => (known?.pulls.every(({ state }) => isOver(state)) ? idleMs : busyMs),
  })
  return { pulls: value?.pulls ?? first, refresh }
}
