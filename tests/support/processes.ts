import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { localArtifacts } from '../../lib/artifacts'
import { type Config, writeConfig } from '../../lib/config'
import { configBelow } from './config'
import { root } from './paths'

type Options = Pick<Config, 'databaseUrl' | 'redisUrl'> & {
  /** Makes below the folder what its configuration calls the checkout; this one unless given. */
  checkout?: (folder: string) => Promise<string>
}

/** A folder with an installation's configuration, and Cellar's processes on it. */
export async function processesOn({ checkout, ...servers }: Options) {
  const folder = await mkdtemp(path.join(tmpdir(), 'cellar-processes-'))
  const home = path.join(folder, 'secrets')
  const config = configBelow(folder, { ...servers, home, ...(checkout && { root: await checkout(folder) }) })
  writeConfig(config)
  const children = new Set<ChildProcess>()

  async function stop(child: ChildProcess, signal: NodeJS.Signals) {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
    child.kill(signal)
    await ended
    children.delete(child)
  }

  return {
    folder,
    config,
    artifacts: localArtifacts(config.artifactsDir),
    /** A process of a bundle, once it says that it is ready. */
    async start(bundle: string) {
      const child = spawn(process.execPath, [path.join(root, 'dist', bundle)], {
        env: { ...process.env, CELLAR_HOME: home },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      children.add(child)
      for await (const line of createInterface({ input: child.stdout! })) if (line === 'ready') break
      return child
    },
    stop,
    running: () => [...children],
    async close() {
      for (const child of children) await stop(child, 'SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
