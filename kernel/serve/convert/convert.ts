import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { lacking, type PythonFormat } from '../../../lib/protocol/study'
import { spawnIsolated } from '../../isolate/spawn'
import { zip } from '../model/export/zip'
import type { ModelPlace } from '../model-child'
import { findPython } from './find-python'
import { convertScript } from './script'

/** TensorFlow alone takes minutes to load on a busy machine. */
const convertMs = 10 * 60_000
/** TensorFlow's libraries beside the model. */
const memoryBytes = 4 * 2 ** 30

/**
 * A Keras 3 file as a SavedModel (zip) or as ONNX, by Python's own converters in an isolated process without network.
 * `onStage`: what it does. Rejects with what is missing on this machine, or with Python's last line.
 */
export async function convertKeras(
  { home, workDir }: Pick<ModelPlace, 'home' | 'workDir'>,
  keras: Uint8Array,
  format: PythonFormat,
  onStage: (stage: string) => void,
): Promise<Uint8Array> {
  const found = await findPython()
  const missing = lacking(found?.converters, format)
  if (!found || missing) throw new Error(missing ?? 'no Python')
  const { program, folders, path: modules } = found.python
  const folder = path.join(workDir, `convert-${randomUUID()}`)
  await mkdir(folder, { recursive: true })
  try {
    await writeFile(path.join(folder, 'model.keras'), keras, { mode: 0o644 })
    const isolated = await spawnIsolated({
      program,
      args: ['-I', '-c', bootstrap(modules), format],
      cwd: folder,
      given: [folder],
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      readOnly: folders,
      hidden: [home],
      network: false,
      memoryBytes,
    })
    let words = ''
    isolated.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-4000)
    })
    createInterface({ input: isolated.child.stdio[3] as Readable }).on('line', onStage)
    const late = setTimeout(isolated.kill, convertMs)
    const exit = await isolated.exited
    clearTimeout(late)
    if (exit.code !== 0) throw new Error(`Python could not convert it: ${lastLine(words) ?? exit.reason}`)
    onStage('packs the files')
    return format === 'onnx'
      ? await readFile(path.join(folder, 'model.onnx'))
      : await zip(await filesOf(path.join(folder, 'saved_model')))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** `-I` keeps out what the environment says; the modules of a virtual environment are put where they were. */
const bootstrap = (modules: string[]) =>
  `import sys\nsys.path[:] = ${JSON.stringify(modules)}\n${convertScript}`

/** Of a trace, the error itself. */
const lastLine = (words: string) =>
  words
    .trim()
    .split('\n')
    .findLast((line) => /^\w[\w.]*(Error|Exception)\b/.test(line))
    ?.slice(0, 500)

async function filesOf(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name)
        return { path: path.join('saved_model', path.relative(folder, file)), data: await readFile(file) }
      }),
  )
}
