import { useSyncExternalStore } from 'react'

/** A value that components read in parts: each renders again only when the part it selected changes. */
export type Store<T> = {
  get(): T
  /** Merges a part; nothing is told when every field already has its value. */
  set(part: Partial<T>): void
  subscribe(listener: () => void): () => void
}

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(part) {
      const changed = (Object.keys(part) as (keyof T)[]).some((key) => !Object.is(part[key], value[key]))
      if (!changed) return
      value = { ...value, ...part }
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The selected part of a store. `select` must answer the same reference while nothing of it changed. */
export function useStore<T, S>(store: Store<T>, select: (value: T) => S): S {
  const read = () => select(store.get())
  return useSyncExternalStore(store.subscribe, read, read)
}
