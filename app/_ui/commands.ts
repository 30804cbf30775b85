'use client'

import { useEffect, useRef, useSyncExternalStore } from 'react'

/** A line of the command palette. */
export type Command = {
  /** Unique on the page. */
  id: string
  label: string
  description?: string
  /** Further words it is found by. */
  keywords?: string[]
  /** Shown beside it, as in `useKeys`. */
  keys?: string
  /** Not in the list until something is typed. */
  searchedOnly?: boolean
  run: () => void
}

type Group = { section: string; commands: Command[] }

let groups: readonly Group[] = []
const listeners = new Set<() => void>()
const publish = (next: readonly Group[]) => {
  groups = next
  for (const listener of listeners) listener()
}

/** Adds a section to the command palette while the component is mounted. */
export function useCommands(section: string, commands: Command[]) {
  // `run` closes over the newest state; the palette is told only of what it shows.
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  const shape = JSON.stringify(commands.map(({ run, ...rest }) => rest))
  useEffect(() => {
    const lines = JSON.parse(shape) as Omit<Command, 'run'>[]
    const group = {
      section,
      commands: lines.map((line) => ({
        ...line,
        run: () => latest.current.find(({ id }) => id === line.id)?.run(),
      })),
    }
    publish([...groups, group])
    return () => publish(groups.filter((other) => other !== group))
  }, [section, shape])
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const none: readonly Group[] = []

/** All sections, in the order they were added. */
export const useCommandGroups = () =>
  useSyncExternalStore(
    subscribe,
    () => groups,
    () => none,
  )
