import { existsSync } from 'node:fs'
import { readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { cacheDir, cached } from '../../stack/cache'
import { run } from '../../stack/run'
import { pyspark } from './pins'

const key = `spark/pyspark-${pyspark.version}`

/** Where Spark is, if it was installed. */
export function installedSpark(): string | undefined {
  const home = path.join(cacheDir(), key, 'home')
  return existsSync(home) ? home : undefined
}

/**
 * Installs the pinned Spark with the person's own pip, so that their mirror and proxy settings hold, into an environment
 * of its own in the cache, once per user. Resolves to `SPARK_HOME`.
 */
export async function installSpark(report: (what: string) => void): Promise<string> {
  const folder = await cached(key, async (into) => {
    report(`fetching Spark ${pyspark.version} from PyPI, ${Math.round(pyspark.bytes / 1e6)} MB`)
    const venv = path.join(into, 'venv')
    await run('python3', ['-m', 'venv', venv]).catch((cause) => {
      throw new Error(
        `spark is installed with Python 3 and its venv, and one is missing; install them with: ${installCommand()}`,
        { cause },
      )
    })
    const requirements = path.join(into, 'requirements.txt')
    await writeFile(requirements, `pyspark==${pyspark.version} --hash=sha256:${pyspark.sha256}\n`)
    const pip = ['-m', 'pip', 'install', '--no-deps', '--require-hashes', '--no-cache-dir', '--no-compile']
    await run(path.join(venv, 'bin/python'), [...pip, '--progress-bar', 'off', '-r', requirements])
    const found = await homeBelow(venv)
    // A stable place, whatever Python's version is called. What else is in the environment no server needs.
    await rename(found, path.join(into, 'home'))
    await rm(venv, { recursive: true })
    report(`Spark ${pyspark.version} is installed`)
  })
  return path.join(folder, 'home')
}

async function homeBelow(venv: string) {
  for (const name of await readdir(path.join(venv, 'lib'))) {
    const home = path.join(venv, 'lib', name, 'site-packages/pyspark')
    if (existsSync(path.join(home, 'jars'))) return home
  }
  throw new Error(`pip installed no Spark in ${venv}; remove the folder and try again`)
}

const installCommand = () =>
  process.platform === 'darwin' ? 'brew install python' : 'apt-get install python3-venv'
