import { readFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'
import { packageOf, parseNpmSpecifier } from '../../../lib/notebook/specifier'

/** Why a specifier cannot be part of a bundle, or undefined. `own`: the packages that were added to the notebook. */
export function refuseSpecifier(specifier: string, own: Record<string, string> = {}): string | undefined {
  const name = parseNpmSpecifier(specifier)?.name ?? packageOf(specifier)
  if (specifier.startsWith('npm:') || (name !== undefined && Object.hasOwn(own, name)))
    return `comes from the notebook's package ${name}, which endpoints do not have: write what it does in a cell`
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
