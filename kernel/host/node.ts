import { accessSync, constants, realpathSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** A Node whose kernels outlive a Stop even where `AsyncLocalStorage` is in use; named so by its packagers. */
const preferred = 'node24'

/**
 * The Node that runs kernels: `$CELLAR_KERNEL_NODE`, else `node24` on PATH, else the one that runs this.
 * @throws where CELLAR_KERNEL_NODE is no program
 */
export function kernelNode(env: Record<string, string | undefined> = process.env): string {
  const asked = env.CELLAR_KERNEL_NODE
  if (asked) {
    if (!isProgram(resolve(asked))) throw new Error(`CELLAR_KERNEL_NODE is not a program: ${asked}`)
    return realpathSync(asked)
  }
  const found = (env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => resolve(join(folder, preferred)))
    .find(isProgram)
  return found ? realpathSync(found) : process.execPath
}

function isProgram(file: string) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
