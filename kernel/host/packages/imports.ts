import { type PackageSpecifier, packageOf, parseNpmSpecifier } from '../../../lib/notebook/specifier'
import { PackageError } from './errors'

const calls =
  /\$K\.(?:import|dynamicImport|require(?:\.resolve)?)\)?\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')?/g

/** What a compiled cell imports. */
export type CellImports = {
  /** Whether anything at all. */
  any: boolean
  /** Of `npm:`. */
  npm: PackageSpecifier[]
  /** Packages by name, those of `npm:` too. */
  names: string[]
}

/** Throws `PackageError` at an `npm:` import that names no package. */
export function importsOf(code: string): CellImports {
  const specifiers = [...code.matchAll(calls)].map(([, double, single]) => double ?? single ?? '')
  const npm = specifiers.flatMap((specifier) => {
    try {
      return parseNpmSpecifier(specifier) ?? []
    } catch (error) {
      throw new PackageError((error as Error).message)
    }
  })
  const bare = specifiers.flatMap((specifier) => packageOf(specifier) ?? [])
  return { any: specifiers.length > 0, npm, names: [...bare, ...npm.map(({ name }) => name)] }
}
