import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Backend } from '../../lib/protocol/events'
import { cacheDir } from '../../lib/stack/cache'
import { childFlags } from '../child/flags'
import { type Launch, startChild } from './child'
import { kernelNode } from './node'

export type LaunchOptions = {
  /** The checkout: its dist/ and node_modules/ are what a kernel runs. */
  root: string
  /** The folder of secrets, never shown. */
  home: string
  /** The kernel's working folder, made if need be. */
  cwd: string
  /** Folders that `dataset` looks in after the working folder. */
  data: string[]
  tensorflow: Backend
  /** Folders beside `cwd` that cells may write to. */
  readWrite?: string[]
  /** Folders that cells may read, whatever of their parents is hidden. */
  readOnly?: string[]
}

const defaultMemory = 4 * 2 ** 30

/** What a kernel's processes may hold together: `CELLAR_KERNEL_MEMORY` in bytes, or 4 GiB. */
export const kernelMemory = () => Number(process.env.CELLAR_KERNEL_MEMORY) || defaultMemory

/** Starts kernel children of this checkout. */
export const createLaunch =
  ({ root, home, cwd, data, tensorflow, readWrite = [], readOnly = [] }: LaunchOptions): Launch =>
  (handlers) => {
    mkdirSync(cwd, { recursive: true })
    const memoryBytes = kernelMemory()
    // The heap's own limit comes first: V8 then says what it was, where the other limit only kills.
    const heap = Math.floor((0.75 * memoryBytes) / 2 ** 20)
    const options = {
      script: join(root, 'dist', 'child.js'),
      node: kernelNode(),
      nodeFlags: [...childFlags, `--max-old-space-size=${heap}`],
      cwd,
      env: {
        CELLAR_ROOT: root,
        CELLAR_DATA: data.join(':'),
        CELLAR_TF: tensorflow.name,
        // TensorFlow's greetings are no output of a cell; its warnings and errors are.
        TF_CPP_MIN_LOG_LEVEL: '1',
      },
      readOnly: [join(root, 'node_modules'), join(root, 'package.json'), cacheDir(), ...data, ...readOnly],
      readWrite,
      hidden: [home],
      memoryBytes,
    }
    return startChild(options, handlers)
  }
