import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  chmod,
  chown,
  lchown,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { environmentKey } from '../../../lib/machines/environment-key'
import { type Environment, isEmptyEnvironment } from '../../../lib/notebook/environment'
import { kernelNode } from '../node'
import { checkLock, keptLock } from './lockfile'
import { npmSettings, runNpm } from './npm'

const leftoverMs = 3_600_000

/** What an installation tells while it runs, and what ends it. */
export type Installing = { onLine?(line: string): void; signal?: AbortSignal }

/** Installed environments of this machine: equal ones share a folder, which nothing changes any more. */
export type PackageStore = {
  /** The folder with an environment's `node_modules`, installed from its lockfile where it is not there yet. */
  folder(environment: Environment, how?: Installing): Promise<string>
  /** The environment with these packages in place of its own: what the lockfile says stays where it can. Installed. */
  resolve(environment: Environment, packages: Record<string, string>, how?: Installing): Promise<Environment>
}

/** `folder`: of the store's own, made if need be. */
export function createPackageStore(folder: string): PackageStore {
  const cache = join(folder, 'npm-cache')
  const installed = join(folder, 'installed')
  const making = new Map<string, Promise<string>>()
  void removeLeftovers(folder)

  /** A project in a folder of its own; gone after `use`, unless that moved it. */
  async function inProject<T>(
    { packages, lock }: Pick<Environment, 'packages' | 'lock'>,
    use: (project: string) => Promise<T>,
  ): Promise<T> {
    const project = join(folder, `making-${randomUUID()}`)
    await mkdir(cache, { recursive: true })
    await mkdir(installed, { recursive: true })
    await mkdir(project, { recursive: true })
    try {
      const manifest = { name: 'notebook', private: true, dependencies: packages }
      await writeFile(join(project, 'package.json'), JSON.stringify(manifest))
      await writeFile(join(project, '.npmrc'), await npmSettings())
      if (lock) {
        checkLock(lock)
        await writeFile(join(project, 'package-lock.json'), lock)
      }
      return await use(project)
    } finally {
      await rm(project, { recursive: true, force: true })
    }
  }

  async function install(environment: Environment, target: string, how: Installing) {
    return inProject(environment, async (project) => {
      how.onLine?.('installing from the lockfile')
      await runNpm(['ci', '--ignore-scripts'], { folder: project, cache, ...how })
      return keep(environment, project, target, how)
    })
  }

  async function keep({ scripts, lock }: Environment, project: string, target: string, how: Installing) {
    const allowed = await present(project, scripts)
    if (allowed.length > 0) {
      how.onLine?.(`running the install scripts of ${allowed.join(', ')}`)
      // Without npm's cache: a script must not change what other notebooks are given.
      await runNpm(['rebuild', '--no-ignore-scripts', '--foreground-scripts', ...allowed], {
        folder: project,
        ...how,
      })
    }
    await writeFile(join(project, 'package-lock.json'), lock)
    await rm(join(project, '.npmrc'), { force: true })
    await mkdir(join(project, 'node_modules'), { recursive: true })
    await settle(project)
    await rename(project, target).catch((error) => {
      // Somebody else was faster.
      if (!existsSync(target)) throw error
    })
    return target
  }

  return {
    async folder(environment, how = {}) {
      const target = join(installed, installedName(environment))
      // The sweep takes what nobody has used for long.
      if (existsSync(target)) return utimes(target, new Date(), new Date()).then(() => target)
      // One installation for all who want it: who stops waiting leaves it to the others.
      const { signal, onLine } = how
      const made =
        making.get(target) ?? install(environment, target, { onLine }).finally(() => making.delete(target))
      making.set(target, made)
      return signal ? Promise.race([made, aborted(signal)]) : made
    },
    async resolve(environment, packages, how = {}) {
      if (isEmptyEnvironment({ ...environment, packages })) return { ...environment, packages, lock: '' }
      return inProject({ packages, lock: environment.lock }, async (project) => {
        const args = ['install', '--ignore-scripts', '--package-lock', '--omit-lockfile-registry-resolved']
        await runNpm(args, { folder: project, cache, ...how })
        const text = await readFile(join(project, 'package-lock.json'), 'utf8')
        const settled = withVersions(packages, text)
        const next = { ...environment, packages: settled, lock: keptLock(text, settled) }
        const target = join(installed, installedName(next))
        if (!existsSync(target)) await keep(next, project, target, how)
        return next
      })
    },
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, failed) => {
    const end = () => failed(signal.reason as Error)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })

/** Without a range, the newest is meant, and from then on what fits it. */
function withVersions(packages: Record<string, string>, lock: string): Record<string, string> {
  const locked = (JSON.parse(lock) as { packages: Record<string, { version?: string }> }).packages
  return Object.fromEntries(
    Object.entries(packages).map(([name, range]) => [
      name,
      range || `^${locked[`node_modules/${name}`]?.version ?? '*'}`,
    ]),
  )
}

/** What killed installations have left; one that runs is younger. */
async function removeLeftovers(folder: string) {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith('making-')) continue
    const project = join(folder, name)
    const found = await stat(project).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > leftoverMs) await rm(project, { recursive: true, force: true })
  }
}

/** What decides about the files: the environment, and the machine and, for scripts, the Node that they ran on. */
export function installedName(environment: Environment): string {
  const { platform, arch } = process
  const where = environment.scripts.length > 0 ? [kernelNode(), platform, arch] : [platform, arch]
  const place = createHash('sha256').update(JSON.stringify(where)).digest('hex').slice(0, 16)
  return `${environmentKey(environment)}-${place}`
}

/** Of these packages, the ones that are installed anywhere in the project. */
async function present(project: string, names: readonly string[]) {
  if (names.length === 0) return []
  const lock = await readFile(join(project, 'package-lock.json'), 'utf8')
  const { packages } = JSON.parse(lock) as { packages: Record<string, unknown> }
  const found = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)))
  return names.filter((name) => found.has(name))
}

/** Makes what was installed this process's own, read by all and written by nobody. */
async function settle(folder: string): Promise<void> {
  const [user, group] = [process.getuid?.() ?? -1, process.getgid?.() ?? -1]
  await chown(folder, user, group)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await settle(path)
    else if (entry.isSymbolicLink()) await lchown(path, user, group)
    else {
      await chown(path, user, group)
      const mode = entry.isFile() ? 0o444 : 0
      if (mode) await chmod(path, mode | ((await isProgram(path)) ? 0o111 : 0))
    }
  }
  await chmod(folder, 0o755)
}

async function isProgram(path: string) {
  return ((await stat(path)).mode & 0o111) !== 0
}
