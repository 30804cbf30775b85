import { useEffect, useMemo, useState } from 'react'
import type { InputChange, InputOutput } from '../../../../lib/protocol/inputs'
import { sayFailure } from '../../notices'
import { useSession } from '../context'
import { createLatest } from './latest'

type Value = InputOutput['value']
/** What this page set. `taken`: the server has it, and gives it to the kernel when no cell runs. */
type Moved = { value: Value; stamp: string; taken: boolean }

const page = Math.random().toString(36).slice(2, 10)
let serial = 0

/**
 * An input's value: the one that this page set until the kernel has answered it, else the kernel's. What the kernel
 * says of earlier moves in between does not pull the control back under the hand.
 */
export function useMovedValue(cellId: string, input: InputOutput): [Value, (value: Value) => void] {
  const session = useSession()
  const [moved, setMoved] = useState<Moved>()
  const { name, definition, stamp } = input

  const send = useMemo(
    () =>
      createLatest(async (change: InputChange) => {
        const ifStill = (next: (moved: Moved) => Moved | undefined) =>
          setMoved((now) => (now?.stamp === change.stamp ? next(now) : now))
        try {
          await session.request('kernel.input', change)
          ifStill((now) => ({ ...now, taken: true }))
        } catch (error) {
          ifStill(() => undefined)
          sayFailure(`${change.name} keeps its value`, error)
        }
      }),
    [session],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: another control has taken the place of the one that was moved
  useEffect(() => setMoved(undefined), [definition])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each bundle that comes is an answer, also one like the last
  useEffect(() => {
    setMoved((now) => {
      if (!now || now.stamp === stamp) return undefined
      const isOwn = stamp?.startsWith(`${page}.`)
      return now.taken && !isOwn ? undefined : now
    })
  }, [input])

  const move = (value: Value) => {
    const change = { cellId, name, definition, value, stamp: `${page}.${++serial}` }
    setMoved({ value, stamp: change.stamp, taken: false })
    send(change)
  }
  return [moved ? moved.value : input.value, move]
}
