import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import vm from 'node:vm'

export type Module = Record<string, unknown>

/** Modules as a notebook's cells see them: relative to its folder, then the project's packages. */
export type Importer = {
  meta: { url: string; filename: string; dirname: string }
  import(specifier: string, options?: ImportCallOptions): Promise<Module>
  require(specifier: string): unknown
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
}

type NativeImport = (specifier: string, options?: ImportCallOptions) => Promise<Module>

export function createImporter({ folder, root, special = {}, loadTypeScript }: ImporterOptions): Importer {
  const filename = path.join(folder, 'notebook.ts')
  const fromFolder = { load: nativeImport(folder), require: createRequire(filename) }
  const fromRoot = { load: nativeImport(root), require: createRequire(path.join(root, 'notebook.ts')) }
  const from = (specifier: string) =>
    isPackage(specifier) && !hasPackage(folder, specifier) ? fromRoot : fromFolder

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
  return {
    meta: { url: pathToFileURL(filename).href, filename, dirname: folder },
    import: (specifier, options) => {
      const name = String(specifier)
      const give = Object.hasOwn(special, name) ? special[name] : undefined
      return give ? give(() => load(name, options)) : load(name, options)
    },
    require: (specifier) => from(specifier).require(specifier),
    helper: async (specifier) => (await fromRoot.load(specifier)).default,
  }
}

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
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND')
    return error
  const message = error.message.replace(
    /^(Cannot find package '[^']+') imported from .*notebook\.[jt]s$/,
    '$1: it is not installed where notebooks run',
  )
  error.stack = error.stack?.replace(error.message, message)
  error.message = message
  return error
}

const isPackage = (specifier: string) =>
  !/^(\.{0,2}\/|\.{1,2}$|#|[a-z]+:)/.test(specifier) && !isBuiltin(specifier)

/** Whether a `node_modules` at or above `folder` has the package of this specifier. */
function hasPackage(folder: string, specifier: string) {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
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
