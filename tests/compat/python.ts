import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { pythonEnvironment } from '../../lib/stack/python-env'
import { root } from '../support/paths'

const run = promisify(execFile)

/** A Python with the packages of a file of requirements in this folder. */
export const compatPython = (file = 'requirements.txt') =>
  pythonEnvironment('compat', path.join(root, 'tests/compat', file))

/** Runs a script of this folder with arguments as JSON; resolves to the JSON of its last line. */
export async function runPython<T>(script: string, argument: unknown, requirements?: string): Promise<T> {
  const python = await compatPython(requirements)
  const file = path.join(root, 'tests/compat', script)
  const { stdout } = await run(python, [file, JSON.stringify(argument)], { maxBuffer: 1e8 })
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as T
}

/** Runs a command of the clients' environment in a folder of its own, for what it keeps; resolves to its exit code and what it printed. */
export async function runTool(name: string, args: string[]): Promise<{ code: number; output: string }> {
  const tool = path.join(path.dirname(await compatPython()), name)
  const cwd = await mkdtemp(path.join(tmpdir(), 'cellar-compat-'))
  return run(tool, args, { cwd, maxBuffer: 1e8 }).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  )
}
