import { expect, test } from 'vitest'
import { linearRegression } from '../../../kernel/train/algorithms/linear-regression'
import { logisticRegression } from '../../../kernel/train/algorithms/logistic-regression'
import { fitFeatures } from '../../../kernel/train/fit-features'
import { fitTarget } from '../../../kernel/train/fit-target'
import { noProgress } from '../../../kernel/train/progress'
import { iris, irisNames } from './iris'

/** Values in comments were computed with scikit-learn 1.9.1 on columns scaled by StandardScaler. */
const all = Int32Array.from({ length: 150 }, (_, row) => row)
const matrixOf = (names: string[]) =>
  fitFeatures(iris(names), all, { categories: 'one_hot', standardize: true }).matrix

const round = (values: number[]) => values.map((value) => Math.round(value * 1e4) / 1e4)

async function width(options: { regularization: number; elastic_net: number }) {
  const [column] = iris(['petal_width']).columns
  const { target } = fitTarget(column!, 'linear_regression')
  if (target.type !== 'number') throw new Error('expected numbers')
  const model = await linearRegression(
    matrixOf(irisNames.slice(0, 3)),
    target,
    { ...options, iterations: 10_000, tolerance: 1e-12 },
    noProgress,
  )
  if (model.kind !== 'linear') throw new Error('expected a linear model')
  return { coefficients: round(model.coefficients[0]!), intercept: round(model.intercepts)[0] }
}

test('linear regression is that of scikit-learn', async () => {
  // LinearRegression()
  expect(await width({ regularization: 0, elastic_net: 0 })).toEqual({
    coefficients: [-0.1711, 0.0968, 0.9221],
    intercept: 1.1993,
  })
  // Ridge(alpha=0.1 * 150)
  expect(await width({ regularization: 0.1, elastic_net: 0 })).toEqual({
    coefficients: [0.1125, -0.0195, 0.5683],
    intercept: 1.1993,
  })
  // ElasticNet(alpha=0.1, l1_ratio=0.5)
  expect(await width({ regularization: 0.1, elastic_net: 0.5 })).toEqual({
    coefficients: [0.0171, 0, 0.6348],
    intercept: 1.1993,
  })
})

async function species(isOne: boolean, elastic_net: number) {
  const [column] = iris(['species']).columns
  const { target } = fitTarget(column!, 'logistic_regression')
  if (target.type !== 'class') throw new Error('expected classes')
  const classes = isOne
    ? {
        ...target,
        classes: ['other', 'versicolor'],
        values: target.values.map((place) => (place === 1 ? 1 : 0)),
      }
    : target
  const options = { regularization: 0.01, elastic_net, iterations: 5000, tolerance: 1e-14 }
  const model = await logisticRegression(matrixOf(irisNames), classes, options, noProgress)
  if (model.kind !== 'linear') throw new Error('expected a linear model')
  return model
}

const close = (got: number[], expected: number[], digits: number) => {
  for (const [i, value] of expected.entries()) expect(got[i]).toBeCloseTo(value, digits)
}

test('logistic regression of two classes is that of scikit-learn', async () => {
  const ridge = await species(true, 0)
  // LogisticRegression(C=1 / (150 * 0.01))
  close(
    ridge.coefficients[0]!,
    [0.14574394449669137, -1.244032873507073, 0.626278891833771, -0.7453304542823725],
    4,
  )
  close(ridge.intercepts, [-0.924430402191953], 4)
  const net = await species(true, 0.5)
  // penalty='elasticnet', l1_ratio=0.5, solver='saga'
  close(
    net.coefficients[0]!,
    [0.1014362701739272, -1.2536340010294256, 0.5288197821626331, -0.6110233869327881],
    3,
  )
  close(net.intercepts, [-0.9257859713708484], 3)
})

test('logistic regression of three classes is that of scikit-learn', async () => {
  const { coefficients, intercepts, link } = await species(false, 0)
  expect(link).toBe('softmax')
  close(
    coefficients[0]!,
    [-0.9762172043325208, 1.040086123077282, -1.6936915580164575, -1.586262896081226],
    3,
  )
  close(
    coefficients[1]!,
    [0.4913319772989893, -0.3742310191662124, -0.2427271296605015, -0.7128886775429768],
    3,
  )
  close(
    coefficients[2]!,
    [0.48488522703353204, -0.665855103911069, 1.9364186876769582, 2.2991515736242034],
    3,
  )
  // Only their differences matter.
  close(
    [intercepts[1]! - intercepts[0]!, intercepts[2]! - intercepts[0]!],
    [1.7913614349388682 + 0.23591398623807022, -1.5554474487008014 + 0.23591398623807022],
    3,
  )
})
