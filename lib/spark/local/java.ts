import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { run } from '../../stack/run'
import { leastJava } from './pins'

export type Java = { home: string; version: number }

/** A Java that runs Spark, by `JAVA_HOME`, else by PATH. Rejects with the command that installs one. */
export async function findJava(env: NodeJS.ProcessEnv = process.env): Promise<Java> {
  const named = env.JAVA_HOME && path.join(env.JAVA_HOME, 'bin/java')
  const onPath = (env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'java'))
  const seen: string[] = []
  for (const file of [named, ...onPath]) {
    if (!file || !existsSync(file)) continue
    const real = realpathSync(file)
    const version = await versionOf(real)
    if (version !== undefined && version >= leastJava)
      return { home: path.dirname(path.dirname(real)), version }
    seen.push(`${real} is ${version === undefined ? 'no Java that runs' : `Java ${version}`}`)
  }
  const found = seen.length > 0 ? `; ${seen.join(', ')}` : ''
  throw new Error(
    `spark needs Java ${leastJava} or newer, and none is there; install it with: ${installCommand()}${found}`,
  )
}

const installCommand = () =>
  process.platform === 'darwin' ? 'brew install openjdk@17' : 'apt-get install openjdk-17-jre-headless'

async function versionOf(java: string): Promise<number | undefined> {
  const text = await run(java, ['--version']).catch(() => '')
  const found = /\b(\d+)(?:\.\d+)*\b/.exec(text)
  return found ? Number(found[1]) : undefined
}
