import { describe, expect, test } from 'vitest'
import { fold } from '../../../../../app/_ui/notebook/outputs/fold'

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}`)

describe('folding a stream', () => {
  test('a short text is shown whole, without its last newline', () => {
    expect(fold('a\nb\n', true)).toEqual({ head: ['a', 'b'], tail: [], hidden: 0, hiddenSize: 0 })
  })

  test('a long text shows its first 24 and last 6 lines, and counts what is between', () => {
    const text = `${lines(1, 1234).join('\n')}\n`
    const { head, tail, hidden } = fold(text, true)
    expect({ head, tail, hidden }).toEqual({ head: lines(1, 24), tail: lines(1229, 1234), hidden: 1204 })
  })

  test('a text a little longer than the fold is not folded', () => {
    const text = lines(1, 33).join('\n')
    expect(fold(text, true)).toEqual({ head: lines(1, 33), tail: [], hidden: 0, hiddenSize: 0 })
  })

  test('a large growing text is not counted, only measured', () => {
    const text = 'x'.repeat(99).concat('\n').repeat(10_000)
    const { hidden, hiddenSize } = fold(text, false)
    expect({ hidden, hiddenSize }).toEqual({ hidden: undefined, hiddenSize: 1_000_000 - 30 * 100 })
  })

  test('one endless line is one line', () => {
    expect(fold('x'.repeat(100), true)).toEqual({
      head: ['x'.repeat(100)],
      tail: [],
      hidden: 0,
      hiddenSize: 0,
    })
  })
})
