import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PackageError } from './errors'

/** Packages that kernel and endpoints share with the cells' values: a second copy would not know the first one's. */
const own = new Set([
  'arquero',
  '@observablehq/plot',
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-layers',
  '@tensorflow/tfjs-converter',
  'cellar',
])

/** Throws `PackageError` at a package that the kernel brings itself. `root`: the checkout. */
export function refuseOwn(name: string, root: string) {
  if (!own.has(name)) return
  const version = versionIn(root, name)
  throw new PackageError(
    `${name} is the kernel's own${version && ` (${version})`} and cannot be replaced: import it as '${name}'`,
  )
}

function versionIn(root: string, name: string): string {
  try {
    const text = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')
    return (JSON.parse(text) as { version: string }).version
  } catch {
    return ''
  }
}
