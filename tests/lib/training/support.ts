import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import postgres from 'postgres'
import { createDataset } from '../../../lib/datasets/create-version'
import { connect } from '../../../lib/db'
import type { DatasetColumn } from '../../../lib/protocol/dataset'
import type { TrainingDetails } from '../../../lib/protocol/training'
import { createToken } from '../../../lib/tokens/create'
import { freshDatabase } from '../../support/database'
import { root } from '../../support/paths'
import { processesOn } from '../../support/processes'
import { ownRedis } from '../../support/redis'
import { call, newWorkspace, serve } from '../serving/support'

export const irisColumns: DatasetColumn[] = [
  ...['sepal_length', 'sepal_width', 'petal_length', 'petal_width'].map(
    (name): DatasetColumn => ({ name, type: 'number', nullable: false }),
  ),
  { name: 'species', type: 'text', nullable: false },
]

/** A gateway, and trainers as processes of their own on the same database. */
export async function trainingBench() {
  const database = await freshDatabase()
  const sql = postgres(database.url, { onnotice: () => {} })
  const connection = { ...connect(database.url), sql }
  const redisUrl = await ownRedis()
  const { start, stop, artifacts, folder, ...processes } = await processesOn({
    databaseUrl: database.url,
    redisUrl,
  })
  const ada = await newWorkspace(connection)
  const { token } = await createToken(
    { workspaceId: ada.workspaceId, userId: ada.userId, name: 'writes', scope: 'write' },
    connection.db,
  )
  const other = await newWorkspace(connection)
  const web = await serve(connection, redisUrl, {})
  const api = (place: string, more: Parameters<typeof call>[2] = {}) =>
    call(web.origin, `/api/v1/trainings${place}`, { token, ...more })

  /** A data set of what a query answers. */
  async function addDataset(name: string, query: string, columns: DatasetColumn[], rows: number) {
    const file = path.join(folder, `${name}.parquet`)
    const instance = await DuckDBInstance.create(':memory:')
    const duck = await instance.connect()
    await duck.run(
      `COPY (SELECT row_number() OVER () - 1 AS __row, * FROM (${query})) TO '${file}' (FORMAT parquet)`,
    )
    duck.closeSync()
    const { name: base, bytes } = await artifacts.put(await readFile(file))
    return createDataset(
      {
        workspaceId: ada.workspaceId,
        name,
        version: {
          ...{ base, bytes, columns, rows, origin: 'upload', createdBy: null },
          ...{ rowsAdded: rows, rowsChanged: 0, rowsDeleted: 0 },
        },
      },
      connection.db,
    )
  }

  return {
    ...{ connection, redisUrl, sql, ada, other, token, web, api, addDataset, stop, artifacts },
    addIris: () =>
      addDataset(
        'iris',
        `SELECT * FROM read_csv('${path.join(root, 'notebooks/data/iris.csv')}')`,
        irisColumns,
        150,
      ),
    startTrainer: () => start('trainer.js'),
    /** What runs self-tests and answers for versions. */
    startWorker: () => start('worker.js'),
    /** The training once it has ended, or when `wanted` says so. */
    async training(id: string, wanted: (training: TrainingDetails) => boolean = ended) {
      for (;;) {
        const { body } = (await api(`/${id}`)) as { body: { training: TrainingDetails } }
        if (wanted(body.training)) return body.training
        await new Promise((later) => setTimeout(later, 20))
      }
    },
    async close() {
      await processes.close()
      await web.close()
      await sql.end()
      await connection.close()
      await database.drop()
    },
  }
}

const ended = ({ status }: TrainingDetails) => status !== 'queued' && status !== 'running'
