import type { AlgorithmName } from '../protocol/training'
import { algorithms } from './algorithms'

/** `Random forest of species`, `K-means clusters`. */
export const trainingTitle = ({ algorithm, target }: { algorithm: string; target: string | null }) => {
  const { label } = algorithms[algorithm as AlgorithmName]
  return target === null ? label : `${label} of ${target}`
}
