import { useEffect, useState } from 'react'
import {
  type Environment,
  noEnvironment,
  readEnvironment,
  sharedEnvironment,
} from '../../../lib/notebook/environment'
import { useSession } from './context'

/** The notebook's packages as its document says; an `error` where they cannot be read. */
export function useEnvironment(): { environment: Environment; error?: string } {
  const { document } = useSession()
  const [state, setState] = useState<{ environment: Environment; error?: string }>({
    environment: noEnvironment,
  })
  useEffect(() => {
    const shared = sharedEnvironment(document)
    const read = () => {
      try {
        setState({ environment: readEnvironment(document) })
      } catch (error) {
        setState({ environment: noEnvironment, error: (error as Error).message })
      }
    }
    read()
    shared.observe(read)
    return () => shared.unobserve(read)
  }, [document])
  return state
}
