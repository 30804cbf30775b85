import { useCallback, useEffect, useRef, useState } from 'react'
import {
  type Filter,
  formatFilter,
  mostFilters,
  parseFilter,
} from '../../../../../lib/datasets/explore/filter'

/** What of the page stands in its address: filters, and what the figures show by name (`x`, `y`, `colour`, …). */
export type Address = { filters: Filter[]; choices: Record<string, string> }

const names = ['x', 'y', 'colour', 'many', 'method', 'value', 'group', 'images', 'label'] as const
export type Choice = (typeof names)[number]

export function readAddress(query: string): Address {
  const all = new URLSearchParams(query)
  const filters = all.getAll('filter').flatMap((text) => parseFilter(text) ?? [])
  const choices = names.flatMap((name) => {
    const value = all.get(name)
    return value === null ? [] : [[name, value]]
  })
  return { filters: filters.slice(0, mostFilters), choices: Object.fromEntries(choices) }
}

/** Holds filters and choices, and keeps the address like them, so that it can be sent to somebody. */
export function useAddress(query: string) {
  const [address, setAddress] = useState(() => readAddress(query))
  const begun = useRef(false)
  useEffect(() => {
    if (!begun.current) {
      begun.current = true
      return
    }
    const next = new URLSearchParams(window.location.search)
    next.delete('filter')
    for (const name of names) next.delete(name)
    for (const [name, value] of Object.entries(address.choices)) next.set(name, value)
    // Written so that `~` stays readable.
    const filters = address.filters.map((filter) => `filter=${encodeURIComponent(formatFilter(filter))}`)
    const text = [...(next.size > 0 ? [next.toString()] : []), ...filters].join('&')
    window.history.replaceState(null, '', text ? `?${text}` : window.location.pathname)
  }, [address])
  const setFilters = useCallback(
    (filters: Filter[]) => setAddress((now) => ({ ...now, filters: filters.slice(-mostFilters) })),
    [],
  )
  const choose = useCallback(
    (choices: Partial<Record<Choice, string>>) =>
      setAddress((now) => ({ ...now, choices: { ...now.choices, ...choices } })),
    [],
  )
  return { ...address, setFilters, choose }
}
