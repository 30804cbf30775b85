import { Button, Group, Loader, Modal } from '@mantine/core'
import { csvParseRows, tsvParseRows } from 'd3-dsv'
import { useEffect, useState } from 'react'
import { imageType } from '../../../../../lib/files/image-type'
import parts from '../parts.module.css'
import classes from './files.module.css'

const mostBytes = 65_536
const mostRows = 50

/** The beginning of a file: a picture, the first rows of a table, or text. */
export function Preview({ name, address, onClose }: { name: string; address: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={name} size="xl">
      {imageType(name) ? (
        // biome-ignore lint/performance/noImgElement: a person's own file, of any size and origin
        <img className={classes.picture} src={address} alt={name} />
      ) : (
        <TextPreview name={name} address={address} />
      )}
      <Group justify="flex-end" mt="sm">
        <Button component="a" href={address} download={name} variant="default" size="xs">
          Download
        </Button>
      </Group>
    </Modal>
  )
}

function TextPreview({ name, address }: { name: string; address: string }) {
  const [shown, setShown] = useState<{ text: string; whole: boolean } | { failure: string }>()
  useEffect(() => {
    const stop = new AbortController()
    readBeginning(address, stop.signal).then(setShown, (error: Error) => {
      if (!stop.signal.aborted) setShown({ failure: error.message })
    })
    return () => stop.abort()
  }, [address])
  if (!shown) return <Loader size="sm" />
  if ('failure' in shown) return <p className={parts.hint}>{shown.failure}</p>
  const { text, whole } = shown
  if (text.includes('\0'))
    return <p className={parts.hint}>This file is no text: download it to look at it.</p>
  const parse = /\.tsv$/i.test(name) ? tsvParseRows : /\.csv$/i.test(name) ? csvParseRows : undefined
  return (
    <>
      {parse ? <Rows rows={parse(text).slice(0, mostRows)} /> : <pre className={classes.text}>{text}</pre>}
      {!whole && <p className={parts.hint}>This is its beginning.</p>}
    </>
  )
}

function Rows({ rows: [head = [], ...rows] }: { rows: string[][] }) {
  return (
    <div className={classes.table}>
      <table>
        <thead>
          <tr>
            {head.map((cell, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns of a file may be named alike
              <th key={i}>{cell}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file never move
            <tr key={i}>
              {row.map((cell, j) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells of a file never move
                <td key={j}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Not the whole file: it may be of any size. */
async function readBeginning(address: string, signal: AbortSignal) {
  const response = await fetch(address, { signal })
  if (!response.ok) throw new Error('this file cannot be read now; it may have been deleted')
  const reader = response.body!.getReader()
  const parts: Uint8Array[] = []
  let size = 0
  let whole = false
  while (size < mostBytes && !whole) {
    const { done, value } = await reader.read()
    whole = done
    if (value) {
      parts.push(value)
      size += value.byteLength
    }
  }
  await reader.cancel()
  const bytes = new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer())
  const fits = whole && size <= mostBytes
  const text = new TextDecoder().decode(bytes.subarray(0, mostBytes))
  // A row or a character that is cut in two is left out.
  return { text: fits ? text : text.slice(0, text.lastIndexOf('\n') + 1 || text.length), whole: fits }
}
