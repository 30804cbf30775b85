import { CloseButton } from '@mantine/core'
import { useEffect, useState } from 'react'
import { mime } from '../../../lib/protocol/mime'
import { useView } from './context'
import classes from './first-steps.module.css'

const storageKey = 'cellar.first-steps.done'

/** On an example's first visit: what to do with it. Gone for good once closed. */
export function FirstSteps({ example }: { example: string }) {
  const [open, setOpen] = useState(false)
  // Epoch 0 is the rendering that an example comes with.
  const ran = useView(
    ({ kernel }) =>
      kernel.position.epoch > 0 && Object.values(kernel.cells).some(({ state }) => state === 'done'),
  )
  const promoted = useView(({ kernel }) =>
    Object.values(kernel.cells).some(({ outputs }) =>
      outputs.some((output) => 'data' in output && output.data[mime.endpoint] !== undefined),
    ),
  )
  useEffect(() => setOpen(localStorage.getItem(storageKey) === null), [])
  if (!open) return null
  const change = example.startsWith('iris') ? 'Change k' : 'Change a layer'
  return (
    <aside className={classes.card} aria-label="First steps">
      <ol>
        <li data-done={ran || undefined}>
          <b>Run it</b>
          <span>Run all, above, or Shift Enter cell by cell.</span>
        </li>
        <li>
          <b>{change}</b>
          <span>
            {example.startsWith('iris')
              ? 'Ask for another number of clusters and run that cell again.'
              : 'Give the network more units or another layer, and train again.'}
          </span>
        </li>
        <li data-done={promoted || undefined}>
          <b>Promote</b>
          <span>Make an endpoint of it, and call it with curl.</span>
        </li>
      </ol>
      <CloseButton
        size="sm"
        aria-label="Close the first steps"
        onClick={() => {
          localStorage.setItem(storageKey, '1')
          setOpen(false)
        }}
      />
    </aside>
  )
}
