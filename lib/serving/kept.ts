import type { LogRow } from './log-row'
import { maxKept } from './log-row'
import { place } from './splits'

type Answered = Pick<LogRow, 'requestId' | 'status' | 'abTestId' | 'input' | 'output'>

/**
 * What the log keeps of an answer: inputs and outputs of the endpoint's share, none that is too large. Refused requests
 * keep theirs, and those of an A/B test, because feedback compares with every answer of a test.
 */
export function kept(
  { requestId, status, abTestId, input, output }: Answered,
  sampleShare: number,
): Pick<LogRow, 'input' | 'output' | 'truncated' | 'sampled'> {
  const sampled = status >= 400 || abTestId !== null || place(requestId) < sampleShare
  if (!sampled) return { input: null, output: null, truncated: false, sampled }
  const fits = (text: string | null) => text === null || text.length <= maxKept
  return {
    input: fits(input) ? input : null,
    output: fits(output) ? output : null,
    truncated: !fits(input) || !fits(output),
    sampled,
  }
}
