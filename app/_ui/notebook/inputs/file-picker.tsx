import { Button } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import type { UploadedFile } from '../../../../lib/protocol/inputs'
import { uploadBytes } from '../../../../lib/protocol/limits'
import { sayFailure } from '../../notices'
import { formatBytes } from '../../units'
import { useSession } from '../context'
import type { ControlProps } from './control'
import classes from './inputs.module.css'
import { upload } from './upload'

/** Chooses files, or takes what is dropped on it; the variable changes when all have arrived. */
export function FilePicker({
  id,
  cellId,
  name,
  definition,
  control,
  value,
  disabled,
  move,
}: ControlProps<'file'>) {
  const { ask } = useSession()
  const field = useRef<HTMLInputElement>(null)
  const [going, setGoing] = useState<{ name: string; part: number }>()
  const [isOver, setOver] = useState(false)
  const take = async (list: FileList | null) => {
    const chosen = [...(list ?? [])].slice(0, control.multiple ? undefined : 1)
    if (chosen.length === 0 || disabled || going) return
    try {
      const uploaded: UploadedFile[] = []
      for (const file of chosen) {
        if (file.size > uploadBytes)
          throw new Error(
            `the file is larger than ${formatBytes(uploadBytes)}, the most that an input takes: ${file.name}`,
          )
        setGoing({ name: file.name, part: 0 })
        const onProgress = (done: number) =>
          setGoing({ name: file.name, part: done / Math.max(1, file.size) })
        uploaded.push(await upload(ask, { cellId, name, definition }, file, onProgress))
      }
      move(uploaded)
    } catch (error) {
      sayFailure(`${name} keeps its value`, error)
    }
    setGoing(undefined)
    if (field.current) field.current.value = ''
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    event.stopPropagation()
    setOver(false)
    void take(event.dataTransfer.files)
  }
  const files = value as UploadedFile[]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button does the same by key
    <div
      className={classes.files}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        event.stopPropagation()
        setOver(!disabled)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={field}
        id={id}
        className={classes.fileField}
        type="file"
        accept={control.accept}
        multiple={control.multiple}
        disabled={disabled}
        tabIndex={-1}
        onChange={(event) => void take(event.currentTarget.files)}
      />
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconUpload size={13} />}
        disabled={disabled || going !== undefined}
        onClick={() => field.current?.click()}
      >
        {control.multiple ? 'Choose files' : 'Choose a file'}
      </Button>
      <span aria-live="polite">
        {going
          ? `${going.name}: ${Math.round(100 * going.part)} %`
          : files.length === 0
            ? 'None chosen. One can be dropped here.'
            : files.map(({ path, size }) => `${path.split('/').at(-1)} (${formatBytes(size)})`).join(', ')}
      </span>
    </div>
  )
}
