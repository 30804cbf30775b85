import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { cellarHome, findRoot, writeConfig } from '../../lib/config'
import { environmentConfig, type ProcessName } from '../../lib/config-environment'
import type { Backend } from '../../lib/protocol/events'
import { registerMachine } from '../../lib/stack/machine'
import { migrateDatabase } from '../../lib/stack/migrate'
import { setUpTensorflow } from '../../lib/stack/tensorflow'

const report = (what: string) => console.log(what)

/**
 * Runs one of Cellar's processes in this one, as a container does: configured by the environment, on servers that are
 * there already. It ends with its process, so it answers no exit code.
 */
export async function runProcess(name: ProcessName): Promise<never> {
  const root = findRoot()
  const home = cellarHome()
  const config = environmentConfig(name, process.env, { root, home })
  for (const folder of [config.home, config.artifactsDir, config.spoolDir, config.workDir])
    await mkdir(folder, { recursive: true, mode: 0o700 })
  // The others run no model.
  const runsModels = name === 'host' || name === 'worker' || name === 'trainer'
  const tensorflow: Backend = runsModels ? await setUpTensorflow(root, report) : { name: 'none' }
  if (tensorflow.name === 'wasm') console.log(`native TensorFlow is missing: ${tensorflow.reason}`)
  writeConfig({ ...config, tensorflow })
  if (name === 'web') {
    await migrateDatabase(config.databaseUrl, path.join(root, 'drizzle/migrations'))
    await registerMachine(config.databaseUrl, config.machineToken, process.env.CELLAR_MACHINE ?? 'host')
  }
  process.env.CELLAR_HOME = home
  await import(pathToFileURL(path.join(root, `dist/${name}.js`)).href)
  return new Promise<never>(() => {})
}
