import { cellarHome } from '../../lib/config'
import {
  endLeftovers,
  liveRun,
  newRunRecord,
  removeRunRecord,
  writeRunRecord,
} from '../../lib/stack/run-record'
import { services, untilHealthy } from '../../lib/stack/services'
import { setUp } from '../../lib/stack/set-up'
import { supervise } from '../../lib/stack/supervisor'

/** Sets up what is missing, then runs all of Cellar until it is told to stop. */
export async function start() {
  const home = cellarHome()
  const other = liveRun(home)
  if (other) {
    console.error(`cellar runs already in this checkout: ${other.origin} (process ${other.supervisor.pid})`)
    return 1
  }
  await endLeftovers(home)

  // A second Ctrl-C during set-up must still end it at once, so handlers come after.
  const { config, stop: stopServers } = await setUp({ port: Number(process.env.PORT ?? 3000), pages: true })
  const record = newRunRecord(config.origin)
  writeRunRecord(home, record)
  const supervisor = supervise(services, {
    root: config.root,
    home,
    onStarted(name, mark) {
      record.children[name] = mark
      writeRunRecord(home, record)
    },
  })

  let ending: Promise<void> | undefined
  const stop = () => {
    ending ??= (async () => {
      console.log('stopping')
      await supervisor.stop()
      await stopServers()
      removeRunRecord(home)
    })()
    return ending
  }
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(stop()))
  })
  try {
    await untilHealthy(config.origin)
  } catch (error) {
    await stop()
    throw error
  }
  if (config.tensorflow.name !== 'tensorflow')
    console.log(`native TensorFlow is missing, notebooks use WASM: ${config.tensorflow.reason}`)
  console.log(`\nCellar is ready: ${config.origin} (register there to sign in)\n`)
  await stopped
  return 0
}
