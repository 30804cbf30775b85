/** A package as it is asked for: `npm:@scope/name@1.2/sub` in a cell, `@scope/name@1.2` in the packages panel. */
export type PackageSpecifier = {
  name: string
  /** A range of versions or a tag; empty where none is named. */
  range: string
  /** What follows the package: `/sub`, or empty. */
  subpath: string
}

/** A package's name as registries take it. */
export const packageName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i
/** A range or a tag. Neither colon nor slash: files, addresses and repositories are none. */
export const packageRange = /^[\w.*^~<>=|+ -]{0,100}$/

/** What an import of `npm:…` names; undefined for every other specifier. Throws a sentence at one that names no package. */
export const parseNpmSpecifier = (specifier: string): PackageSpecifier | undefined =>
  specifier.startsWith('npm:') ? parsePackage(specifier.slice(4).replace(/^\//, '')) : undefined

/** Throws a sentence at what names no package of a registry. */
export function parsePackage(text: string): PackageSpecifier {
  const [, name = '', range = '', subpath = ''] =
    /^((?:@[^/@]*\/)?[^/@]+)(?:@([^/]*))?(\/.+)?$/.exec(text.trim()) ?? []
  if (!packageName.test(name) || name.length > 214)
    throw new Error(`not the name of a package: ${text.trim() || 'an empty name'}`)
  if (!packageRange.test(range))
    throw new Error(
      `not a version, a range or a tag of ${name}: ${range}; packages come from a registry only`,
    )
  return { name, range: range.trim(), subpath }
}

/** The package that a bare import is of; undefined for paths, addresses and Node's own `node:` modules. */
export function packageOf(specifier: string): string | undefined {
  if (/^(\.{0,2}\/|\.{1,2}$|#|[a-z]+:)/i.test(specifier)) return
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
