import { z } from 'zod'
import type { AlgorithmName, Parameters } from '../protocol/training'

/** What an algorithm is told beside the data; the form, the API and the trainer read this one description. */
export type Parameter = { name: string; label: string; hint: string } & (
  | { kind: 'integer' | 'number'; default: number; min: number; max: number }
  | { kind: 'boolean'; default: boolean }
  | { kind: 'choice'; default: string; choices: readonly string[] }
  /** Sizes of layers: `64, 32`. */
  | { kind: 'sizes'; default: string }
)

export type Algorithm = {
  name: AlgorithmName
  label: string
  what: string
  /** What its target may be; `none`: it finds groups by itself. */
  target: 'none' | 'class' | 'number' | 'either'
  parameters: readonly Parameter[]
}

const seed: Parameter = {
  name: 'seed',
  label: 'Seed',
  hint: 'The same seed gives the same model',
  kind: 'integer',
  default: 42,
  min: 0,
  max: 2 ** 31 - 1,
}
const testShare: Parameter = {
  name: 'test_share',
  label: 'Share kept for the test',
  hint: 'Rows that it never sees while it learns; the metrics are taken from them',
  kind: 'number',
  default: 0.2,
  min: 0,
  max: 0.9,
}
const integer = (
  name: string,
  label: string,
  hint: string,
  [initial, min, max]: [number, number, number],
): Parameter => ({ name, label, hint, kind: 'integer', default: initial, min, max })
const number = (
  name: string,
  label: string,
  hint: string,
  [initial, min, max]: [number, number, number],
): Parameter => ({ name, label, hint, kind: 'number', default: initial, min, max })

const penalties = [
  number(
    'regularization',
    'Regularization',
    'Larger keeps coefficients smaller; 0 leaves them free',
    [0, 0, 1e6],
  ),
  number(
    'elastic_net',
    'Elastic net',
    '0 squares coefficients (ridge), 1 takes their size (lasso)',
    [0, 0, 1],
  ),
]

export const algorithms: Record<AlgorithmName, Algorithm> = {
  kmeans: {
    name: 'kmeans',
    label: 'K-means clusters',
    what: 'Finds k groups of rows that lie near each other.',
    target: 'none',
    parameters: [
      integer('k', 'Clusters (k)', 'How many groups', [3, 1, 10_000]),
      {
        name: 'start',
        label: 'Start',
        hint: 'How the first centres are chosen; k-means|| is faster for many clusters',
        kind: 'choice',
        default: 'k-means++',
        choices: ['k-means++', 'k-means||'],
      },
      integer('starts', 'Starts', 'The best of so many is kept', [3, 1, 100]),
      integer('iterations', 'Iterations', 'At most so many for each start', [100, 1, 10_000]),
      number('tolerance', 'Tolerance', 'Ends when no centre moves farther', [1e-4, 0, 1e6]),
      {
        name: 'standardize',
        label: 'Scale columns',
        hint: 'Gives every column the same spread, for columns of different units',
        kind: 'boolean',
        default: false,
      },
      integer(
        'elbow_to',
        'Compare k up to',
        'Also tries every k from 2 to this one, for the elbow; 0: does not',
        [0, 0, 50],
      ),
      seed,
    ],
  },
  logistic_regression: {
    name: 'logistic_regression',
    label: 'Logistic regression',
    what: 'Tells classes apart by a weighted sum of the columns.',
    target: 'class',
    parameters: [
      ...penalties,
      integer('iterations', 'Iterations', 'At most so many', [200, 1, 100_000]),
      number('tolerance', 'Tolerance', 'Ends when the loss falls by a smaller share', [1e-7, 0, 1]),
      testShare,
      seed,
    ],
  },
  linear_regression: {
    name: 'linear_regression',
    label: 'Linear regression',
    what: 'Tells a number by a weighted sum of the columns.',
    target: 'number',
    parameters: [
      ...penalties,
      integer(
        'iterations',
        'Iterations',
        'At most so many, where there is an elastic net',
        [1000, 1, 100_000],
      ),
      number('tolerance', 'Tolerance', 'Ends when coefficients move less', [1e-8, 0, 1]),
      testShare,
      seed,
    ],
  },
  random_forest: {
    name: 'random_forest',
    label: 'Random forest',
    what: 'Many trees, each of other rows and columns, vote together.',
    target: 'either',
    parameters: [
      integer('trees', 'Trees', 'How many', [100, 1, 2000]),
      integer('max_depth', 'Depth', 'At most so many questions one after the other', [12, 1, 30]),
      integer('min_rows', 'Rows in a leaf', 'At least so many', [1, 1, 1_000_000]),
      number(
        'column_share',
        'Share of columns',
        'Looked at for each question; 0 chooses by itself',
        [0, 0, 1],
      ),
      testShare,
      seed,
    ],
  },
  gradient_boosted_trees: {
    name: 'gradient_boosted_trees',
    label: 'Gradient-boosted trees',
    what: 'Each tree mends what those before it got wrong.',
    target: 'either',
    parameters: [
      integer('trees', 'Rounds', 'Trees for each class', [100, 1, 2000]),
      number('learning_rate', 'Learning rate', 'How much each tree counts', [0.1, 0.0001, 1]),
      integer('max_depth', 'Depth', 'At most so many questions one after the other', [5, 1, 16]),
      integer('min_rows', 'Rows in a leaf', 'At least so many', [20, 1, 1_000_000]),
      number('regularization', 'Regularization', 'Larger keeps leaves nearer to 0', [1, 0, 1e6]),
      testShare,
      seed,
    ],
  },
  dense_network: {
    name: 'dense_network',
    label: 'Dense network',
    what: 'Layers of neurons, trained with TensorFlow.',
    target: 'either',
    parameters: [
      {
        name: 'layers',
        label: 'Layers',
        hint: 'Neurons of each hidden layer',
        kind: 'sizes',
        default: '64, 32',
      },
      {
        name: 'activation',
        label: 'Activation',
        hint: 'Between the layers',
        kind: 'choice',
        default: 'relu',
        choices: ['relu', 'tanh', 'sigmoid', 'elu'],
      },
      integer('epochs', 'Epochs', 'How often it sees every row', [20, 1, 10_000]),
      integer('batch', 'Batch', 'Rows of one step', [128, 1, 65_536]),
      number('learning_rate', 'Learning rate', 'Of Adam', [0.001, 1e-6, 1]),
      number('dropout', 'Dropout', 'Share of neurons left out of each step', [0, 0, 0.9]),
      testShare,
      seed,
    ],
  },
}

/** The parameters of an algorithm, with what was not said at its default. Refuses unknown ones by name. */
export function parametersSchema(name: AlgorithmName) {
  const shape = Object.fromEntries(
    algorithms[name].parameters.map((parameter) => [parameter.name, schemaOf(parameter)]),
  )
  return z.strictObject(shape) as unknown as z.ZodType<Parameters>
}

function schemaOf(parameter: Parameter) {
  switch (parameter.kind) {
    case 'integer':
      return z.number().int().min(parameter.min).max(parameter.max).default(parameter.default)
    case 'number':
      return z.number().min(parameter.min).max(parameter.max).default(parameter.default)
    case 'boolean':
      return z.boolean().default(parameter.default)
    case 'choice':
      return z.enum(parameter.choices as [string, ...string[]]).default(parameter.default)
    case 'sizes':
      return z
        .string()
        .regex(/^\s*\d{1,5}(\s*,\s*\d{1,5}){0,9}\s*$/, 'expected up to ten numbers of neurons, as 64, 32')
        .refine((text) => sizesOf(text).every((size) => size > 0), 'a layer needs a neuron or more')
        .default(parameter.default)
  }
}

/** `64, 32` → [64, 32]. */
export const sizesOf = (text: string): number[] => text.split(',').map(Number)
