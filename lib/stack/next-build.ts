import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { lock } from './lock'
import type { Report } from './progress'
import { run } from './run'

const inputs = ['app', 'lib', 'drizzle', 'public', 'next.config.mjs', 'tsconfig.json', 'package-lock.json']

/** Builds the pages, unless nothing that they are made of has changed since the last build. */
export async function buildPages(root: string, report: Report) {
  report('looking for changes')
  // Two starts with homes of their own share the checkout's build.
  const unlock = await lock(path.join(root, 'node_modules/.cellar-pages.lock'))
  try {
    const hash = await hashOf(inputs.map((name) => path.join(root, name)))
    const mark = path.join(root, '.next/cellar-hash')
    if (existsSync(mark) && (await readFile(mark, 'utf8')) === hash) return
    // A build that is cut off leaves no pages that could be served.
    await rm(mark, { force: true })
    report('building the pages')
    const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
    const next = path.join(root, 'node_modules/next/dist/bin/next')
    await run(process.execPath, [next, 'build'], { cwd: root, env })
    await writeFile(mark, hash)
  } finally {
    await unlock()
  }
}

async function hashOf(paths: string[]) {
  const hash = createHash('sha256')
  for (const file of (await Promise.all(paths.map(filesBelow))).flat()) {
    hash
      .update(file)
      .update('\0')
      .update(await readFile(file))
      .update('\0')
  }
  return hash.digest('hex')
}

async function filesBelow(at: string): Promise<string[]> {
  if (!existsSync(at)) return []
  const entries = await readdir(at, { withFileTypes: true }).catch(() => undefined)
  if (!entries) return [at]
  const below = entries.sort((a, b) => (a.name < b.name ? -1 : 1)).map((entry) => path.join(at, entry.name))
  return (await Promise.all(below.map(filesBelow))).flat()
}
