import { lstat, mkdtemp, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { run } from '../../../lib/stack/run'
import { setUpTensorflow } from '../../../lib/stack/tensorflow'
import { root } from '../../support/paths'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cellar-tensorflow-'))
  vi.stubEnv('CELLAR_CACHE', path.join(folder, 'cache'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

/** What a kernel would load: when the binding was made, and where its library is. */
async function links() {
  const pkg = path.join(root, 'node_modules/@tensorflow/tfjs-node')
  return [
    (await lstat(path.join(pkg, 'lib/napi-v8/tfjs_binding.node'))).mtimeMs,
    await readlink(path.join(pkg, 'deps/lib/libtensorflow_framework.so.2')),
  ]
}

const setUp = () => setUpTensorflow(root, () => {})

test('without Python and a compiler it is WASM, for reasons that name both; what is installed stays', async () => {
  const before = await links()
  vi.stubEnv('PATH', path.join(folder, 'empty'))
  expect(await setUp()).toEqual({
    name: 'wasm',
    reason:
      'missing to build native TensorFlow: python3 (apt-get install python3 python3-pip) and g++ (apt-get install g++)',
  })
  expect(await links()).toEqual(before)
})

test('Python without pip is told apart from no Python', async () => {
  const tools = path.join(folder, 'tools')
  const python = `#!/bin/sh\n[ "$1" = --version ]\n`
  await run('/bin/sh', [
    '-c',
    'mkdir "$1" && printf %s "$2" > "$1/python3" && chmod +x "$1/python3" && cp "$1/python3" "$1/g++"',
    'sh',
    tools,
    python,
  ])
  vi.stubEnv('PATH', tools)
  expect(await setUp()).toEqual({
    name: 'wasm',
    reason: 'missing to build native TensorFlow: pip (apt-get install python3-pip)',
  })
})

test('CELLAR_TF=wasm asks for WASM where the native library is', async () => {
  vi.stubEnv('CELLAR_TF', 'wasm')
  expect(await setUp()).toEqual({ name: 'wasm', reason: 'CELLAR_TF=wasm asks for it' })
})
