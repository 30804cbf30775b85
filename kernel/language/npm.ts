const specifier = /(["'])npm:((?:@[\w.-]+\/)?[\w.-]+)(@[^"'/\s]*)?((?:\/[^"'\s]*)?)\1/g

/**
 * Declares the modules that cells import as `npm:left-pad@1`: each is the installed package of that name. One that is
 * not installed is not declared, so that TypeScript says itself that it cannot be found.
 * The declarations are TypeScript, empty where no cell imports so.
 */
export function npmDeclarations(sources: readonly string[], isInstalled: (name: string) => boolean): string {
  const modules = new Map<string, string>()
  for (const source of sources)
    for (const [, , name = '', range = '', subpath = ''] of source.matchAll(specifier))
      if (isInstalled(name)) modules.set(`npm:${name}${range}${subpath}`, `${name}${subpath}`)
  return [...modules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([from, to]) =>
        `declare module "${from}" { export * from "${to}"; export { default } from "${to}"; }\n`,
    )
    .join('')
}
