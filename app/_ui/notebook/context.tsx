'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { NotebookSession } from './session'
import { useStore } from './store'
import type { View } from './view'

const Context = createContext<NotebookSession | undefined>(undefined)

export function SessionProvider({ session, children }: { session: NotebookSession; children: ReactNode }) {
  return <Context value={session}>{children}</Context>
}

/** The open notebook. */
export function useSession(): NotebookSession {
  const session = useContext(Context)
  if (!session) throw new Error('no notebook is open around this component: wrap it in SessionProvider')
  return session
}

/** A part of what the page shows; renders again when that part changes. */
export const useView = <S,>(select: (view: View) => S): S => useStore(useSession().store, select)
