import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, readlink, rename, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Backend } from '../protocol/events'
import { cached, isCached } from './cache'
import { platform, tensorflowVersion, tensorflowWheels } from './pins'
import type { Report } from './progress'
import { run } from './run'
import { requireTools } from './tools'
import { unpackWheel } from './wheel'

const isMac = process.platform === 'darwin'
const compiler = isMac ? 'clang++' : 'g++'
/** The shared libraries inside the wheel. */
const libraries = isMac
  ? (['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'] as const)
  : (['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const)

/**
 * Native TensorFlow for `@tensorflow/tfjs-node`. Its own install script downloads from an address that no longer
 * answers (tfjs#8742), so the library comes from the PyPI wheel and the N-API binding is compiled here from the
 * sources that the package ships. Falls back to WASM and says why; `CELLAR_TF=wasm` asks for that.
 */
export async function setUpTensorflow(root: string, report: Report): Promise<Backend> {
  if (process.env.CELLAR_TF === 'wasm') return { name: 'wasm', reason: 'CELLAR_TF=wasm asks for it' }
  const wheel = tensorflowWheels[platform]
  if (!wheel) return { name: 'wasm', reason: `there is no pinned TensorFlow library for ${platform}` }
  const require = createRequire(path.join(root, 'package.json'))
  const { version } = require('@tensorflow/tfjs-node/package.json') as { version: string }
  const libraryKey = `tensorflow-${wheel.version}-${platform}`
  try {
    const own = await ownOps(root)
    const bindingKey = `tfjs-binding-${version}-${tensorflowVersion}-${own.hash}-${platform}`
    // All of them before the long fetch, which one that is missing would make vain.
    await requireTools({ pip: !isCached(libraryKey), compiler: isCached(bindingKey) ? undefined : compiler })
    const library = await cached(libraryKey, (folder) =>
      unpackWheel(
        wheel,
        `n in ('tensorflow/${libraries[0]}', 'tensorflow/${libraries[1]}') or n.startswith(('tensorflow/include/tensorflow/', 'tensorflow/include/tsl/', 'tensorflow/include/xla/'))`,
        folder,
        report,
      ),
    )
    const pkg = path.dirname(require.resolve('@tensorflow/tfjs-node/package.json'))
    const binding = await cached(bindingKey, async (folder) => {
      report('compiling the binding')
      const nodeApi = path.dirname(require.resolve('node-api-headers/package.json'))
      await compile(
        [...(await sourcesIn(path.join(pkg, 'binding'))), ...own.sources],
        pkg,
        path.join(library, 'tensorflow'),
        folder,
        nodeApi,
      )
    })
    await link(pkg, path.join(library, 'tensorflow'), path.join(binding, 'tfjs_binding.node'))
    return { name: 'tensorflow', version: tensorflowVersion }
  } catch (error) {
    return { name: 'wasm', reason: error instanceof Error ? error.message : String(error) }
  }
}

const sourcesIn = async (folder: string) =>
  (await readdir(folder)).filter((name) => name.endsWith('.cc')).map((name) => path.join(folder, name))

/** The ops that training needs and TensorFlow lacks: they are part of the binding, which is made anew when they change. */
async function ownOps(root: string) {
  const folder = path.join(root, 'kernel/tensorflow-ops')
  const hash = createHash('sha256')
  for (const name of (await readdir(folder)).sort()) hash.update(await readFile(path.join(folder, name)))
  return { sources: await sourcesIn(folder), hash: hash.digest('hex').slice(0, 8) }
}

async function compile(sources: string[], pkg: string, tensorflow: string, folder: string, nodeApi: string) {
  const binding = path.join(folder, 'tfjs_binding.node')
  await run(compiler, [
    '-std=c++17',
    '-O3',
    '-pthread',
    '-fPIC',
    '-shared',
    '-DNAPI_VERSION=8',
    ...sources,
    `-I${pkg}`,
    `-I${path.join(pkg, 'binding')}`,
    `-I${path.join(tensorflow, 'include')}`,
    `-I${path.join(nodeApi, 'include')}`,
    ...libraries.map((name) => path.join(tensorflow, name)),
    // The package loads it from lib/napi-v8; the libraries are linked into deps/lib beside it.
    ...(isMac
      ? ['-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../../deps/lib']
      : ['-Wl,-rpath,$ORIGIN/../../deps/lib']),
    '-o',
    binding,
  ])
  // A C library that is too old, or the like, shows here and not in a person's cell.
  const loads = 'process.dlopen({ exports: {} }, process.argv[1])'
  await run(process.execPath, ['-e', loads, binding], {
    env: { ...process.env, LD_LIBRARY_PATH: tensorflow, DYLD_LIBRARY_PATH: tensorflow },
  })
}

/** Puts binding and libraries where the package looks for them. */
async function link(pkg: string, tensorflow: string, binding: string) {
  const deps = path.join(pkg, 'deps/lib')
  await mkdir(deps, { recursive: true })
  for (const library of libraries) {
    await linkTo(path.join(tensorflow, library), path.join(deps, library))
  }
  // node-pre-gyp looks for the highest N-API version that the running Node has, up to 8.
  const file = path.join(pkg, 'lib/napi-v8/tfjs_binding.node')
  const installed = await readFile(file).catch(() => undefined)
  if (installed?.equals(await readFile(binding))) return
  await mkdir(path.dirname(file), { recursive: true })
  await copyFile(binding, `${file}.${process.pid}`)
  await rename(`${file}.${process.pid}`, file)
}

/** Leaves a link that is right alone: a kernel may be loading through it. */
async function linkTo(target: string, link: string) {
  if ((await readlink(link).catch(() => '')) === target) return
  await symlink(target, `${link}.${process.pid}`)
  await rename(`${link}.${process.pid}`, link)
}
