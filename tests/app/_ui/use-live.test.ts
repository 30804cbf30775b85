import { parseHTML } from 'linkedom'
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useLive } from '../../../app/_ui/use-live'

type Shown = { value: string | undefined; problem: string | undefined; refresh: () => Promise<void> }

const page = { visibilityState: 'visible' }

beforeEach(() => {
  vi.useFakeTimers()
  const { document, window } = parseHTML('<main></main>')
  Object.defineProperty(document, 'visibilityState', { get: () => page.visibilityState })
  vi.stubGlobal('document', document)
  vi.stubGlobal('window', window)
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
})
afterEach(() => {
  page.visibilityState = 'visible'
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A page that shows what an address answers; the answers are given by hand, in the order of the requests. */
async function live(options: Parameters<typeof useLive<string>>[1]) {
  const asked: ((answer: string | Error) => Promise<void>)[] = []
  vi.stubGlobal(
    'fetch',
    () =>
      new Promise<Response>((done, failed) =>
        asked.push((answer) =>
          act(async () => (typeof answer === 'string' ? done(Response.json(answer)) : failed(answer))),
        ),
      ),
  )
  let shown: Shown | undefined
  const root = createRoot(document.querySelector('main')!)
  const View = () => {
    shown = useLive<string>('/api/words', options)
    return null
  }
  await act(async () => root.render(createElement(View)))
  return {
    asked,
    shown: () => ({ value: shown!.value, problem: shown!.problem }),
    pass: (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms)),
    leave: () => act(async () => root.unmount()),
  }
}

test('an address is read at once, and again as often as what is known says, until it says never', async () => {
  const { asked, shown, pass, leave } = await live({
    everyMs: (value) => (value === 'done' ? undefined : value === 'slow' ? 5000 : 1000),
  })
  expect(asked.length).toBe(1)
  await asked[0]!('slow')
  expect(shown()).toEqual({ value: 'slow', problem: undefined })
  await pass(4999)
  expect(asked.length).toBe(1)
  await pass(1)
  expect(asked.length).toBe(2)
  await asked[1]!('done')
  await pass(60_000)
  expect(asked.length).toBe(2)
  await leave()
})

test('what is known from the start is not read at once', async () => {
  const { asked, shown, pass, leave } = await live({ first: 'first', everyMs: () => 1000 })
  expect([asked.length, shown().value]).toEqual([0, 'first'])
  await pass(1000)
  expect(asked.length).toBe(1)
  await leave()
})

test('a page that nobody looks at asks nothing, and one that was left neither', async () => {
  const { asked, pass, leave } = await live({ first: 'first', everyMs: () => 1000 })
  page.visibilityState = 'hidden'
  await pass(10_000)
  expect(asked.length).toBe(0)
  page.visibilityState = 'visible'
  await pass(1000)
  expect(asked.length).toBe(1)
  await leave()
  await pass(10_000)
  expect(asked.length).toBe(1)
})

test('a reading that fails keeps what is shown and says why, until one succeeds', async () => {
  const { asked, shown, pass, leave } = await live({ first: 'first', everyMs: () => 1000 })
  await pass(1000)
  await asked[0]!(new Error('no route'))
  expect(shown()).toEqual({
    value: 'first',
    problem: 'Cellar cannot be reached; check the connection and try again',
  })
  await pass(1000)
  await asked[1]!('second')
  expect(shown()).toEqual({ value: 'second', problem: undefined })
  await leave()
})

test('an answer that comes after a later one is dropped, and slow ones are shown', async () => {
  const { asked, shown, pass, leave } = await live({ first: 'first', everyMs: () => 1000 })
  await pass(3000)
  expect(asked.length).toBe(3)
  await asked[0]!('of one second')
  expect(shown().value).toBe('of one second')
  await asked[2]!('of three seconds')
  await asked[1]!('of two seconds')
  expect(shown().value).toBe('of three seconds')
  await leave()
})
