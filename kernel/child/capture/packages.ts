import { readFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'

/** Why a specifier cannot be part of a bundle, or undefined. */
export function refuseSpecifier(specifier: string): string | undefined {
  if (specifier === 'cellar') return "comes from cellar, which is there only in a notebook's kernel"
  if (/^(\.|\/|file:|[a-z]:[\\/])/i.test(specifier))
    return `comes from the local file ${specifier}: move its code to a cell`
  if (/^(https?|data):/.test(specifier))
    return `comes from ${specifier.slice(0, 60)}: install it as a package`
}

/** Version of the package that a specifier names, as `root` resolves it; Node's own modules have Node's. */
export function versionOf(specifier: string, root: string): string | null {
  if (isBuiltin(specifier)) return process.version
  const parts = specifier.split('/')
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
  for (const folder of createRequire(path.join(root, 'package.json')).resolve.paths(name) ?? []) {
    try {
      return String(JSON.parse(readFileSync(path.join(folder, name, 'package.json'), 'utf8')).version)
    } catch {
      // Not in this folder.
    }
  }
  return null
}
