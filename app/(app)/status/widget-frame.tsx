'use client'

import { useSortable } from '@dnd-kit/sortable'
import { ActionIcon } from '@mantine/core'
import { IconArrowsDiagonal, IconGripVertical, IconX } from '@tabler/icons-react'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import type { StatusLayout } from '../../../lib/protocol/preferences'
import classes from './status.module.css'

type Props = {
  place: StatusLayout[number]
  label: string
  arranging: boolean
  onResize(width: number, height: number): void
  onRemove(): void
  children: ReactNode
}

const steps: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** A widget with its name; while the page is arranged, also with what moves, resizes and removes it. */
export function WidgetFrame({ place, label, arranging, onResize, onRemove, children }: Props) {
  const { widget, width, height } = place
  const sortable = useSortable({ id: widget, data: { label }, disabled: !arranging })

  const byKey = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    onResize(width + step[0], height + step[1])
  }
  const byPointer = (event: PointerEvent<HTMLButtonElement>) => {
    const handle = event.currentTarget
    const frame = handle.closest('section')!
    const { left, top, width: pixels, height: tall } = frame.getBoundingClientRect()
    const [column, row] = [pixels / width, tall / height]
    handle.setPointerCapture(event.pointerId)
    handle.onpointermove = ({ clientX, clientY }) =>
      onResize((clientX - left) / column, (clientY - top) / row)
    handle.onpointerup = () => {
      handle.onpointermove = null
    }
  }
  return (
    <section
      ref={sortable.setNodeRef}
      className={classes.widget}
      style={{ '--width': width, '--height': height } as React.CSSProperties}
      data-widget={widget}
      data-arranging={arranging || undefined}
      data-moving={sortable.isDragging || undefined}
      data-over={(sortable.isOver && !sortable.isDragging) || undefined}
      aria-label={label}
    >
      <header className={classes.widgetHead}>
        {arranging && (
          <button
            type="button"
            className={classes.grip}
            {...sortable.attributes}
            {...sortable.listeners}
            aria-label={`Move ${label}`}
          >
            <IconGripVertical size={16} stroke={1.6} />
          </button>
        )}
        <h2>{label}</h2>
        {arranging && (
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${label}`} onClick={onRemove}>
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <div className={classes.widgetBody} tabIndex={0}>
        {children}
      </div>
      {arranging && (
        <button
          type="button"
          className={classes.corner}
          aria-label={`Resize ${label}: ${width} wide, ${height} high; arrow keys change it`}
          onKeyDown={byKey}
          onPointerDown={byPointer}
        >
          <IconArrowsDiagonal size={14} stroke={1.6} />
        </button>
      )}
    </section>
  )
}
