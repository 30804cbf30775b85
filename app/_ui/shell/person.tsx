'use client'

import { createContext, useContext } from 'react'

/** Who is signed in, and the workspace they look at. */
export type Person = {
  id: string
  name: string
  email: string
  workspace: { id: string; name: string; role: 'owner' | 'editor' | 'viewer' }
}

const PersonContext = createContext<Person | undefined>(undefined)
export const PersonProvider = PersonContext.Provider

/** The signed-in person; throws outside of the shell. */
export function usePerson(): Person {
  const person = useContext(PersonContext)
  if (!person) throw new Error('nobody is signed in here: use it inside of <Shell>')
  return person
}
