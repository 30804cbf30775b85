import { expect, test } from 'vitest'
import { ModelDied } from '../../../kernel/serve/model-child'
import { warmUp } from '../../../kernel/serve/warm-up'

/** A model whose calls take so long each, by a clock of its own. */
function model(msPerCall: number, answer: (records: unknown[]) => 'ok' | 'error' | 'death' = () => 'ok') {
  let time = 0
  const calls: unknown[][] = []
  const predict = async (records: unknown[]) => {
    time += msPerCall
    calls.push(records)
    const said = answer(records)
    if (said === 'death') return new ModelDied('the model’s process ended')
    if (said === 'error') return { type: 'error' as const, n: 0, code: 'model' as const, message: 'no' }
    return { type: 'predictions' as const, n: 0, predictions: records, ms: msPerCall }
  }
  return { calls, run: (records: unknown[]) => warmUp({ predict }, records, () => time) }
}

test('each record runs alone, over and over, and all together at the end', async () => {
  const { calls, run } = model(1)
  await run(['a', 'b'])
  expect(calls).toEqual([...Array.from({ length: 32 }, () => [['a'], ['b']]).flat(), ['a', 'b']])
})

test('a slow model runs until a quarter of a second is over', async () => {
  const { calls, run } = model(100)
  await run(['a', 'b'])
  expect(calls).toEqual([['a'], ['b'], ['a']])
})

test('a record that the model refuses is not tried again', async () => {
  const { calls, run } = model(60, ([record]) => (record === 'bad' ? 'error' : 'ok'))
  await run(['bad', 'good'])
  expect(calls).toEqual([['bad'], ['good'], ['good'], ['good'], ['good']])
})

test('a model that ends is left alone, and one without records has nothing to do', async () => {
  const dying = model(1, () => 'death')
  await dying.run(['a', 'b'])
  const idle = model(1)
  await idle.run([])
  expect([dying.calls, idle.calls]).toEqual([[['a']], []])
})
