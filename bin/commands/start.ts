import { cellarHome } from '../../lib/config'
import { keepSpark } from '../../lib/spark/local/keeper'
import { localOrigin } from '../../lib/stack/public-origin'
import { endCommands } from '../../lib/stack/run'
import { claimRun, removeRunRecord, writeRunRecord } from '../../lib/stack/run-record'
import { services, untilHealthy } from '../../lib/stack/services'
import { setUp } from '../../lib/stack/set-up'
import { type Supervisor, supervise } from '../../lib/stack/supervisor'

/** Sets up what is missing, then runs all of Cellar until it is told to stop. Answers the exit code. */
export async function start(): Promise<number> {
  const home = cellarHome()
  const port = readPort()
  const claim = await claimRun(home, `http://127.0.0.1:${port}`)
  if ('other' in claim) {
    const { origin, supervisor } = claim.other
    console.error(`cellar runs already in this checkout: ${origin} (process ${supervisor.pid})`)
    return 1
  }
  const record = claim.own
  let supervisor: Supervisor | undefined
  const say = (line: string) => (supervisor ? supervisor.say(line) : console.log(line))

  const stopping = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        resolve()
        // In a set-up: what it waits for is a command such as the build of the pages.
        endCommands()
      })
  })
  let stopped = false
  stopping.then(() => {
    stopped = true
    console.log('stopping')
  })

  try {
    const stack = await setUp({ port, pages: true, say })
    try {
      if (stopped) return 130
      const { config } = stack
      supervisor = supervise(services, {
        root: config.root,
        home,
        onStarted(name, mark) {
          record.children[name] = mark
          writeRunRecord(home, record)
        },
      })
      await Promise.race([untilHealthy(localOrigin(config)), stopping])
      if (!stopped) {
        if (config.tensorflow.name !== 'tensorflow')
          console.log(`native TensorFlow is missing, notebooks use WASM: ${config.tensorflow.reason}`)
        const behind =
          config.origin === localOrigin(config) ? '' : `, a proxy's name for ${localOrigin(config)}`
        console.log(
          `\nCellar is ready: ${config.origin}${behind} (register there to sign in; Ctrl-C stops it)\n`,
        )
      }
      const endSpark = keepSpark(home, config.root)
      await stopping.finally(endSpark)
      return 0
    } finally {
      await supervisor?.stop()
      await stack.stop()
    }
  } catch (error) {
    if (stopped) return 130
    throw error
  } finally {
    removeRunRecord(home)
  }
}

function readPort() {
  const text = process.env.PORT ?? '3000'
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`PORT is not a port number from 1 to 65535: ${text}`)
  return port
}
