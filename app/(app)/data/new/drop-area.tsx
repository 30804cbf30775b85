'use client'

import { Button } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import classes from './new.module.css'

const endings = '.csv,.tsv,.tab,.txt,.json,.ndjson,.jsonl,.gz,.parquet,.arrow,.feather,.ipc,.xlsx'

/** Where a file is dropped, or chosen. */
export function DropArea({ problem, onFile }: { problem?: string; onFile: (file: File) => void }) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = (files: FileList | null) => {
    const [file] = files ?? []
    if (file) onFile(file)
  }
  return (
    <>
      <section
        className={classes.zone}
        aria-label="File"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        }}
      >
        <IconFileUpload size={28} stroke={1.4} aria-hidden />
        <p className={classes.zoneTitle}>Drop a file here</p>
        <p className={classes.hint}>
          CSV, TSV, JSON, NDJSON, Parquet, Arrow or Excel; text may be compressed with gzip. Large files go on
          where they stopped when the connection breaks.
        </p>
        <Button onClick={() => input.current?.click()} mt="xs">
          Choose a file
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept={endings}
          aria-label="Choose a file"
          onChange={(event) => take(event.currentTarget.files)}
        />
      </section>
      {problem && (
        <p className={classes.refused} role="alert">
          {problem}
        </p>
      )}
    </>
  )
}
