import { useEffect, useRef, useState } from 'react'
import type { Variables } from '../../../../../lib/protocol/variables'
import { useSession, useView } from '../../context'
import { endedRuns } from './ended-runs'

type Known = {
  listed: Variables | undefined
  /** Asked and not answered: a cell may hold the kernel. */
  waiting: boolean
  failure: string | undefined
  /** Grows with each answer. */
  version: number
}

/** The kernel's variables, asked for again when a cell has ended or an input moved. One ask is under way at a time. */
export function useVariables(): Known {
  const session = useSession()
  const changes = useView(({ kernel }) => `${kernel.position.epoch} ${endedRuns(kernel)}`)
  const [known, setKnown] = useState<Known>({
    listed: undefined,
    waiting: true,
    failure: undefined,
    version: 0,
  })
  const asking = useRef(false)
  const again = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `changes` says when, not what
  useEffect(() => {
    let left = false
    const ask = async () => {
      if (asking.current) {
        again.current = true
        return
      }
      asking.current = true
      setKnown((before) => ({ ...before, waiting: true }))
      try {
        const listed = await session.ask('variables', {})
        setKnown(({ version }) => ({ listed, waiting: false, failure: undefined, version: version + 1 }))
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error)
        setKnown((before) => ({ ...before, waiting: false, failure }))
      }
      asking.current = false
      if (again.current && !left) {
        again.current = false
        void ask()
      }
    }
    // Cells that follow each other are one change.
    const timer = setTimeout(() => void ask(), settleMs)
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [changes, session])
  return known
}

const settleMs = 80
