'use client'

import { Button } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import classes from './add-model.module.css'
import { type ChosenFile, droppedFiles, pickedFiles } from './dropped-files'

/** Where files or a folder are dropped, or chosen. */
export function DropZone({ onFiles }: { onFiles: (files: ChosenFile[]) => void }) {
  const [over, setOver] = useState(false)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void droppedFiles(event.dataTransfer).then(onFiles)
  }
  return (
    <section
      className={classes.zone}
      aria-label="Files of the model"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={28} stroke={1.4} aria-hidden />
      <p className={classes.zoneTitle}>Drop the model here</p>
      <p className={classes.hint}>
        An ONNX file, a SavedModel (its folder, or a zip or tgz of it), or a TensorFlow.js model.json with its
        weights. At most 256 MiB.
      </p>
      <div className={classes.choices}>
        <Button variant="default" onClick={() => files.current?.click()} data-autofocus>
          Choose files
        </Button>
        <Button variant="subtle" color="gray" onClick={() => folder.current?.click()}>
          Choose a folder
        </Button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="Files"
        onChange={(event) => onFiles(pickedFiles(event.currentTarget.files))}
      />
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder"
        onChange={(event) => onFiles(pickedFiles(event.currentTarget.files))}
        {...{ webkitdirectory: '' }}
      />
    </section>
  )
}
