import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { cacheDir } from './cache'

const run = promisify(execFile)

/**
 * A Python with the packages of a file of requirements, in the per-user cache; made once, by the machine's own `python3`.
 * Rejects where that, or its pip, is missing. Not `cached`: an environment holds its own path and cannot be renamed.
 */
export async function pythonEnvironment(name: string, requirements: string): Promise<string> {
  const hash = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 16)
  const folder = path.join(cacheDir(), `${name}-${hash}`)
  const python = path.join(folder, 'bin/python')
  const complete = path.join(folder, '.complete')
  if (existsSync(complete)) return python
  await run('python3', ['-m', 'venv', '--clear', folder])
  await run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements], { maxBuffer: 1e8 })
  await writeFile(complete, '')
  return python
}
