import { type FormEvent, useState } from 'react'
import { datasetName } from '../../../lib/datasets/name'

/** A form that makes a version of a data set: its name is checked here, and what `make` refuses is said at it. */
export function useMaking<Made>(first: string, make: (name: string) => Promise<Made>) {
  const [name, setName] = useState(first)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [made, setMade] = useState<Made>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const checked = datasetName.safeParse(name)
    if (!checked.success) return setProblem(checked.error.issues[0]?.message)
    setBusy(true)
    setProblem(undefined)
    try {
      setMade(await make(checked.data))
    } catch (error) {
      setProblem((error as Error).message)
    }
    setBusy(false)
  }
  return {
    name,
    rename(name: string) {
      setName(name)
      setProblem(undefined)
    },
    busy,
    problem,
    made,
    submit,
    /** For the next one; the name stays. */
    again() {
      setMade(undefined)
      setProblem(undefined)
    },
  }
}
