import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { cacheDir } from '../../lib/stack/cache'
import { root } from '../support/paths'

const run = promisify(execFile)

/** A Python with the packages of a file of requirements, in the per-user cache; made once. */
export async function compatPython(file = 'requirements.txt'): Promise<string> {
  const requirements = path.join(root, 'tests/compat', file)
  const hash = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 16)
  const folder = path.join(cacheDir(), `compat-${hash}`)
  const python = path.join(folder, 'bin/python')
  const complete = path.join(folder, '.complete')
  if (existsSync(complete)) return python
  await run('python3', ['-m', 'venv', '--clear', folder])
  await run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements], { maxBuffer: 1e8 })
  await writeFile(complete, '')
  return python
}

/** Runs a script of this folder with arguments as JSON; resolves to the JSON of its last line. */
export async function runPython<T>(script: string, argument: unknown, requirements?: string): Promise<T> {
  const python = await compatPython(requirements)
  const file = path.join(root, 'tests/compat', script)
  const { stdout } = await run(python, [file, JSON.stringify(argument)], { maxBuffer: 1e8 })
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as T
}

/** Runs a command of the clients' environment; resolves to its exit code and what it printed. */
export async function runTool(name: string, args: string[]): Promise<{ code: number; output: string }> {
  const tool = path.join(path.dirname(await compatPython()), name)
  return run(tool, args, { maxBuffer: 1e8 }).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  )
}
