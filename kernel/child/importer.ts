import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { packageOf, parseNpmSpecifier } from '../../lib/notebook/specifier'
import type { NotebookPackages } from './packages'

export type Module = Record<string, unknown>

/** Modules as a notebook's cells see them: relative to its folder, then its own packages, then the project's. */
export type Importer = {
  meta: { url: string; filename: string; dirname: string }
  import(specifier: string, options?: ImportCallOptions): Promise<Module>
  require: { (specifier: string): unknown; resolve(specifier: string): string }
  helper(specifier: string): Promise<unknown>
}

export type ImporterOptions = {
  /** The notebook's folder. */
  folder: string
  /** The project, whose packages every notebook has. */
  root: string
  /** Modules that Cellar gives itself, or prepares: by specifier. */
  special?: Record<string, (load: () => Promise<Module>) => Promise<Module>>
  /** Loads a TypeScript file. */
  loadTypeScript?: (file: string) => Promise<Module>
  /** The notebook's own packages. */
  packages?: NotebookPackages
}

type NativeImport = (specifier: string, options?: ImportCallOptions) => Promise<Module>

export function createImporter(options: ImporterOptions): Importer {
  const { folder, root, special = {}, loadTypeScript, packages } = options
  const filename = path.join(folder, 'notebook.ts')
  const fromFolder = { load: nativeImport(folder), require: createRequire(filename) }
  const fromRoot = { load: nativeImport(root), require: createRequire(path.join(root, 'notebook.ts')) }
  const from = (specifier: string) => {
    if (!isPackage(specifier)) return fromFolder
    const own = packages?.use(packageOf(specifier)!)
    if (own) return { load: nativeImport(own), require: createRequire(path.join(own, 'notebook.ts')) }
    return hasPackage(folder, specifier) ? fromFolder : fromRoot
  }

  const load: NativeImport = async (specifier, options) => {
    const file = localFile(folder, specifier)
    if (file && loadTypeScript && /\.[mc]?tsx?$/.test(file)) return loadTypeScript(file)
    // Read again each time: the file may have changed, and Node's own cache never forgets.
    if (file?.endsWith('.json')) return { default: JSON.parse(await readFile(file, 'utf8')) }
    const url = file && !/^(file|data):/.test(specifier) ? pathToFileURL(file).href : specifier
    return from(specifier)
      .load(url, options)
      .catch((error) => {
        throw isPackage(specifier) ? withoutPlace(error) : error
      })
  }
  const required = (use: (require: NodeJS.Require, name: string) => unknown) => (specifier: string) => {
    const name = plainSpecifier(String(specifier), packages)
    try {
      return use(from(name).require, name)
    } catch (error) {
      throw isPackage(name) ? withoutPlace(error) : error
    }
  }
  return {
    meta: { url: pathToFileURL(filename).href, filename, dirname: folder },
    import: async (specifier, options) => {
      const name = plainSpecifier(String(specifier), packages)
      const give = Object.hasOwn(special, name) ? special[name] : undefined
      return give ? give(() => load(name, options)) : load(name, options)
    },
    require: Object.assign(
      required((require, name) => require(name)),
      {
        resolve: required((require, name) => require.resolve(name)) as (specifier: string) => string,
      },
    ),
    helper: async (specifier) => (await fromRoot.load(specifier)).default,
  }
}

/** `left-pad/sub` of `npm:left-pad@1/sub`, which the host has installed before the cell ran. */
function plainSpecifier(specifier: string, packages: NotebookPackages | undefined) {
  const asked = parseNpmSpecifier(specifier)
  if (!asked) return specifier
  const { name, subpath } = asked
  if (!packages?.has(name)) throw notInstalled(name)
  return name + subpath
}

/** As Node says it, so that the page offers to install it. */
const notInstalled = (name: string) =>
  Object.assign(new Error(`Cannot find package '${name}': it is not installed where notebooks run`), {
    code: 'ERR_MODULE_NOT_FOUND',
  })

const native = new Map<string, NativeImport>()

/** Node's `import()` as if called by a file in `folder`. */
function nativeImport(folder: string): NativeImport {
  const known = native.get(folder)
  if (known) return known
  const script = new vm.Script('(specifier, options) => import(specifier, options)', {
    filename: path.join(folder, 'notebook.js'),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  const load: NativeImport = script.runInThisContext()
  native.set(folder, load)
  return load
}

/** Node names the file that imports; here that is a file of ours, which says nothing to a person. */
function withoutPlace(error: unknown): unknown {
  if (!(error instanceof Error) || !missing.has((error as NodeJS.ErrnoException).code ?? '')) return error
  const message = error.message.replace(
    /^Cannot find (?:package|module) ('[^']+')(?: imported from .*notebook\.[jt]s$|\nRequire stack:\n- \S*notebook\.ts$)/,
    'Cannot find package $1: it is not installed where notebooks run',
  )
  error.stack = error.stack?.replace(error.message, message)
  error.message = message
  return error
}

const missing = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])

const isPackage = (specifier: string) => packageOf(specifier) !== undefined && !isBuiltin(specifier)

/** Whether a `node_modules` at or above `folder` has the package of this specifier. */
function hasPackage(folder: string, specifier: string) {
  const name = packageOf(specifier)!
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, 'node_modules', name))) return true
    if (at === path.dirname(at)) return false
  }
}

/** The file that a relative specifier or a path means; a name without its `.ts`, or with `.js` for it, finds it too. */
function localFile(folder: string, specifier: string) {
  if (!/^(\.{1,2}\/|\/|file:)/.test(specifier)) return undefined
  const file = specifier.startsWith('file:') ? fileURLToPath(specifier) : path.resolve(folder, specifier)
  if (existsSync(file)) return file
  const candidates = [
    `${file}.ts`,
    file.replace(/\.([mc]?)js$/, '.$1ts'),
    `${file}.js`,
    path.join(file, 'index.ts'),
  ]
  return candidates.find((each) => existsSync(each)) ?? file
}
