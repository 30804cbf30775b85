import type { PullState } from '../../../lib/protocol/repository'

/** States of a pull as people read them. */
export const states: Record<PullState, { label: string; tone: 'good' | 'bad' | 'busy' }> = {
  waiting: { label: 'waiting', tone: 'busy' },
  fetching: { label: 'fetching', tone: 'busy' },
  testing: { label: 'testing', tone: 'busy' },
  running: { label: 'running the notebook', tone: 'busy' },
  done: { label: 'done', tone: 'good' },
  failed: { label: 'failed', tone: 'bad' },
}

export const isOver = (state: PullState) => state === 'done' || state === 'failed'
