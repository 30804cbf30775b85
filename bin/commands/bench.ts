import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build as esbuild } from 'esbuild'
import { findRoot } from '../../lib/config'

/** Bundles `bench/main.ts` and runs it with the same arguments. It starts a Cellar of its own in a temporary folder. */
export async function bench(args: string[]) {
  const root = findRoot()
  const folder = await mkdtemp(path.join(tmpdir(), 'cellar-bench-'))
  // Inside the checkout, so that packages resolve.
  const outfile = path.join(root, 'dist/bench.js')
  await esbuild({
    entryPoints: [path.join(root, 'bench/main.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  })
  try {
    return await new Promise<number>((resolve, reject) => {
      const child = spawn(process.execPath, [outfile, ...args], {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, CELLAR_HOME: folder },
      })
      child.on('error', reject)
      child.on('close', (code) => resolve(code ?? 1))
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
