import { spawn } from 'node:child_process'
import path from 'node:path'
import { findRoot } from '../../lib/config'
import { platform } from '../../lib/stack/pins'
import { prepareTensorflow } from './prepare-tensorflow'

const parts = ['core', 'slow', 'node', 'compat']

/** Sets up what tests need, then types, lint and the tests; the other parts run alone. */
export async function test(args: string[]) {
  const part = parts.includes(args[0] ?? '') ? args.shift()! : 'core'
  const root = findRoot()
  const backend = await prepareTensorflow(root)
  if (platform === 'linux-x64' && backend.name !== 'tensorflow') {
    console.error(`the tests need native TensorFlow on ${platform}: ${backend.reason}`)
    return 1
  }
  const tool = (name: string) => path.join(root, 'node_modules/.bin', name)
  if (part === 'core' && args.length === 0) {
    console.log('types')
    // Writes the types of Next's own modules, which tsc needs.
    if ((await shown(tool('next'), ['typegen'])) !== 0) return 1
    if ((await shown(tool('tsc'), ['--noEmit'])) !== 0) return 1
    console.log('lint')
    if ((await shown(tool('biome'), ['check', '--error-on-warnings', '.'])) !== 0) return 1
  }
  return shown(tool('vitest'), ['run', ...args], { CELLAR_TESTS: part })

  function shown(command: string, rest: string[], env: Record<string, string> = {}) {
    return new Promise<number>((resolve, reject) => {
      const child = spawn(command, rest, {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
      })
      child.on('error', reject)
      child.on('close', (code) => resolve(code ?? 1))
    })
  }
}
