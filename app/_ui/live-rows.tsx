import { Skeleton, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './live-rows.module.css'

type Props<Row> = {
  /** The rows' kind, as in "jobs". */
  what: string
  /** Undefined until they are there. */
  rows: Row[] | undefined
  /** Why they could not be read. */
  problem: string | undefined
  children: (rows: Row[]) => ReactNode
}

/** A list that is read again and again: before it is there, and with why it may be old. */
export function LiveRows<Row>({ what, rows, problem, children }: Props<Row>) {
  if (!rows && problem)
    return (
      <p className={classes.problem}>
        The {what} could not be read: {problem}
      </p>
    )
  if (!rows)
    return (
      <Stack gap="xs" aria-label={`The ${what} are being read`}>
        {['a', 'b', 'c'].map((key) => (
          <Skeleton key={key} height={38} radius="md" />
        ))}
      </Stack>
    )
  return (
    <>
      {problem && <p className={classes.problem}>What you see may be old: {problem}</p>}
      {children(rows)}
    </>
  )
}
