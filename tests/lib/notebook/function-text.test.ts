import { afterAll, beforeAll, expect, test } from 'vitest'
import { asTyped, installFunctionText, nativeText } from '../../../lib/notebook/function-text'

const native = Function.prototype.toString
beforeAll(installFunctionText)
afterAll(() => {
  Function.prototype.toString = native
})

test.each([
  ['(d) => $S.op.round(d.x)', '(d) => op.round(d.x)'],
  ['() => (0, $S.f)($S.größe, $C.c)', '() => f(größe, c)'],
  ['(0, $S.$)`text`', '$`text`'],
  ['() => ({ a: $S.a })', '() => ({ a: a })'],
  ['() => "costs $5"', '() => "costs $5"'],
])('%s is shown as %s', (text, typed) => {
  expect(asTyped(text)).toBe(typed)
})

test('a function shows itself as typed, and its native text is kept', () => {
  const $S = { x: 1 }
  const f = () => $S.x
  expect(String(f)).toBe('() => x')
  expect(nativeText(f)).toBe('() => $S.x')
  expect(String(Math.max)).toBe('function max() { [native code] }')
})
