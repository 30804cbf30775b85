import type { Sql } from 'postgres'
import { type Channels, deliverAlerts } from '../../lib/alerts/deliver'
import { evaluateAlerts } from '../../lib/alerts/evaluate'
import type { ArtifactStore } from '../../lib/artifacts'
import type { DataFolder } from '../../lib/datasets/data-folder'
import { giveExamples } from '../../lib/datasets/give-examples'
import { sweepWhole } from '../../lib/datasets/sweep-whole'
import { sweepDatasetTrash } from '../../lib/datasets/trash'
import { sweepDatasetUploads } from '../../lib/datasets/uploads'
import type { Database } from '../../lib/db'
import { checkDrift } from '../../lib/monitoring/drift/check'
import { indexMissing } from '../../lib/notebooks/index-cells'
import { sweepTrash } from '../../lib/notebooks/trash'
import { rejectAbandoned } from '../../lib/registry/abandoned'
import { endLostExports } from '../../lib/registry/exports/list'
import { endSilentReproductions } from '../../lib/registry/reproduce/silent'
import { sweepArtifacts } from '../../lib/registry/sweep-artifacts'
import { sweepUploads } from '../../lib/registry/uploads/sweep'
import { endSilentPulls } from '../../lib/repositories/pulls'
import { sweepRequests } from '../../lib/requests/sweep'
import { thinRevisions } from '../../lib/revisions/thin'
import { sweepJobs } from '../../lib/serving/jobs/sweep'
import { sweepShadows } from '../../lib/shadows/sweep'
import { sweepTrainings } from '../../lib/training/sweep'
import type { Sockets } from './sockets'

/** Work that nobody asks for. It runs at the start of web and then every so often, never twice at once. */
export type Periodic = { name: string; everyMs: number; run(): Promise<unknown> }

const minute = 60_000
const hour = 60 * minute

/** All of it: another one is a line here. */
export const periodic = (
  db: Database,
  sockets: Pick<Sockets, 'endIdleKernels'>,
  {
    artifacts,
    uploads,
    datasetFiles,
    jobs,
    alerts,
  }: {
    artifacts: ArtifactStore
    uploads: string
    datasetFiles: Pick<DataFolder, 'uploads' | 'whole'>
    jobs: { sql: Sql; folder: string }
    alerts: { origin: string; channels: Channels }
  },
): Periodic[] => [
  {
    name: 'rejecting versions whose self-test was cut off',
    everyMs: minute,
    async run() {
      const count = await rejectAbandoned(db)
      if (count) console.log(`${count} versions rejected: their self-test was cut off`)
    },
  },
  { name: 'removing uploads of yesterday', everyMs: hour, run: () => sweepUploads(db, uploads) },
  { name: 'ending kernels that nobody uses', everyMs: minute, run: sockets.endIdleKernels },
  {
    name: 'removing artifacts of deleted versions',
    everyMs: hour,
    run: () => sweepArtifacts(db, artifacts),
  },
  {
    name: 'removing copies of artifacts that nobody reads',
    everyMs: 24 * hour,
    run: async () => artifacts.sweep?.(),
  },
  {
    name: 'deleting old trainings that nothing was made of',
    everyMs: hour,
    run: () => sweepTrainings(db, artifacts),
  },
  {
    name: 'removing jobs whose time is over',
    everyMs: hour,
    run: () => sweepJobs(jobs.sql, jobs.folder),
  },
  { name: 'evaluating alerts', everyMs: minute / 2, run: () => evaluateAlerts(db, alerts.origin) },
  { name: 'sending alerts', everyMs: minute / 6, run: () => deliverAlerts(db, alerts.channels) },
  { name: 'looking for drift', everyMs: 5 * minute, run: () => checkDrift(db) },
  {
    name: 'deleting requests that are older than they are kept',
    everyMs: hour,
    run: () => sweepRequests(db),
  },
  { name: 'ending pulls that no machine speaks of', everyMs: 5 * minute, run: () => endSilentPulls(db) },
  { name: 'giving workspaces the example data sets', everyMs: minute, run: () => giveExamples(db) },
  {
    name: 'ending reproductions that no machine speaks of',
    everyMs: minute,
    run: () => endSilentReproductions(db),
  },
  { name: 'deleting old answers of shadows', everyMs: hour, run: () => sweepShadows(db) },
  { name: 'ending exports that nobody writes any more', everyMs: minute, run: () => endLostExports(db) },
  { name: 'emptying the trash of data sets', everyMs: hour, run: () => sweepDatasetTrash(db) },
  {
    name: 'removing files of data sets that nothing was made of',
    everyMs: hour,
    run: () => sweepDatasetUploads(db, datasetFiles.uploads),
  },
  {
    name: 'removing files of versions of data sets that nobody asked for in a week',
    everyMs: hour,
    run: () => sweepWhole(datasetFiles.whole),
  },
  { name: 'emptying the trash', everyMs: hour, run: () => sweepTrash(db) },
  { name: 'thinning old history', everyMs: hour, run: () => thinRevisions(db) },
  { name: 'reading notebooks that search does not know yet', everyMs: hour, run: () => indexMissing(db) },
]

/** Begins the work; the returned function ends it. */
export function keepAtWork(works: Periodic[]) {
  const timers = works.map(({ name, everyMs, run }) => {
    let running = false
    const turn = async () => {
      if (running) return
      running = true
      await run().catch((error) => console.error(`${name} failed, and is tried again:`, error))
      running = false
    }
    void turn()
    return setInterval(turn, everyMs)
  })
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}
