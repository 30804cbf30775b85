import postgres from 'postgres'
import { connect } from '../../../../lib/db'
import { runJobs } from '../../../../lib/serving/jobs/run-jobs'
import { workerHome } from '../../../kernel/serve/support'
import { freshDatabase } from '../../../support/database'
import { ownRedis } from '../../../support/redis'
import { call, newEndpoint, newWorkspace, serve } from '../support'

/** A gateway with the endpoint `twice`, whose model is the fixture of workers; its files, and what runs jobs. */
export async function jobsBench() {
  const database = await freshDatabase()
  // As in the web process: drizzle changes how its own client reads times.
  const sql = postgres(database.url, { onnotice: () => {} })
  const connection = { ...connect(database.url), sql }
  const redisUrl = await ownRedis()
  const home = await workerHome(redisUrl, database.url)
  const { name: artifact } = await home.artifacts.put(Buffer.from('double'))
  const ada = await newWorkspace(connection)
  const other = await newWorkspace(connection)
  const twice = await newEndpoint(connection, { workspaceId: ada.workspaceId, name: 'twice', artifact })
  const { batchFolder } = home
  const web = await serve(connection, redisUrl, { batchFolder })
  const warnings: string[] = []
  const api = (path: string, more: Parameters<typeof call>[2] = {}) =>
    call(web.origin, `/api/v1/twice/${path}`, { token: ada.token, ...more })

  return {
    ...{ connection, sql, redisUrl, home, ada, other, twice, web, api, batchFolder, warnings },
    /** A runner of jobs in this process. */
    startRunner: () =>
      runJobs({
        sql,
        redisUrl,
        folder: batchFolder,
        warn: (message, error) => warnings.push(`${message}: ${error}`),
      }),
    /** The job once it has ended, or when `wanted` says so. */
    async job(id: string, wanted: (job: JobBody['job']) => boolean = ended): Promise<JobBody> {
      for (;;) {
        const { body } = (await api(`jobs/${id}`)) as { body: JobBody }
        if (wanted(body.job)) return body
        if (ended(body.job)) throw new Error(`the job ended before: ${JSON.stringify(body.job)}`)
        await new Promise((later) => setTimeout(later, 20))
      }
    },
    async close() {
      await web.close()
      await home.close()
      await sql.end()
      await connection.close()
      await database.drop()
    },
  }
}

export type JobBody = {
  job: {
    id: string
    status: string
    rows: { total: number | null; done: number; failed: number }
    failures: unknown[]
    error: string | null
  }
  predictions?: unknown[]
}
const ended = ({ status }: JobBody['job']) => status !== 'queued' && status !== 'running'
