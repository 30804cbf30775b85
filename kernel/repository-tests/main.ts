import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import path from 'node:path'
import { run } from 'node:test'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { TestResult } from '../../lib/protocol/repository'

/**
 * Runs the test files of a repository (arguments) with node:test, in the isolated process that the host starts: bundles
 * them, as they are TypeScript and import modules beside them, and writes results to descriptor 3, a line of JSON each.
 * Packages are those of Cellar's checkout.
 */
const root = process.env.CELLAR_ROOT!
const files = process.argv.slice(2)
const say = createWriteStream('', { fd: 3 })
const tell = (line: { result: TestResult } | { text: string }) => say.write(`${JSON.stringify(line)}\n`)

const packages: Plugin = {
  name: 'packages',
  setup({ onResolve }) {
    const { resolve } = createRequire(path.join(root, 'package.json'))
    onResolve({ filter: /^[^./]/ }, ({ path: specifier, kind }) => {
      if (kind === 'entry-point') return
      if (isBuiltin(specifier)) return { path: specifier, external: true }
      try {
        return { path: pathToFileURL(resolve(specifier)).href, external: true }
      } catch {
        return { errors: [{ text: `there is no such package: ${specifier}` }] }
      }
    })
  },
}

const folder = await mkdtemp(path.join(process.cwd(), '.tests-'))
const bundled = new Map<string, string>()
for (const [i, file] of files.entries()) {
  const outfile = path.join(folder, `${i}.test.mjs`)
  try {
    await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: 'inline',
      logLevel: 'silent',
      plugins: [packages],
    })
    bundled.set(outfile, file)
  } catch (error) {
    const [first] =
      (error as { errors?: { text: string; location?: { file: string; line: number } }[] }).errors ?? []
    const where = first?.location ? ` (${first.location.file}:${first.location.line})` : ''
    tell({
      result: {
        file,
        name: file,
        passed: false,
        skipped: false,
        ms: 0,
        error: first ? first.text + where : String(error),
      },
    })
  }
}

type Event = {
  name: string
  file?: string
  skip?: string | boolean
  message?: string
  details?: { duration_ms?: number; error?: Error & { cause?: unknown }; type?: string }
}

const events = run({
  files: [...bundled.keys()],
  concurrency: 1,
  execArgv: ['--enable-source-maps'],
} as never)
for await (const { type, data } of events as unknown as AsyncIterable<{ type: string; data: Event }>) {
  if (type === 'test:stdout' || type === 'test:stderr') tell({ text: data.message ?? '' })
  if (type !== 'test:pass' && type !== 'test:fail') continue
  const file = bundled.get(data.file ?? data.name) ?? bundled.get(data.name)
  // A file that ended well is no test of its own, and neither is a group.
  const isFile = bundled.has(data.name)
  if (!file || (type === 'test:pass' && (isFile || data.details?.type === 'suite'))) continue
  tell({
    result: {
      file,
      name: isFile ? file : data.name,
      passed: type === 'test:pass',
      skipped: Boolean(data.skip),
      ms: Math.round((data.details?.duration_ms ?? 0) * 10) / 10,
      error: type === 'test:fail' ? describe(data.details?.error) : null,
    },
  })
}
await rm(folder, { recursive: true, force: true })
say.end()

/** node:test wraps what was thrown. */
function describe(error: (Error & { cause?: unknown }) | undefined): string {
  const thrown = error?.cause ?? error
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown ?? 'it failed')
  return text.slice(0, 2000)
}
