import { outsideSpark, sparkAccess } from '../access'
import { connect } from '../client'
import { installedSpark } from './install'
import { findJava, type Java } from './java'
import { liveSpark, readSettings } from './record'

export type SparkStatus = {
  /** Whose Spark it is. */
  kind: 'own' | 'outside'
  /** Whether it answers. */
  isReady: boolean
  /** `host:port`, where there is one. */
  address?: string
  version?: string
  applicationId?: string
  /** Why it does not answer, and what to do. */
  problem?: string
  java?: { home: string; version: number }
  javaProblem?: string
  isInstalled: boolean
}

/** Whether Spark is there, and why not: it is asked, within `timeoutMs`. */
export async function sparkStatus(home: string, timeoutMs = 3_000): Promise<SparkStatus> {
  const [java, isInstalled] = [
    await findJava().catch((error: Error) => error),
    installedSpark() !== undefined,
  ]
  const machine = {
    isInstalled,
    ...(java instanceof Error ? { javaProblem: java.message } : { java: java satisfies Java }),
  }
  const settings = readSettings(home)
  let kind: SparkStatus['kind'] = 'own'
  let address = liveSpark(home) && settings ? `127.0.0.1:${settings.port}` : undefined
  try {
    if (outsideSpark()) kind = 'outside'
    const remote = sparkAccess(home)
    address = `${remote.host}:${remote.port}`
    const client = connect(remote)
    try {
      const answer = await within(timeoutMs, address, async () => {
        const { spark_version } = await client.analyze<{ spark_version: { version: string } }>({
          spark_version: {},
        })
        const { 'spark.app.id': applicationId } = await client.config(['spark.app.id'])
        return { version: spark_version.version, applicationId }
      })
      void client
        .release()
        .catch(() => {})
        .finally(() => client.close())
      return { kind, isReady: true, address, ...answer, ...machine }
    } catch (error) {
      client.close()
      throw error
    }
  } catch (error) {
    return { kind, isReady: false, address, problem: (error as Error).message, ...machine }
  }
}

function within<Value>(ms: number, address: string, work: () => Promise<Value>): Promise<Value> {
  return new Promise((done, failed) => {
    const late = new Error(`spark did not answer within ${ms / 1000} s: ${address}`)
    const timer = setTimeout(() => failed(late), ms)
    work()
      .then(done, failed)
      .finally(() => clearTimeout(timer))
  })
}
