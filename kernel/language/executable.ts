import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** TypeScript's own program for this machine, below the checkout's packages. It speaks LSP with `--lsp --stdio`. */
export function findTypeScript(root: string): { program: string; libraries: string } {
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`
  const typescript = createRequire(path.join(root, 'package.json')).resolve('typescript/package.json')
  const folder = path.join(path.dirname(createRequire(typescript).resolve(`${platform}/package.json`)), 'lib')
  const program = path.join(folder, process.platform === 'win32' ? 'tsc.exe' : 'tsc')
  if (!existsSync(program)) throw new Error(`TypeScript's program is missing; run npm ci: ${program}`)
  return { program, libraries: folder }
}
