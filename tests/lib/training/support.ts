import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { DuckDBInstance } from '@duckdb/node-api'
import postgres from 'postgres'
import { localArtifacts } from '../../../lib/artifacts'
import { newSecret, writeConfig } from '../../../lib/config'
import { createDataset } from '../../../lib/datasets/create-version'
import { connect } from '../../../lib/db'
import type { DatasetColumn } from '../../../lib/protocol/dataset'
import type { TrainingDetails } from '../../../lib/protocol/training'
import { createToken } from '../../../lib/tokens/create'
import { ownRedis } from '../../kernel/serve/support'
import { freshDatabase } from '../../support/database'
import { root } from '../../support/paths'
import { call, newWorkspace, serve } from '../serving/support'

export const irisColumns: DatasetColumn[] = [
  ...['sepal_length', 'sepal_width', 'petal_length', 'petal_width'].map(
    (name): DatasetColumn => ({ name, type: 'number', nullable: false }),
  ),
  { name: 'species', type: 'text', nullable: false },
]

/** A gateway, and trainers as processes of their own on the same database. */
export async function trainingBench(redisNumber: number) {
  const database = await freshDatabase()
  const sql = postgres(database.url, { onnotice: () => {} })
  const connection = { ...connect(database.url), sql }
  const redisUrl = await ownRedis(redisNumber)
  const home = await mkdtemp(path.join(tmpdir(), 'cellar-trainings-'))
  const artifactsDir = path.join(home, 'artifacts')
  const artifacts = localArtifacts(artifactsDir)
  writeConfig({
    root,
    home: path.join(home, 'secrets'),
    host: '127.0.0.1',
    port: 0,
    origin: 'http://127.0.0.1:0',
    databaseUrl: database.url,
    redisUrl,
    authSecret: newSecret(),
    secretsKey: newSecret(),
    machineToken: newSecret(),
    artifactsDir,
    spoolDir: path.join(home, 'spool'),
    workDir: path.join(home, 'work'),
    tensorflow: { name: 'none' },
  })
  const ada = await newWorkspace(connection)
  const { token } = await createToken(
    { workspaceId: ada.workspaceId, userId: ada.userId, name: 'writes', scope: 'write' },
    connection.db,
  )
  const other = await newWorkspace(connection)
  const web = await serve(connection, redisUrl, {})
  const children = new Set<ChildProcess>()
  const api = (place: string, more: Parameters<typeof call>[2] = {}) =>
    call(web.origin, `/api/v1/trainings${place}`, { token, ...more })

  /** A data set of what a query answers. */
  async function addDataset(name: string, query: string, columns: DatasetColumn[], rows: number) {
    const file = path.join(home, `${name}.parquet`)
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

  async function start(bundle: string) {
    const child = spawn(process.execPath, [path.join(root, 'dist', bundle)], {
      env: { ...process.env, CELLAR_HOME: path.join(home, 'secrets') },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.add(child)
    for await (const line of createInterface({ input: child.stdout! })) if (line === 'ready') break
    return child
  }

  async function stop(child: ChildProcess, signal: NodeJS.Signals) {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
    child.kill(signal)
    await ended
    children.delete(child)
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
      for (const child of children) await stop(child, 'SIGKILL')
      await web.close()
      await sql.end()
      await connection.close()
      await database.drop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

const ended = ({ status }: TrainingDetails) => status !== 'queued' && status !== 'running'
