import { copyFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { batchFolder } from '../../../lib/serving/jobs/batch-folder'
import { root } from '../../support/paths'
import { processesOn } from '../../support/processes'

/** Worker processes whose model child is the fixture. */
export async function workerHome(redisUrl: string, databaseUrl = 'postgres://unused') {
  const { config, start, ...processes } = await processesOn({ databaseUrl, redisUrl, checkout: withFixture })
  return {
    ...processes,
    place: config.root,
    workDir: config.workDir,
    batchFolder: batchFolder(config.home),
    /** A `worker` process that takes jobs. */
    startWorker: () => start('worker.js'),
    /** A `jobs` process, which needs the database. */
    startJobs: () => start('jobs.js'),
  }
}

async function withFixture(folder: string) {
  const place = path.join(folder, 'checkout')
  await mkdir(path.join(place, 'dist'), { recursive: true })
  await copyFile(path.join(root, 'tests/kernel/serve/fixtures/model.mjs'), path.join(place, 'dist/model.js'))
  await copyFile(path.join(root, 'package.json'), path.join(place, 'package.json'))
  return place
}
