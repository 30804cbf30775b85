import { expect, test } from 'vitest'
import { listProblems, withProblems } from '../../../../../app/_ui/notebook/language/problems'
import type { Problem } from '../../../../../lib/protocol/language'

const problem = (message: string, severity: Problem['severity'] = 'error'): Problem => ({
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  severity,
  code: 1,
  message,
})

test('problems are listed in page order, without hints, and a cell’s news replace what it had', () => {
  const first = withProblems({}, [
    { cellId: 'a', text: 1, problems: [problem('old')] },
    { cellId: 'b', text: 2, problems: [problem('below', 'warning'), problem('pale', 'hint')] },
  ])
  const now = withProblems(first, [{ cellId: 'a', text: 3, problems: [problem('new')] }])
  expect(listProblems(now, ['b', 'a']).map(({ message, index }) => [message, index])).toEqual([
    ['below', 0],
    ['new', 1],
  ])
  expect(listProblems(now, ['a', 'gone']).map(({ message }) => message)).toEqual(['new'])
})
