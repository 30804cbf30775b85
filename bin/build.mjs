import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** Bundle → its entry. Packages stay outside, but for those that a kernel child needs at its start. */
const entries = {
  'cellar.js': 'bin/commands/main.ts',
  'web.js': 'app/_server/main.ts',
  'host.js': 'kernel/host/main.ts',
  'child.js': 'kernel/child/main.ts',
  'jobs.js': 'app/_jobs/main.ts',
  'data.js': 'app/_data/main.ts',
  'workbook.js': 'app/_data/workbook/main.ts',
  'worker.js': 'kernel/serve/worker.ts',
  'model.js': 'kernel/serve/model/main.ts',
  'trainer.js': 'kernel/train/main.ts',
  'train.js': 'kernel/train/child/main.ts',
  'train-thread.js': 'kernel/train/lloyd/thread.ts',
  'spark.js': 'kernel/spark/main.ts',
  'repository-tests.js': 'kernel/repository-tests/main.ts',
}
/** Loaded by `require` or in a worker thread, when first needed. */
const commonjs = {
  'supervisor.cjs': 'kernel/child/supervisor.ts',
  'compile.cjs': 'kernel/child/compile.ts',
  'capture.cjs': 'kernel/child/capture/index.ts',
}

/** The same, each with its packages in it but for native ones. */
const whole = {
  'duckdb.cjs': 'kernel/child/sql/duckdb-api.ts',
  'spark.cjs': 'kernel/child/spark/spark-api.ts',
}

/** Bundles all processes into dist/. Files appear whole: two commands may build at once. */
export async function build() {
  const { build: esbuild } = await import('esbuild')
  const dist = path.join(root, 'dist')
  const out = path.join(root, `dist/.build-${process.pid}`)
  await mkdir(out, { recursive: true })
  const common = {
    bundle: true,
    absWorkingDir: root,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'warning',
  }
  const present = (table) =>
    Object.entries(table)
      .filter(([, entry]) => existsSync(path.join(root, entry)))
      .map(([bundle, entry]) => ({ in: entry, out: bundle.replace(/\.c?js$/, '') }))
  try {
    const results = await Promise.all([
      esbuild({ ...common, entryPoints: present(entries), outdir: out, format: 'esm', metafile: true }),
      esbuild({
        ...common,
        entryPoints: present(commonjs),
        outdir: out,
        format: 'cjs',
        outExtension: { '.js': '.cjs' },
        metafile: true,
      }),
      esbuild({
        ...common,
        entryPoints: present(whole),
        outdir: out,
        packages: 'bundle',
        external: ['@duckdb/node-bindings'],
        format: 'cjs',
        outExtension: { '.js': '.cjs' },
        metafile: true,
      }),
    ])
    for (const file of results.flatMap(({ metafile }) => Object.keys(metafile.outputs))) {
      await rename(path.join(root, file), path.join(dist, path.basename(file)))
    }
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
