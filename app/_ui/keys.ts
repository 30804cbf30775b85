'use client'

import { useEffect, useRef } from 'react'
import { createKeyMatcher } from './key-matcher'

/** One line of the keys sheet; with `run`, also what the keys do. */
export type KeyBinding = {
  /** Chords joined by `+`, sequences by a space: `mod+k`, `shift+enter`, `d d`, `?`. `mod` is ⌘ on a Mac, else Ctrl. */
  keys: string
  label: string
  /** Left out where the component handles the keys itself and only wants them on the sheet. */
  run?: (event: KeyboardEvent) => void
  /** Also while a text field or editor has the focus. */
  whileTyping?: boolean
}

type Registered = { section: string; current: { bindings: KeyBinding[] } }
const registered = new Set<Registered>()

/** What the page's components have registered, by section, for the sheet. */
export function registeredKeys(): { section: string; bindings: KeyBinding[] }[] {
  const sections = new Map<string, KeyBinding[]>()
  for (const { section, current } of registered)
    sections.set(section, [...(sections.get(section) ?? []), ...current.bindings])
  return [...sections].map(([section, bindings]) => ({ section, bindings }))
}

/** Registers keys while the component is mounted. The newest registration of the same keys wins. */
export function useKeys(section: string, bindings: KeyBinding[]) {
  const current = useRef({ bindings })
  current.current.bindings = bindings
  useEffect(() => {
    const entry = { section, current: current.current }
    registered.add(entry)
    if (registered.size === 1) window.addEventListener('keydown', onKeyDown)
    return () => {
      registered.delete(entry)
      if (registered.size === 0) window.removeEventListener('keydown', onKeyDown)
    }
  }, [section])
}

const match = createKeyMatcher()

let held = false
/** Keeps all keys from running: what is opening has not got the focus yet, and what is typed is meant for it. */
export const holdKeys = (hold: boolean) => {
  held = hold
}

function onKeyDown(event: KeyboardEvent) {
  if (held || event.defaultPrevented || event.isComposing || isOfControl(event)) return
  const bindings = [...registered].reverse().flatMap(({ current }) => current.bindings)
  const typing = isTyping(event.target)
  const binding = match(
    event,
    bindings.filter(({ run, whileTyping }) => run && (whileTyping || !typing)),
  )
  if (!binding) return
  event.preventDefault()
  binding.run?.(event)
}

/** Whether the focused control answers to the key itself: a button to Enter and Space, a menu to arrows. */
function isOfControl({ key, target, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent) {
  if (!(target instanceof HTMLElement) || ctrlKey || metaKey || shiftKey || altKey) return false
  if (key === 'Enter' || key === ' ')
    return target.closest('a[href], button, summary, label, [role="button"], [role="menuitem"]') !== null
  return (
    key.startsWith('Arrow') &&
    target.closest(
      '[role="menu"], [role="listbox"], [role="tablist"], [role="separator"], [role="slider"]',
    ) !== null
  )
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], .monaco-editor') !== null)
