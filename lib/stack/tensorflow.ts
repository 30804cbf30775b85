import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Backend } from '../protocol/events'
import { cached } from './cache'
import { platform, tensorflowVersion, tensorflowWheels } from './pins'
import type { Report } from './progress'
import { run } from './run'
import { unpackWheel } from './wheel'

/**
 * Native TensorFlow for `@tensorflow/tfjs-node`. Its own install script downloads from an address that no longer
 * answers (tfjs#8742), so the library comes from the PyPI wheel and the N-API binding is compiled here from the
 * sources that the package ships. Falls back to WASM and says why.
 */
export async function setUpTensorflow(root: string, report: Report): Promise<Backend> {
  const wheel = tensorflowWheels[platform]
  if (!wheel) return { name: 'wasm', reason: `there is no pinned TensorFlow library for ${platform}` }
  try {
    const library = await cached(`tensorflow-${wheel.version}-${platform}`, (folder) =>
      unpackWheel(
        wheel,
        `n in ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2') or n.startswith(('tensorflow/include/tensorflow/', 'tensorflow/include/tsl/', 'tensorflow/include/xla/'))`,
        folder,
        report,
      ),
    )
    const require = createRequire(path.join(root, 'package.json'))
    const pkg = path.dirname(require.resolve('@tensorflow/tfjs-node/package.json'))
    const { version } = require('@tensorflow/tfjs-node/package.json') as { version: string }
    const binding = await cached(
      `tfjs-binding-${version}-${tensorflowVersion}-${platform}`,
      async (folder) => {
        report('compiling the binding')
        await compile(
          pkg,
          path.join(library, 'tensorflow'),
          folder,
          path.dirname(require.resolve('node-api-headers/package.json')),
        )
      },
    )
    await link(pkg, path.join(library, 'tensorflow'), path.join(binding, 'tfjs_binding.node'))
    return { name: 'tensorflow', version: tensorflowVersion }
  } catch (error) {
    return { name: 'wasm', reason: error instanceof Error ? error.message : String(error) }
  }
}

async function compile(pkg: string, tensorflow: string, folder: string, nodeApi: string) {
  const sources = (await readdir(path.join(pkg, 'binding'))).filter((name) => name.endsWith('.cc'))
  await run('g++', [
    '-std=c++17',
    '-O2',
    '-fPIC',
    '-shared',
    '-DNAPI_VERSION=8',
    ...sources.map((name) => path.join(pkg, 'binding', name)),
    `-I${pkg}`,
    `-I${path.join(pkg, 'binding')}`,
    `-I${path.join(tensorflow, 'include')}`,
    `-I${path.join(nodeApi, 'include')}`,
    path.join(tensorflow, 'libtensorflow_cc.so.2'),
    path.join(tensorflow, 'libtensorflow_framework.so.2'),
    // The package loads it from lib/napi-v8; the libraries are linked into deps/lib beside it.
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
    '-o',
    path.join(folder, 'tfjs_binding.node'),
  ])
}

/** Puts binding and libraries where the package looks for them. */
async function link(pkg: string, tensorflow: string, binding: string) {
  const deps = path.join(pkg, 'deps/lib')
  await mkdir(deps, { recursive: true })
  for (const [name, target] of [
    ['libtensorflow.so.2', 'libtensorflow_cc.so.2'],
    ['libtensorflow_cc.so.2', 'libtensorflow_cc.so.2'],
    ['libtensorflow_framework.so.2', 'libtensorflow_framework.so.2'],
  ] as const) {
    await rm(path.join(deps, name), { force: true })
    await symlink(path.join(tensorflow, target), path.join(deps, name))
  }
  // node-pre-gyp looks for the highest N-API version that the running Node has, up to 8.
  const folder = path.join(pkg, 'lib/napi-v8')
  await mkdir(folder, { recursive: true })
  if (!existsSync(path.join(folder, 'tfjs_binding.node')))
    await copyFile(binding, path.join(folder, 'tfjs_binding.node'))
}
