import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { fileContext } from '../../kernel/serve/file/file-context'
import { createFileServer } from '../../kernel/serve/file/file-server'
import { startModelChild } from '../../kernel/serve/model-child'
import { createPool } from '../../kernel/serve/pool'
import { cellarHome, findRoot } from '../../lib/config'
import { unpackBundle } from '../../lib/registry/bundle-file'
import { prepareTensorflow } from './prepare-tensorflow'

const usage = 'usage: cellar serve FILE.tgz [--port N] [--host HOST]'

/** Serves an exported version from its file: no database, no Redis, no keys. */
export async function serve(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { port: { type: 'string', default: '8080' }, host: { type: 'string', default: '127.0.0.1' } },
  })
  const [file] = positionals
  const port = Number(values.port)
  if (!file || positionals.length > 1 || !Number.isInteger(port) || port < 0 || port > 65_535) {
    console.error(usage)
    return 2
  }
  if (!existsSync(file)) throw new Error(`no such file: ${file}`)
  const { manifest, model } = await unpackBundle(await readFile(file))
  const root = findRoot()
  const tensorflow = await prepareTensorflow(root)
  const workDir = await mkdtemp(path.join(tmpdir(), 'cellar-serve-'))
  const start = () => startModelChild({ root, home: cellarHome(), workDir, tensorflow }, model)
  const pool = createPool({ start, idleMs: Number.POSITIVE_INFINITY })
  const warn = (message: string, error?: unknown) => console.error(message, error ?? '')
  const context = fileContext(manifest, pool, { origin: `http://${values.host}:${port}`, warn })
  const server = createFileServer(manifest, context)
  try {
    // Before the port opens: who reaches it gets answers.
    await pool.use({ versionId: manifest.version, artifact: manifest.artifact }, async () => {})
    server.listen(port, values.host)
    await Promise.race([
      once(server, 'listening'),
      once(server, 'error').then(([error]) => {
        throw error
      }),
    ])
    const address = server.address() as { port: number }
    const { endpoint, version } = manifest
    console.log(
      `${endpoint} ${version} answers at http://${values.host}:${address.port}/predict; Ctrl-C ends it`,
    )
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    return 0
  } finally {
    server.close()
    server.closeAllConnections()
    await pool.close()
    await rm(workDir, { recursive: true, force: true })
  }
}
