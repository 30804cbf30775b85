import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'

/** A TCP port of the loopback interface that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** Whether a port of the loopback interface can be listened on. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** The port that `file` remembers, so that a restarted server is found again; a free one where that is taken or none is. */
export async function steadyPort(file: string): Promise<number> {
  const remembered = Number(await readFile(file, 'utf8').catch(() => ''))
  if (remembered && (await isFree(remembered))) return remembered
  const port = await freePort()
  await writeFile(file, String(port), { mode: 0o600 })
  return port
}
