import { z } from 'zod'
import { type AlgorithmName, algorithmNames, type Parameters, trainingEngines } from '../protocol/training'
import { algorithms, parametersSchema } from './algorithms'

const column = z.string().min(1).max(256)

/** What somebody asks to be trained. Without `version` the newest, without `features` all columns but the target. */
export const trainingWishes = z.strictObject({
  dataset: z.string().min(1).max(100),
  version: z.number().int().positive().optional(),
  algorithm: z.enum(algorithmNames),
  features: z.array(column).min(1).max(10_000).optional(),
  target: column.nullish(),
  parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
  engine: z.enum(trainingEngines).default('local'),
})
export type TrainingWishes = z.infer<typeof trainingWishes>

type Column = { name: string; type: string }
export type Problem = { field: string; message: string }

/** The wish with nothing left open, or what is wrong with it. */
export function settleWishes(
  { algorithm, features: named, target = null, parameters }: TrainingWishes,
  columns: Column[],
): { features: string[]; target: string | null; parameters: Parameters } | Problem {
  const names = new Set(columns.map(({ name }) => name))
  const unknown = [...(named ?? []), ...(target === null ? [] : [target])].find((name) => !names.has(name))
  if (unknown !== undefined)
    return {
      field: unknown === target ? 'target' : 'features',
      message: `the data set has no such column: ${unknown}`,
    }
  const targetProblem = checkTarget(algorithm, target)
  if (targetProblem) return { field: 'target', message: targetProblem }
  const features = named ?? defaultFeatures(algorithm, columns, target)
  if (new Set(features).size < features.length)
    return { field: 'features', message: 'a column is named twice' }
  if (target !== null && features.includes(target))
    return {
      field: 'features',
      message: `the target cannot be one of the columns it is told from: ${target}`,
    }
  if (features.length === 0) return { field: 'features', message: 'choose a column or more to learn from' }
  const checked = parametersSchema(algorithm).safeParse(parameters)
  if (checked.success) return { features, target, parameters: checked.data }
  const [issue] = checked.error.issues
  const path = issue?.path.join('.')
  return { field: path ? `parameters.${path}` : 'parameters', message: issue?.message ?? 'not valid' }
}

function checkTarget(algorithm: AlgorithmName, target: string | null): string | undefined {
  const { label, target: wanted } = algorithms[algorithm]
  if (wanted === 'none') return target === null ? undefined : `${label} has no target: leave it out`
  return target === null ? `${label} needs a target: the column that it is to tell` : undefined
}

/** All columns but the target; clusters are of numbers. */
export function defaultFeatures(
  algorithm: AlgorithmName,
  columns: Column[],
  target: string | null,
): string[] {
  const numbers = columns.filter(({ type }) => type === 'number' || type === 'integer')
  const used = algorithm === 'kmeans' && numbers.length > 0 ? numbers : columns
  return used.map(({ name }) => name).filter((name) => name !== target)
}
