'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { type Filter, pressed } from '../../../../../lib/datasets/explore/filter'
import type { DatasetColumn } from '../../../../../lib/protocol/dataset'

/** What all figures of the page are about. */
export type Exploring = {
  dataset: string
  version: number
  /** Of the version. */
  rows: number
  columns: readonly DatasetColumn[]
  filters: readonly Filter[]
  setFilters: (filters: Filter[]) => void
  /** Whether the person may make notebooks here. */
  mayCreate: boolean
}

const Context = createContext<Exploring | undefined>(undefined)

export const ExploringProvider = ({ value, children }: { value: Exploring; children: ReactNode }) => (
  <Context value={value}>{children}</Context>
)

export function useExploring(): Exploring & { press: (filter: Filter, adding?: boolean) => void } {
  const value = useContext(Context)
  if (!value) throw new Error('outside of the page Explore')
  return {
    ...value,
    press: (filter, adding) => value.setFilters(pressed(value.filters, filter, adding)),
  }
}
