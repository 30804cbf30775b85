import { closeSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import type { Java } from '../../lib/spark/local/java'
import { sparkFolder } from '../../lib/spark/local/record'
import { type Isolated, spawnIsolated } from '../isolate/spawn'

export type ServerOptions = {
  /** `$CELLAR_HOME`. */
  home: string
  /** `SPARK_HOME`. */
  spark: string
  java: Java
  token: string
  port: number
  /** Folders that it may read beside its own. */
  data: string[]
}

const gibibyte = 2 ** 30

/** What Spark's process may hold: `CELLAR_SPARK_MEMORY` in bytes, or 4 GiB; half of it is Java's heap. */
const memoryBytes = () => Number(process.env.CELLAR_SPARK_MEMORY) || 4 * gibibyte

/**
 * Starts a Spark Connect server with `local[*]` on loopback. It runs what cells ask of it, so it is isolated as they are:
 * it sees its own folder and `data`, and nothing else of the machine's files.
 */
export async function startServer(options: ServerOptions): Promise<Isolated & { logFile: string }> {
  const { home, spark, java, token, port, data } = options
  const files = path.join(sparkFolder(home), 'files')
  const scratch = path.join(sparkFolder(home), 'scratch')
  const logs = path.join(home, 'logs')
  for (const folder of [files, scratch, logs]) mkdirSync(folder, { recursive: true, mode: 0o700 })
  // Arguments can be read by other processes of the machine; a file of ours cannot.
  const properties = path.join(scratch, 'server.properties')
  writeFileSync(properties, propertiesText({ token, port, files, scratch }), { mode: 0o600 })
  const logFile = path.join(logs, 'spark.log')
  const log = openSync(logFile, 'a', 0o600)
  try {
    const server = await spawnIsolated({
      program: path.join(spark, 'bin/spark-submit'),
      args: [
        ...['--class', 'org.apache.spark.sql.connect.service.SparkConnectServer'],
        ...['--name', 'Cellar', '--master', `local[${availableParallelism()}]`],
        ...['--driver-memory', `${Math.floor(memoryBytes() / 2 / 2 ** 20)}m`],
        ...['--properties-file', properties, 'spark-internal'],
      ],
      cwd: files,
      env: {
        SPARK_HOME: spark,
        JAVA_HOME: java.home,
        SPARK_CONNECT_MODE: '0',
        SPARK_LOCAL_IP: '127.0.0.1',
        // Java asks for the name of its user, who has none in a sandbox.
        HADOOP_USER_NAME: 'spark',
      },
      stdio: ['ignore', log, log],
      // Hadoop refuses a user without a name; Debian keeps a JDK's settings in /etc.
      readOnly: [spark, java.home, '/etc/passwd', ...javaSettings(), ...data],
      readWrite: [files],
      given: [scratch],
      hidden: [],
      network: true,
      memoryBytes: memoryBytes(),
      tasks: 4096,
    })
    return { ...server, logFile }
  } finally {
    closeSync(log)
  }
}

const javaSettings = () =>
  existsSync('/etc')
    ? readdirSync('/etc')
        .filter((name) => /^java/.test(name))
        .map((name) => path.join('/etc', name))
    : []

type Properties = { token: string; port: number; files: string; scratch: string }

function propertiesText({ token, port, files, scratch }: Properties) {
  const values = {
    'spark.connect.authenticate.token': token,
    'spark.connect.grpc.binding.address': '127.0.0.1',
    'spark.connect.grpc.binding.port': port,
    'spark.driver.host': '127.0.0.1',
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.local.dir': scratch,
    'spark.sql.warehouse.dir': path.join(files, 'warehouse'),
    // One machine: the 200 that are usual cost more than the work.
    'spark.sql.shuffle.partitions': Math.max(4, availableParallelism()),
    'spark.sql.session.timeZone': 'UTC',
    // Its own pages have no password.
    'spark.ui.enabled': false,
    // How far stages are is shown while they run.
    'spark.connect.progress.reportInterval': '200ms',
    // A training is taken up again after its worker's restart.
    'spark.connect.execute.reattachable.observerRetryBufferSize': '64m',
    'spark.connect.session.manager.defaultSessionTimeout': '60m',
    // Models are kept until their session ends, and written to disk past this.
    'spark.connect.session.connectML.mlCache.memoryControl.enabled': true,
  }
  return Object.entries(values)
    .map(([key, value]) => `${key} ${value}\n`)
    .join('')
}
