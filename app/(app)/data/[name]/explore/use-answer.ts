import { useEffect, useId, useRef, useState } from 'react'
import type { Filter } from '../../../../../lib/datasets/explore/filter'
import type { AnswerTo, Figure } from '../../../../../lib/datasets/explore/question'
import { ApiError } from '../../../../_ui/api'
import { useExploring } from './context'

type State<F extends Figure> = {
  /** The newest answer with what it answers; that before stays until the next is there. */
  answered?: { figure: F; filters: readonly Filter[]; answer: AnswerTo<F> }
  problem?: string
}

// Of this visit: the server knows by it which question of whom another one replaces.
const visit = typeof crypto === 'undefined' ? '' : Math.random().toString(36).slice(2)

/** What a figure shows of the rows that the filters leave. Asked anew, the question before ends. `when`: whether to ask yet. */
export function useAnswer<F extends Figure>(figure: F, when: boolean) {
  const { dataset, version, filters } = useExploring()
  const id = useId()
  const [state, setState] = useState<State<F>>({})
  const [isWaiting, setWaiting] = useState(true)
  const question = JSON.stringify({ version, figure, filters })
  const asked = useRef<string>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `question` stands for what is asked
  useEffect(() => {
    if (!when || asked.current === question) return
    asked.current = question
    const ended = new AbortController()
    setWaiting(true)
    ask<AnswerTo<F>>(dataset, { asker: `${visit}${id}`, version, figure, filters }, ended.signal)
      .then((answer) => setState({ answered: { figure, filters, answer } }))
      .catch((error: Error) => {
        if (!ended.signal.aborted) setState((now) => ({ ...now, problem: error.message }))
      })
      .finally(() => !ended.signal.aborted && setWaiting(false))
    return () => {
      asked.current = undefined
      ended.abort()
    }
  }, [dataset, question, when, id])
  return { ...state, isWaiting }
}

async function ask<Answer>(dataset: string, body: object, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(`/api/datasets/${dataset}/explore`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  })
  const answer = await response.json()
  if (response.ok) return answer as Answer
  const { code = 'unknown', message = `the server answered with status ${response.status}` } =
    answer.error ?? {}
  throw new ApiError(response.status, code, message)
}
