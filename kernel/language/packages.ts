import { readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'

/** A larger file is no declaration that anybody reads. */
const maxBytes = 4_000_000

/**
 * A file that a definition leads to, with the name that a person knows it by. Only files of packages, of TypeScript's
 * own libraries, of `cellar` and of the notebook's folder: `folders`, whose links are followed before they count.
 */
export async function readDefinition(
  file: string,
  folders: readonly string[],
): Promise<{ name: string; text: string } | null> {
  const real = await realpath(file).catch(() => undefined)
  if (real === undefined || !/\.([cm]?[jt]sx?|json)$/.test(real)) return null
  for (const folder of folders) {
    const inside = await realpath(folder).catch(() => undefined)
    if (inside === undefined || !real.startsWith(inside + path.sep)) continue
    if ((await stat(real)).size > maxBytes) return null
    return { name: shortName(real, inside), text: await readFile(real, 'utf8') }
  }
  return null
}

/** `arquero/dist/types/table/table.d.ts`, without where packages are. */
function shortName(file: string, folder: string) {
  const inPackages = file.lastIndexOf(`${path.sep}node_modules${path.sep}`)
  return inPackages < 0
    ? path.relative(folder, file)
    : file.slice(inPackages + `${path.sep}node_modules${path.sep}`.length)
}
