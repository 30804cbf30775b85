import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Cellar's version, of a checkout. */
export const cellarVersion = (root: string): string =>
  JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version
