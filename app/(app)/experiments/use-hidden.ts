'use client'

import { useEffect, useState } from 'react'

const key = 'cellar.experiments.hidden'

/** The columns that this person does not want to see, kept in the browser: `metric.<name>`, `param.<name>`. */
export function useHidden() {
  const [hidden, setHidden] = useState(new Set<string>())
  // After the first rendering, which the server does without a browser.
  useEffect(() => {
    try {
      setHidden(new Set(JSON.parse(localStorage.getItem(key) ?? '[]') as string[]))
    } catch {
      localStorage.removeItem(key)
    }
  }, [])
  const change = (next: Set<string>) => {
    setHidden(next)
    localStorage.setItem(key, JSON.stringify([...next]))
  }
  return [hidden, change] as const
}
