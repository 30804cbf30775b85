'use client'

import { type DragEvent, useState } from 'react'

/** What is dragged within the library. */
export type Dragged = { notebooks: string[] } | { folder: string }

const type = 'application/x-cellar-library'

/** What an element needs that can be dragged into a folder. */
export const draggable = (what: () => Dragged) => ({
  draggable: true,
  onDragStart(event: DragEvent) {
    event.stopPropagation()
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData(type, JSON.stringify(what()))
  },
})

/** What a folder needs that things are dropped on, and whether something is over it. */
export function useDrop(onDrop: (what: Dragged) => void) {
  const [over, setOver] = useState(false)
  const ours = (event: DragEvent) => event.dataTransfer.types.includes(type)
  return {
    over,
    target: {
      onDragOver(event: DragEvent) {
        if (!ours(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'move'
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop(event: DragEvent) {
        setOver(false)
        if (!ours(event)) return
        event.preventDefault()
        event.stopPropagation()
        onDrop(JSON.parse(event.dataTransfer.getData(type)) as Dragged)
      },
    },
  }
}

/** Files of the person's machine, dropped anywhere on an element. */
export function useFileDrop(onFiles: (files: File[]) => void) {
  const [depth, setDepth] = useState(0)
  const files = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return {
    over: depth > 0,
    target: {
      // Entering a child comes before leaving its parent.
      onDragEnter: (event: DragEvent) => files(event) && setDepth((now) => now + 1),
      onDragLeave: (event: DragEvent) => files(event) && setDepth((now) => now - 1),
      onDragOver: (event: DragEvent) => files(event) && event.preventDefault(),
      onDrop(event: DragEvent) {
        if (!files(event)) return
        event.preventDefault()
        setDepth(0)
        onFiles([...event.dataTransfer.files])
      },
    },
  }
}
