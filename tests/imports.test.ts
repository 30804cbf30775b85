import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'
import { root } from './support/paths'

/** What the files below a folder may import, besides themselves; the longest folder that fits decides. */
const allowed: Record<string, string[]> = {
  app: ['lib', 'drizzle/schema'],
  kernel: ['lib', 'drizzle/schema'],
  'kernel/child': ['kernel/sdk', 'lib/notebook', 'lib/protocol'],
  // In a bundle of its own.
  'kernel/child/spark': ['kernel/child', 'kernel/sdk', 'lib/protocol', 'lib/spark'],
  'kernel/sdk': ['lib/notebook', 'lib/protocol'],
  bin: ['lib', 'kernel', 'drizzle/schema'],
  lib: ['drizzle/schema'],
  'lib/notebook': ['lib/protocol'],
  'lib/protocol': ['lib/notebook'],
  drizzle: ['lib/protocol', 'lib/notebook'],
}
const pure = ['lib/notebook', 'lib/protocol']

type Import = { from: string; specifier: string; to?: string; typeOnly: boolean }

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) return sources(file)
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [file] : []
  })
}

/** Static and dynamic imports and re-exports, with the file that a relative one names. */
function importsOf(file: string): Import[] {
  const { module } = parseSync(file, readFileSync(path.join(root, file), 'utf8'))
  const text = readFileSync(path.join(root, file), 'utf8')
  const found: Omit<Import, 'to' | 'from'>[] = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType }] : [],
      ),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const literal = /^(['"])(.*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))
      return literal ? [{ specifier: literal[2]!, typeOnly: false }] : []
    }),
  ]
  return found.map((one) => ({ ...one, from: file, to: resolve(file, one.specifier) }))
}

function resolve(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  const base = path.posix.join(path.posix.dirname(from), specifier)
  const candidates = [
    base,
    ...['.ts', '.tsx', '.mts', '.d.mts', '/index.ts', '/index.tsx'].map((end) => base + end),
  ]
  return candidates.find((file) => statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile())
}

const files = ['app', 'bin', 'drizzle', 'kernel', 'lib'].flatMap(sources)
const imports = files.flatMap(importsOf)
const within = (file: string, folder: string) =>
  file === folder || file.startsWith(`${folder}/`) || file === `${folder}.ts`

test('imports flow one way', () => {
  const folders = Object.keys(allowed).sort((a, b) => b.length - a.length)
  const wrong = imports.filter(({ from, to }) => {
    const folder = folders.find((name) => within(from, name))
    return to && folder && ![folder, ...allowed[folder]!].some((name) => within(to, name))
  })
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
})

test('what is pure uses none of Node’s modules', () => {
  const wrong = imports.filter(
    ({ from, specifier }) => pure.some((folder) => within(from, folder)) && specifier.startsWith('node:'),
  )
  expect(wrong.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([])
})

test('relative imports name files that exist, without an extension', () => {
  const wrong = imports.filter(
    ({ specifier, to }) => specifier.startsWith('.') && (!to || /\.tsx?$/.test(specifier)),
  )
  expect(wrong.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([])
})

test('there are no import cycles', () => {
  const graph = new Map<string, string[]>()
  // Types are gone when a program runs.
  for (const { from, to, typeOnly } of imports)
    if (to && !typeOnly) graph.set(from, [...(graph.get(from) ?? []), to])
  const done = new Set<string>()
  const cycles: string[] = []
  const walk = (file: string, trail: string[]) => {
    if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '))
    if (done.has(file)) return
    done.add(file)
    for (const next of graph.get(file) ?? []) walk(next, [...trail, file])
  }
  for (const file of graph.keys()) walk(file, [])
  expect(cycles).toEqual([])
})
