// %% [markdown]
// # Income classifier
//
// Does a person of the 1994 census earn more than 50,000 dollars a year? 32,561 people, 14 attributes, text
// and numbers mixed, some of them missing (`?`). We clean the table, learn an encoder from it, train a small
// network, and promote a function that takes a record as the census wrote it.

// %%
import * as aq from 'arquero'
import * as Plot from '@observablehq/plot'
import * as tf from '@tensorflow/tfjs-node'
import { dataset, display, promote } from 'cellar'

const income = await dataset('adult-income.csv')
income

// %% [markdown]
// ## Explore
//
// A quarter of the people earn more. Education and marriage go with it.

// %%
display(income.groupby('income').count().derive({ share: (d) => aq.op.round((1000 * d.count) / 32561) / 10 }))

Plot.plot({
  width: 760,
  height: 300,
  marginLeft: 150,
  x: { label: 'share earning over 50K, %', grid: true },
  y: { label: null },
  marks: [
    Plot.barX(
      income.objects() as { income: string; 'marital-status': string }[],
      Plot.groupY(
        { x: (rows: { income: string }[]) => (100 * rows.filter((row) => row.income === '>50K').length) / rows.length },
        { y: 'marital-status', fill: '#8c3b5a', sort: { y: '-x' } },
      ),
    ),
    Plot.ruleX([0]),
  ],
})

// %%
Plot.plot({
  width: 760,
  height: 260,
  color: { legend: false, domain: ['<=50K', '>50K'], range: ['#9aa5b1', '#8c3b5a'] },
  x: { label: 'age' },
  y: { label: 'people', grid: true },
  marks: [
    Plot.rectY(
      income.objects() as { age: number; income: string }[],
      Plot.binX({ y: 'count' }, { x: 'age', fill: 'income', thresholds: 36 }),
    ),
    Plot.ruleY([0]),
  ],
})

// %% [markdown]
// ## Clean and split
//
// A missing value is a value of its own: that the clerk wrote `?` says something too. A fifth of the people,
// drawn with a seed, is held out and not looked at until the end.

// %%
const numeric = ['age', 'education-num', 'capital-gain', 'capital-loss', 'hours-per-week'] as const
const categorical = [
  'workclass', 'education', 'marital-status', 'occupation', 'relationship', 'race', 'sex', 'native-country',
] as const
type Person = Record<(typeof numeric)[number] | 'fnlwgt', number> & Record<(typeof categorical)[number], string>
const fields = [
  'age', 'workclass', 'fnlwgt', 'education', 'education-num', 'marital-status', 'occupation', 'relationship',
  'race', 'sex', 'capital-gain', 'capital-loss', 'hours-per-week', 'native-country',
]

/** Numbers in [0, 1) that repeat for a seed (mulberry32). */
function random(seed: number) {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

function shuffled<T>(values: T[], next: () => number) {
  const copy = [...values]
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    ;[copy[i], copy[j]] = [copy[j], copy[i]]
  }
  return copy
}

const people = shuffled(income.objects({ limit: Infinity }) as (Person & { income: string })[], random(1994))
const heldOut = people.slice(0, Math.floor(people.length / 5))
const training = people.slice(heldOut.length)
console.log(`${training.length} people to learn from, ${heldOut.length} held out`)

// %% [markdown]
// ## An encoder learned from the training part
//
// Numbers are scaled to mean 0 and deviation 1 (the two capital columns by their logarithm, as a few people
// have enormous ones), and text becomes one column per level. A level never seen becomes all zeros.

// %%
const logarithmic = new Set<string>(['capital-gain', 'capital-loss'])
const value = (person: Person, name: (typeof numeric)[number]) =>
  logarithmic.has(name) ? Math.log1p(person[name]) : person[name]

const scales = new Map(
  numeric.map((name) => {
    const values = training.map((person) => value(person, name))
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length)
    return [name, { mean, deviation }]
  }),
)
const levels = new Map(categorical.map((name) => [name, [...new Set(training.map((person) => person[name]))].sort()]))
const width = numeric.length + [...levels.values()].reduce((sum, { length }) => sum + length, 0)

/** One row of `width` numbers per person, in a flat array. */
function encode(people: Person[]) {
  const rows = new Float32Array(people.length * width)
  people.forEach((person, i) => {
    let column = i * width
    for (const name of numeric) {
      const { mean, deviation } = scales.get(name)!
      rows[column++] = (value(person, name) - mean) / deviation
    }
    for (const name of categorical) {
      const seen = levels.get(name)!
      const level = seen.indexOf(person[name])
      if (level >= 0) rows[column + level] = 1
      column += seen.length
    }
  })
  return rows
}

const xs = tf.tensor2d(encode(training), [training.length, width])
const ys = tf.tensor2d(training.map((person) => Number(person.income === '>50K')), [training.length, 1])
xs

// %% [markdown]
// ## Train
//
// The card below is drawn by Cellar while `fit` runs. Try another layer, or more units, and run this cell again.

// %%
const initializer = (seed: number) => tf.initializers.glorotUniform({ seed })
const model = tf.sequential({
  name: 'income',
  layers: [
    tf.layers.dense({ inputShape: [width], units: 128, activation: 'relu', kernelInitializer: initializer(1) }),
    tf.layers.dropout({ rate: 0.4, seed: 2 }),
    tf.layers.dense({ units: 32, activation: 'relu', kernelInitializer: initializer(3) }),
    tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: initializer(4) }),
  ],
})
model.compile({ optimizer: tf.train.adam(0.001), loss: 'binaryCrossentropy', metrics: ['accuracy'] })

// The rows are shuffled already, with a seed; shuffling again in `fit` would not repeat.
await model.fit(xs, ys, { epochs: 10, batchSize: 128, validationSplit: 0.1, shuffle: false })
model

// %% [markdown]
// ## How good is it?
//
// On the held-out fifth. Always answering "at most 50K" would be right for 76 % of the people.

// %%
async function predictIncome(people: Person[]) {
  const probabilities = tf.tidy(() => model.predict(tf.tensor2d(encode(people), [people.length, width])) as tf.Tensor)
  const data = await probabilities.data()
  probabilities.dispose()
  return Array.from(data, (probability) => ({ label: probability > 0.5 ? '>50K' : '<=50K', probability }))
}

const answers = await predictIncome(heldOut)
const right = answers.filter((answer, i) => answer.label === heldOut[i].income).length
const accuracy = right / heldOut.length
console.log(`accuracy on ${heldOut.length} held-out people: ${(100 * accuracy).toFixed(2)} %`)

const confusion = ['<=50K', '>50K'].flatMap((actual) =>
  ['<=50K', '>50K'].map((predicted) => ({
    actual,
    predicted,
    people: heldOut.filter((person, i) => person.income === actual && answers[i].label === predicted).length,
  })),
)
Plot.plot({
  width: 420,
  height: 260,
  marginLeft: 70,
  padding: 0.05,
  color: { scheme: 'RdPu', type: 'sqrt' },
  x: { label: 'predicted', axis: 'top' },
  y: { label: 'actual' },
  marks: [
    Plot.cell(confusion, { x: 'predicted', y: 'actual', fill: 'people' }),
    Plot.text(confusion, {
      x: 'predicted',
      y: 'actual',
      text: (cell) => cell.people.toLocaleString('en'),
      fill: (cell) => (cell.people > 2500 ? 'white' : 'black'),
      fontSize: 16,
    }),
  ],
})

// %% [markdown]
// ## Promote
//
// The endpoint gets the function with all it uses: the encoder's scales and levels, and the model's weights.

// %%
await promote('income', predictIncome, { data: aq.from(heldOut).select(fields) })
