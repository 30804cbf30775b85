import { createDataset, type DatasetHost } from './dataset'
import { createDisplayFunction, type DisplayHost } from './display'
import type { Input } from './input'
import { createProgress } from './progress'
import { createPromote, type PromoteHost } from './promote'
import { createSaveDataset, type SaveDatasetHost } from './save-dataset'
import { createSecret, type SecretHost } from './secret'
import { createSpark, type SparkHost } from './spark'
import { createSql, type SqlHost } from './sql'
import { createTrack, type TrackHost } from './track'

/** What the kernel gives the module `cellar`. */
export type SdkHost = {
  display: DisplayHost
  dataset: DatasetHost
  promote: PromoteHost
  input: Input
  saveDataset: SaveDatasetHost
  secret: SecretHost
  spark: SparkHost
  sql: SqlHost
  track: TrackHost
}

/** The module `cellar`, as cells import it. */
export type Sdk = ReturnType<typeof createSdk>

export const createSdk = (host: SdkHost) => ({
  display: createDisplayFunction(host.display),
  progress: createProgress(host.display),
  promote: createPromote(host.promote),
  dataset: createDataset(host.dataset),
  input: host.input,
  saveDataset: createSaveDataset(host.saveDataset),
  secret: createSecret(host.secret),
  spark: createSpark(host.spark),
  sql: createSql(host.sql, createSecret(host.secret)),
  track: createTrack(host.track),
})
