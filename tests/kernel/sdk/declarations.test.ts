import { expect, expectTypeOf, test } from 'vitest'
import { createSdk, type Sdk } from '../../../kernel/sdk'
import type * as declared from '../../../kernel/sdk/cellar'

test('the module cellar is what the editor is told of it', () => {
  expectTypeOf<Sdk>().toExtend<typeof declared>()
  expectTypeOf<keyof Sdk>().toEqualTypeOf<keyof typeof declared>()
  const names: (keyof typeof declared)[] = [
    'dataset',
    'display',
    'input',
    'progress',
    'promote',
    'saveDataset',
    'secret',
    'spark',
    'sql',
    'track',
  ]
  const sdk = createSdk({
    display: {},
    dataset: {},
    promote: {},
    input: {},
    secret: {},
    spark: {},
    sql: {},
    track: {},
  } as never)
  expect(Object.keys(sdk).sort()).toEqual(names)
})
