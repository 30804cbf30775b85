import path from 'node:path'
import { cached } from '../../lib/stack/cache'
import { platform } from '../../lib/stack/pins'
import { run } from '../../lib/stack/run'

/**
 * The newest Node of a release line (`22`, `24`) or of all (`latest`), from npm's package of the binary for this
 * platform: fetched once per user and version.
 */
export async function fetchNode(line: string): Promise<{ version: string; node: string }> {
  const name = `node-${platform}`
  const found = JSON.parse(await run('npm', ['view', `${name}@${line}`, 'version', '--json'])) as
    | string
    | string[]
  const version = [found].flat().sort(byVersion).at(-1)!
  const folder = await cached(`node-${version}-${platform}`, async (at) => {
    const how = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--save-exact']
    await run('npm', ['install', '--prefix', at, ...how, `${name}@${version}`])
  })
  return { version: `v${version}`, node: path.join(folder, 'node_modules', name, 'bin/node') }
}

function byVersion(a: string, b: string) {
  return a.localeCompare(b, 'en', { numeric: true })
}
