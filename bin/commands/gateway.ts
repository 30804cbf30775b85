import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { cellarHome } from '../../lib/config'
import { endpointName } from '../../lib/protocol/serving'
import { createMlflowGateway } from '../../lib/serving/mlflow-gateway'
import { liveRun } from '../../lib/stack/run-record'
import { readApiKey } from './api-key'

const usage = 'usage: cellar gateway --mlflow ENDPOINT --port N [--host HOST] [--url URL] [--key-file FILE]'

/**
 * Gives an endpoint a port of its own for clients that know only host and port. The API key is read from a file or from
 * `CELLAR_API_KEY`, not from an argument, which others on the machine can read.
 */
export async function gateway(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      mlflow: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      url: { type: 'string' },
      'key-file': { type: 'string' },
    },
  })
  const port = Number(values.port)
  if (!values.mlflow || !Number.isInteger(port) || port < 0 || port > 65_535) {
    console.error(usage)
    return 2
  }
  const { success, data: endpoint } = endpointName.safeParse(values.mlflow)
  if (!success) throw new Error(`not an endpoint's name: ${values.mlflow}`)
  const key = readApiKey(values['key-file'])
  const origin = values.url?.replace(/\/$/, '') ?? liveRun(cellarHome())?.origin
  if (!origin) throw new Error('cellar does not run here: start it, or say where it runs with --url')

  const server = createMlflowGateway({ origin, endpoint, key })
  server.listen(port, values.host)
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([error]) => {
      throw error
    }),
  ])
  const address = server.address() as { port: number }
  console.log(`MLflow clients reach ${endpoint} at http://${values.host}:${address.port}; Ctrl-C ends it`)
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  server.close()
  server.closeAllConnections()
  return 0
}
