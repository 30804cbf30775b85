import { readFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'
import type { BundleImport } from '../../../lib/protocol/bundle'
import { loadTensorflow } from './tensorflow'

const require = createRequire(import.meta.url)

/** A package of Cellar's own node_modules; every name of TensorFlow's packages is the one that is loaded. */
export async function importPackage(specifier: string): Promise<Record<string, unknown>> {
  if (specifier === '@tensorflow/tfjs-node' || specifier === '@tensorflow/tfjs')
    return (await loadTensorflow()) as unknown as Record<string, unknown>
  return (await import(specifier)) as Record<string, unknown>
}

export const requirePackage = (specifier: string): unknown => require(specifier)

/** One export, also of a CommonJS module whose names Node's lexer does not see. */
export function exportOf(
  module: Record<string, unknown>,
  { specifier, exported }: Pick<BundleImport, 'specifier' | 'exported'>,
): unknown {
  if (exported === '*') return module
  if (exported in module) return module[exported]
  const inner = module.default
  if (exported === 'default') return module
  if (typeof inner === 'object' && inner !== null && exported in inner) return Reflect.get(inner, exported)
  throw new Error(`${specifier} has no export named ${exported}`)
}

/**
 * Throws when a package is missing or was made incompatible since, by semantic versioning. A mere patch passes: the
 * self-test ran once, and no upgrade of Cellar should stop every endpoint.
 */
export function checkVersion({ specifier, version }: { specifier: string; version: string | null }) {
  if (!version || isBuiltin(specifier)) return
  const now = installedVersion(specifier)
  if (!now) throw new Error(`${specifier} ${version} is needed and is not installed`)
  if (compatible(now) !== compatible(version))
    throw new Error(`${specifier} is ${now} now, and the version was made with ${version}: promote it again`)
}

/** `1.2.3` → `1`, `0.2.3` → `0.2`. */
function compatible(version: string) {
  const [major, minor] = version.split('.')
  return major === '0' ? `0.${minor}` : major
}

function installedVersion(specifier: string): string | undefined {
  const parts = specifier.split('/')
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return String(JSON.parse(readFileSync(path.join(folder, name, 'package.json'), 'utf8')).version)
    } catch {
      // Not in this folder.
    }
  }
}
