import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Converters } from '../../../lib/protocol/study'

/** A Python, as a process in isolation is started with it. */
export type Python = {
  /** Without symbolic links: a virtual environment's own is one. */
  program: string
  /** Where the standard library lies, and all that it imports from. */
  folders: string[]
  path: string[]
}

const packages = ['keras', 'tensorflow', 'tf2onnx'] as const

/** Looks packages up without importing them, which takes seconds. */
const probe = `
import importlib.metadata, importlib.util, json, os, sys
def version(name):
    if importlib.util.find_spec(name) is None: return None
    for each in (name, name + "-cpu"):
        try: return importlib.metadata.version(each)
        except importlib.metadata.PackageNotFoundError: pass
    return "?"
print(json.dumps({
    "program": os.path.realpath(sys.executable),
    "folders": sorted({os.path.realpath(sys.base_prefix), *(os.path.realpath(p) for p in sys.path if os.path.isdir(p))}),
    "path": [p for p in sys.path if os.path.isdir(p)],
    "python": sys.version.split()[0],
    "packages": {name: version(name) for name in sys.argv[1:]},
}))`

const run = promisify(execFile)
const probeMs = 20_000

/**
 * The machine's Python (`$CELLAR_PYTHON`, else `python3`) and which of the converters' packages it has; undefined where there
 * is none.
 */
export async function findPython(): Promise<{ python: Python; converters: Converters } | undefined> {
  const command = process.env.CELLAR_PYTHON ?? 'python3'
  const { stdout } = await run(command, ['-c', probe, ...packages], {
    timeout: probeMs,
    cwd: '/',
  }).catch(() => ({ stdout: '' }))
  if (stdout === '') return
  const found = JSON.parse(stdout) as Python & {
    python: string
    packages: Record<(typeof packages)[number], string | null>
  }
  const { program, folders, path } = found
  return { python: { program, folders, path }, converters: { python: found.python, ...found.packages } }
}
