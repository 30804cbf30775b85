import { Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Actions } from './actions'
import { useView } from './context'
import classes from './notebook.module.css'
import { watchNear } from './use-near'

/** While a cell runs out of sight: a button that goes there; or, where the person wants that, the page follows. */
export function RunningCell({ actions }: { actions: Actions }) {
  const running = useView((view) =>
    view.kernel.kernel.state === 'busy'
      ? view.ids.find((id) => view.kernel.cells[id]?.state === 'running')
      : undefined,
  )
  const folded = useView((view) => running !== undefined && running in view.folded)
  const follow = useView((view) => view.follow)
  const [side, setSide] = useState<'above' | 'below'>()
  useEffect(() => {
    setSide(undefined)
    const card =
      running === undefined ? null : document.querySelector<HTMLElement>(`[data-cell-id="${running}"]`)
    if (!card) return
    if (follow) card.scrollIntoView({ block: 'nearest' })
    return watchNear(card, 0, (near) => {
      const { top } = card.getBoundingClientRect()
      setSide(near ? undefined : top < 100 ? 'above' : 'below')
    })
  }, [running, follow])
  if (running === undefined || (side === undefined && !folded)) return null
  const Icon = side === 'above' ? IconArrowUp : IconArrowDown
  return (
    <Button
      className={classes.running}
      size="compact-sm"
      variant="default"
      radius="xl"
      leftSection={<Icon size={14} />}
      onClick={() => actions.show(running)}
    >
      Go to the running cell
    </Button>
  )
}
