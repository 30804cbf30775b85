import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as capture from './capture'
import type * as compile from './compile'
import type * as spark from './spark/spark-api'
import type * as duckdb from './sql/duckdb-api'

/** What the host tells a child, and where the child's own files are. */
export type ChildEnvironment = {
  /** The notebook's folder. */
  folder: string
  /** The project, whose packages every notebook has. */
  root: string
  /** Folders with data. */
  data: string[]
  tensorflow: 'native' | 'wasm'
  supervisor: URL
  isInternal(file: string): boolean
  /** Bundles that bring the parser: loaded when needed. */
  compile(): typeof compile
  capture(): typeof capture
  duckdb(): typeof duckdb
  spark(): typeof spark
}

/** Reads `CELLAR_ROOT`, `CELLAR_DATA` (folders joined by `:`) and `CELLAR_TF` (`wasm` for the WASM backend). */
export function readEnvironment(): ChildEnvironment {
  const { CELLAR_ROOT, CELLAR_DATA = '', CELLAR_TF } = process.env
  const require = createRequire(import.meta.url)
  const own = path.dirname(fileURLToPath(import.meta.url))
  const ownUrl = new URL('.', import.meta.url).href
  return {
    folder: process.cwd(),
    root: CELLAR_ROOT ?? path.dirname(own),
    data: CELLAR_DATA.split(':').filter(Boolean),
    tensorflow: CELLAR_TF === 'wasm' ? 'wasm' : 'native',
    supervisor: new URL('./supervisor.cjs', import.meta.url),
    isInternal: (file) =>
      /^node:(internal|vm$|async_hooks)/.test(file) ||
      file.startsWith(own + path.sep) ||
      file.startsWith(ownUrl),
    compile: () => require('./compile.cjs') as typeof compile,
    capture: () => require('./capture.cjs') as typeof capture,
    duckdb: () => require('./duckdb.cjs') as typeof duckdb,
    spark: () => require('./spark.cjs') as typeof spark,
  }
}
