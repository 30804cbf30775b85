import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createHostAsks, type HostAsks } from '../../kernel/host/asks'
import { createCompiler } from '../../kernel/host/compile'
import { createConnection } from '../../kernel/host/connection'
import { createFiles } from '../../kernel/host/files'
import { createHost } from '../../kernel/host/host'
import { createLaunch } from '../../kernel/host/launch'
import { createPackages } from '../../kernel/host/packages'
import type { Config } from '../../lib/config'
import { registerMachine } from '../../lib/stack/machine'
import { root } from './paths'

/** The host of an installation's machine in this process, connected to web: cells run in real kernels. */
export async function startHost(config: Config, origin: string) {
  await registerMachine(config.databaseUrl, config.machineToken)
  const backend = { name: 'wasm' as const }
  const isolation = { level: 0 as const, detail: '' }
  const hello = { token: config.machineToken, name: 'here', isolation, backend }
  const absent = () => Promise.reject(new Error('not here'))
  let onConnected = () => {}
  const connected = new Promise<void>((done) => {
    onConnected = done
  })
  const connection = createConnection(origin, hello, (state) => state === 'connected' && onConnected())
  const packages = createPackages({
    folder: join(config.home, 'environments'),
    root,
    onChange: (notebookId, environment, userId) => connection.packages({ notebookId, environment, userId }),
    onLine: connection.installing,
  })
  mkdirSync(config.workDir, { recursive: true })
  const folderOf = (notebookId: string) => join(config.workDir, notebookId)
  const host = createHost({
    spoolDir: config.spoolDir,
    launch: (notebookId) =>
      createLaunch({
        root,
        home: config.home,
        cwd: folderOf(notebookId),
        data: [],
        tensorflow: backend,
        readOnly: [packages(notebookId).folder],
      }),
    createCompiler,
    backend,
    packages,
    files: createFiles(folderOf),
    secret: (notebookId, name, userId) => connection.secret({ notebookId, name, userId }),
    promote: absent,
    artifact: absent,
    web: connection.web,
    asks: createHostAsks({ packages }) as HostAsks,
    language: { update() {}, close() {} },
    onProblem: (problem, error) => console.error(problem, error),
  })
  connection.open(host)
  await connected
  return {
    async close() {
      await host.close('the test is over', 2000)
      connection.close()
    },
  }
}
