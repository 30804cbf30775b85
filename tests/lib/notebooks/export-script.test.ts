import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { transform } from 'esbuild'
import { expect, test } from 'vitest'
import { formatScript } from '../../../lib/notebooks/export-script'
import { showFunction } from '../../../lib/notebooks/script-shim'

const code = (...sources: string[]) =>
  sources.map((source, i) => ({ id: `c${i + 1}`, kind: 'code' as const, source }))

/** What the script prints, its types taken away as tsx does. */
async function run(script: string, env: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'script-'))
  try {
    const file = path.join(folder, 'notebook.mjs')
    await writeFile(path.join(folder, 'rows.json'), '[1,2,3]')
    await writeFile(file, (await transform(script, { loader: 'ts', target: 'esnext' })).code)
    const { stdout } = await promisify(execFile)(process.execPath, [file], {
      cwd: folder,
      env: { ...process.env, ...env },
    })
    return stdout
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('cells become one file: text as comments, imports at the top, last values printed', () => {
  const cells = [
    { id: 'a', kind: 'markdown' as const, source: '# Title\n\ntext' },
    ...code(
      'import * as aq from "npm:arquero@8"\nimport { join } from "node:path"\nconst a: number = 1',
      'a + 1;',
    ),
  ]
  expect(formatScript(cells, 'Study')).toBe(`// Study
// Run it: npx tsx <this file>
// It needs: npm install arquero@8

import * as aq from 'arquero'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'

// What Cellar gives to cells, as far as it can be had without it.
${showFunction}

// # Title
//
// text

// cell 2
const a: number = 1

// cell 3
show(a + 1);

export {}
`)
})

test('a script prints what the notebook shows, and waits as it does', async () => {
  const cells = code(
    'import { display, progress, input, secret, dataset, promote as publish } from "cellar"',
    'const k = input.slider({ min: 3, max: 9 })\nconst word = input.select({ options: ["x", "y"] })',
    'let sum = 0\nfor (const n of progress([1, 2, k])) sum += n\ndisplay(sum)\nword',
    'display(word)',
    'const rows = await dataset("rows.json")\nrows.length',
    'await secret("SCRIPT_TEST_SECRET")',
    'const made = await publish("iris", () => 1)\nmade.endpoint',
  )
  expect(await run(formatScript(cells, 'x'), { SCRIPT_TEST_SECRET: 'told' })).toBe('6\nx\nx\n3\ntold\niris\n')
})

test('a figure becomes a file, whose name is printed; drawing needs a document', async () => {
  const figure = '({ tagName: "svg", outerHTML: "<svg/>" })'
  expect(await run(formatScript(code(figure, figure), 'x'))).toBe('figure-1.svg\nfigure-2.svg\n')
  const script = formatScript(code('import * as Plot from "@observablehq/plot"'), 'x')
  expect(script).toContain('// It needs: npm install @observablehq/plot linkedom\n')
  expect(script).toContain("import { parseHTML } from 'linkedom'\n")
})

test('a cell that is used above its place is moved above its use', async () => {
  const cells = code('const total = price * 2\ntotal', 'const price = base + 1', 'const base = 20')
  const script = formatScript(cells, 'x')
  expect(script.match(/^\/\/ cell .*$/gm)).toEqual([
    '// cell 3, which the next one uses',
    '// cell 2, which the next one uses',
    '// cell 1',
  ])
  expect(await run(script)).toBe('42\n')
})

test('the same import in two cells is one', async () => {
  const line = 'import { basename } from "node:path"\n'
  const script = formatScript(
    code(`${line}basename("/a/b")`, `${line}export const c = basename("/c")`, 'c'),
    'x',
  )
  expect([script.split('node:path').length, await run(script)]).toEqual([2, 'b\nc\n'])
})

test.each([
  [
    'a name twice',
    ['const a = 1', 'const a = 2'],
    'cells 1 and 2 both define a name, which a script can once: a',
  ],
  [
    'a circle',
    ['const a = () => b', 'const b = () => a'],
    'cells use each other in a circle, which a script cannot: 1, 2',
  ],
  ['a cell that cannot be read', ['const = 1'], /^cell 1 cannot be read: /],
  ['what Cellar does not have', ['import { magic } from "cellar"'], 'there is no such part of Cellar: magic'],
])('%s is no script, and the sentence says why', (_, sources, message) => {
  expect(() => formatScript(code(...sources), 'x')).toThrow(message)
})
