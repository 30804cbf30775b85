'use client'

import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import { relativeTime } from './relative'

/** How long ago, kept current; the exact time on hover. `at`: ISO text. */
export function RelativeTime({ at, since }: { at: string; since?: string }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 20_000)
    return () => clearInterval(timer)
  }, [])
  // The server's clock and zone differ from the browser's; the first effect corrects both.
  const exact = new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
  return (
    <Tooltip label={since ? `${since} ${exact}` : exact}>
      <time dateTime={at} suppressHydrationWarning>
        {relativeTime(Date.parse(at), now)}
      </time>
    </Tooltip>
  )
}
