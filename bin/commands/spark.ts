import { cellarHome, findRoot } from '../../lib/config'
import { outsideSpark } from '../../lib/spark/access'
import { startKeeper, stopSpark, untilReady } from '../../lib/spark/local/keeper'
import { writeSettings } from '../../lib/spark/local/record'
import { sparkStatus } from '../../lib/spark/local/status'

const usage = 'cellar spark start | stop | status'

/** A Spark of this machine: installs and starts it, ends it, says how it stands. */
export async function spark([what = 'status']: string[]): Promise<number> {
  const home = cellarHome()
  if (what === 'start') return start(home)
  if (what === 'stop') {
    console.log((await stopSpark(home)) ? 'spark was stopped' : 'no spark ran here')
    return 0
  }
  if (what === 'status') return status(home)
  console.error(`there is no such word: ${what}; it is ${usage}`)
  return 2
}

async function start(home: string) {
  const outside = outsideSpark()
  if (outside) {
    console.error(
      `SPARK_REMOTE names a spark already: ${outside.host}:${outside.port}; unset it to run one here`,
    )
    return 1
  }
  await writeSettings(home, true)
  startKeeper(home, findRoot())
  const { version, applicationId } = await untilReady(home, (line) => console.log(line))
  console.log(
    `spark ${version} is ready as ${applicationId}; it ends with Cellar, or with: cellar spark stop`,
  )
  return 0
}

async function status(home: string) {
  const found = await sparkStatus(home)
  const where = found.kind === 'outside' ? 'SPARK_REMOTE' : 'this machine'
  if (found.isReady)
    console.log(`spark ${found.version} answers at ${found.address} (${where}), as ${found.applicationId}`)
  else console.log(found.problem)
  if (found.kind === 'own') {
    console.log(found.java ? `Java ${found.java.version} in ${found.java.home}` : found.javaProblem)
    console.log(
      found.isInstalled ? 'Spark is installed' : 'Spark is not installed yet; cellar spark start does it',
    )
  }
  return found.isReady ? 0 : 1
}
