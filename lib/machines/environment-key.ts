import { createHash } from 'node:crypto'
import type { Environment } from '../notebook/environment'

/** Names an environment by what decides about its files: the lockfile, and whose install scripts run. */
export const environmentKey = ({ lock, scripts }: Pick<Environment, 'lock' | 'scripts'>): string =>
  createHash('sha256')
    .update(`${lock}\n${[...scripts].sort().join()}`)
    .digest('hex')
