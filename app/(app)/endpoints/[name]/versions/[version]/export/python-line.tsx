'use client'

import { Button } from '@mantine/core'
import { IconDownload, IconFileExport } from '@tabler/icons-react'
import { useState } from 'react'
import { lacking, type PythonFormat } from '../../../../../../../lib/protocol/study'
import { api } from '../../../../../../_ui/api'
import { CodeBlock } from '../../../../../../_ui/code-block'
import { download } from '../../../../../../_ui/download'
import { RelativeTime } from '../../../../../../_ui/relative-time'
import { StatusDot } from '../../../../../../_ui/status-dot'
import { formatBytes } from '../../../../../../_ui/units'
import classes from '../version.module.css'
import type { Exports } from './use-exports'

type Props = {
  format: PythonFormat
  title: string
  text: string
  /** What does the same by hand. */
  code: string
  address: string
  known: Exports | undefined
  onChange: () => Promise<void>
}

/** A format that Python's own converters write, which takes a while; where they are not, how it is done by hand. */
export function PythonLine({ format, title, text, code, address, known, onChange }: Props) {
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const last = known?.exports.find((each) => each.format === format)
  const missing = known ? lacking(known.converters, format) : null
  const act = async (deed: () => Promise<unknown>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await deed()
      await onChange()
    } catch (error) {
      setProblem((error as Error).message)
    }
    setBusy(false)
  }
  const shown = problem ?? (last?.state === 'failed' ? last.note : undefined)
  return (
    <li>
      <div className={classes.more}>
        <b>{title}</b>
        <p className={classes.meta}>{text}</p>
        {missing !== null && <p className={classes.meta}>Not here: {missing}</p>}
        {missing !== null && (
          <details>
            <summary>By hand, from the Keras 3 file</summary>
            <CodeBlock code={code} label={`How to make a ${title}`} />
          </details>
        )}
        {last?.state === 'running' && <StatusDot tone="busy">{last.note}</StatusDot>}
        {last?.state === 'done' && (
          <p className={classes.meta}>
            Written <RelativeTime at={last.endedAt!} />
            {last.bytes !== null && `, ${formatBytes(last.bytes)}`}; kept for a day.
          </p>
        )}
        {shown && (
          <p className={classes.problem} role="alert">
            {shown}
          </p>
        )}
      </div>
      <span className={classes.lineButtons}>
        {last?.state === 'done' && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconDownload size={15} stroke={1.6} />}
            onClick={() => void act(() => download(`${address}/${last.id}`))}
            aria-label={`Download as ${title}`}
          >
            Download
          </Button>
        )}
        {known && missing === null && (
          <Button
            variant="default"
            size="compact-sm"
            loading={busy || last?.state === 'running'}
            leftSection={<IconFileExport size={15} stroke={1.6} />}
            onClick={() => void act(() => api('POST', address, { format }))}
            aria-label={`Write as ${title}`}
          >
            {last?.state === 'done' ? 'Again' : 'Write'}
          </Button>
        )}
      </span>
    </li>
  )
}
