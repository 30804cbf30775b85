import type { KernelState as State } from '../../../lib/protocol/events'
import { StatusDot, type Tone } from '../../_ui/status-dot'

const tones: Record<State, Tone> = {
  starting: 'busy',
  busy: 'busy',
  restarting: 'busy',
  idle: 'good',
  dead: 'bad',
  stopped: 'quiet',
}

/** A kernel's state in one word. */
export function KernelState({ state = 'stopped' }: { state: State | undefined }) {
  return <StatusDot tone={tones[state]}>{state === 'stopped' ? 'not running' : state}</StatusDot>
}
