import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../config'

/** Writes the token for `/metrics` into a file of its own, for the setting `credentials_file` of a Prometheus. */
export function writeMetricsToken({ home, metricsToken }: Pick<Config, 'home' | 'metricsToken'>) {
  if (metricsToken) writeFileSync(path.join(home, 'metrics-token'), metricsToken, { mode: 0o600 })
}
