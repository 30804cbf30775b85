import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { loadMonaco } from './code-editor'

/** Changes the colours of all editors with the page's; a new editor begins with those of the page. */
export function EditorColours() {
  const scheme = useComputedColorScheme('light')
  const shown = useRef(scheme)
  useEffect(() => {
    if (shown.current === scheme) return
    shown.current = scheme
    void loadMonaco().then(({ setScheme }) => setScheme(scheme))
  }, [scheme])
  return null
}
