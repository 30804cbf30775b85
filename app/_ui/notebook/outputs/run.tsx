import { Anchor } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import Link from 'next/link'
import type { RunOutput } from '../../../../lib/protocol/mime'
import classes from './outputs.module.css'

/** Says that the cell records a run, and leads to it. */
export function RunLine({ run: { id, name } }: { run: RunOutput }) {
  return (
    <p className={classes.run} data-testid="run">
      <IconFlask size={15} stroke={1.6} aria-hidden="true" />
      <Anchor component={Link} href={`/experiments/${id}`} size="sm">
        {name ?? `run ${id.slice(0, 8)}`}
      </Anchor>
      <span>is recorded</span>
    </p>
  )
}
