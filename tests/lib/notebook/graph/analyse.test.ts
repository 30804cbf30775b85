import { expect, test } from 'vitest'
import { executedText } from '../../../../lib/notebook/executed-text'
import { analyse, isExecuted } from '../../../../lib/notebook/graph/analyse'

test('a code cell says what it defines, imports, uses and assigns', () => {
  const source = `import * as tf from '@tensorflow/tfjs'
import { table as t } from 'arquero'
const model: tf.Sequential = tf.sequential()
total += rows.length * Math.PI
await model.fit(xs, ys)
export default 3`
  expect(analyse('code', source)).toEqual({
    defs: ['tf', 't', 'model'],
    imports: { tf: '* @tensorflow/tfjs', t: 'table arquero' },
    refs: ['total', 'rows', 'xs', 'ys'],
    assigns: ['total'],
    globals: ['Math'],
    trains: true,
  })
})

test('types are no names, and a local name is nobody else’s', () => {
  const source = `interface A { x: B }
const f = (y: A) => { const inner = y.x; return inner }`
  expect(analyse('code', source)).toMatchObject({ defs: ['f'], refs: [], globals: [] })
})

test('a text that cannot be parsed gives its error', () => {
  expect(analyse('code', 'const = 3')).toBeInstanceOf(Error)
})

test('an SQL cell defines its result and uses its tables and placeholders', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of SQL
  const source = 'SELECT * FROM people JOIN cities USING (id) WHERE age > ${least}'
  expect(analyse('sql', executedText({ kind: 'sql', source, result: 'old' }))).toEqual({
    defs: ['old'],
    imports: {},
    refs: ['people', 'cities', 'least'],
    assigns: [],
    globals: [],
    trains: false,
  })
})

test('text does not run', () => {
  expect([isExecuted('code'), isExecuted('sql'), isExecuted('markdown')]).toEqual([true, true, false])
})
