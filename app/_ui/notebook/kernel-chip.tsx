import { Tooltip } from '@mantine/core'
import { useView } from './context'
import { duration, sentence } from './format'
import classes from './top-bar.module.css'
import { useNow } from './use-now'

/** What the kernel is doing, in a word. */
export function KernelChip() {
  const { state, reason } = useView((view) => view.kernel.kernel)
  const host = useView((view) => view.host)
  const since = useView((view) => {
    const running = view.ids.find((id) => view.kernel.cells[id]?.state === 'running')
    return running && view.kernel.cells[running]?.startedAt
  })
  const asked = useView((view) => Object.keys(view.asked).length > 0)
  const now = useNow(state === 'busy')
  const [word, detail] = words()
  const look =
    host === 'absent' || state === 'dead'
      ? 'dead'
      : state === 'restarting' || (state === 'stopped' && asked)
        ? 'starting'
        : state
  return (
    <Tooltip label={detail} multiline maw={320}>
      <span className={classes.chip} data-testid="kernel-chip" data-state={state} role="status">
        <span className={classes.dot} data-state={look} aria-hidden="true" />
        {word}
        {state === 'busy' && since && host === 'connected' && (
          <span className={classes.long}>{seconds(now - since)}</span>
        )}
      </span>
    </Tooltip>
  )

  function words(): [string, string] {
    if (host === 'absent')
      return ['no machine', 'No machine that runs kernels is connected. Running waits until one is back.']
    switch (state) {
      case 'idle':
        return ['idle', 'The kernel is ready.']
      case 'busy':
        return ['busy', 'A cell is running.']
      case 'starting':
        return ['starting', 'The kernel is starting.']
      case 'restarting':
        return ['restarting', sentence(reason ?? 'a new kernel takes the place of the old one')]
      case 'dead':
        return ['dead', sentence(reason ?? 'the kernel has ended unexpectedly')]
      case 'stopped':
        return asked
          ? ['starting', 'The kernel is starting.']
          : ['not running', sentence(reason ?? 'the kernel starts with the first cell you run')]
    }
  }
}

/** Whole seconds, so that the chip changes its width rarely; the kernel's clock may run ahead of this one. */
const seconds = (ms: number) => (ms < 1000 ? '0 s' : duration(Math.floor(ms / 1000) * 1000).replace('.0', ''))
