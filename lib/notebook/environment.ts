import type * as Y from 'yjs'
import { z } from 'zod'
import { packageName, packageRange } from './specifier'

/** A lockfile of some thousand packages is smaller. */
const maxLock = 5_000_000
const name = z.string().max(214).regex(packageName)

/** What a notebook's cells import beside what every kernel has; part of its document, and of every revision. */
export const environment = z.object({
  /** Package → the range of versions that was asked for. */
  packages: z.record(name, z.string().regex(packageRange)),
  /** npm's lockfile for them; empty without packages. */
  lock: z.string().max(maxLock),
  /** Packages whose install scripts may run, also such as others brought along. */
  scripts: z.array(name),
})
export type Environment = z.infer<typeof environment>

export const noEnvironment: Environment = { packages: {}, lock: '', scripts: [] }

export const isEmptyEnvironment = ({ packages }: Environment) => Object.keys(packages).length === 0

export const sharedEnvironment = (document: Y.Doc) => document.getMap('environment')

/** Throws a sentence where the document holds something else under these keys. */
export function readEnvironment(document: Y.Doc): Environment {
  const found = environment.safeParse({ ...noEnvironment, ...sharedEnvironment(document).toJSON() })
  if (found.success) return found.data
  const [issue] = found.error.issues
  throw new Error(`the notebook's packages cannot be read: ${issue?.path.join('.')}: ${issue?.message}`)
}

/** Writes it in one transaction: manifest and lockfile belong together. */
export function writeEnvironment(document: Y.Doc, { packages, lock, scripts }: Environment) {
  document.transact(() => {
    const shared = sharedEnvironment(document)
    shared.set('packages', packages)
    shared.set('lock', lock)
    shared.set('scripts', scripts)
  })
}

/** One package of a lockfile. */
export type LockedPackage = {
  /** Its place: `node_modules/a/node_modules/b`. */
  path: string
  name: string
  version: string
  /** It runs a script of its own when it is installed, if that is allowed. */
  hasInstallScript: boolean
}

const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({ version: z.string().optional(), hasInstallScript: z.boolean().optional() }),
  ),
})

/** The packages of a lockfile; none where the text is no lockfile. */
export function lockedPackages(lock: string): LockedPackage[] {
  if (lock === '') return []
  const found = lockfile.safeParse(parseJson(lock))
  if (!found.success) return []
  return Object.entries(found.data.packages).flatMap(([path, { version, hasInstallScript = false }]) => {
    const name = path.split('node_modules/').at(-1)
    return path && name && version ? [{ path, name, version, hasInstallScript }] : []
  })
}

/** Package → version of those that cells can import by name. */
export function installedVersions({ packages, lock }: Environment): Record<string, string> {
  const versions = new Map(lockedPackages(lock).map(({ path, version }) => [path, version]))
  return Object.fromEntries(
    Object.keys(packages).flatMap((name) => {
      const version = versions.get(`node_modules/${name}`)
      return version ? [[name, version]] : []
    }),
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return
  }
}
