import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { edited, openNotebook } from './support'

const labels = (items: { label: string }[], wanted: string[]) =>
  items
    .map(({ label }) => label)
    .filter((label) => wanted.includes(label))
    .sort()
const none = (problems: string[]) => problems.length === 0
const some = (problems: string[]) => problems.length > 0

test('a type that changes in one cell is a problem in another, and none again when it changes back', async () => {
  const { problems, write } = openNotebook({
    a: 'interface Row { x: number }\nconst rows: Row[] = [{ x: 1 }]',
    b: '// 𝛼 before\r\nconst first: Row = rows[0]!',
    c: 'const wide = "𝛼𝛽"; const sum: number = first.x',
  })
  expect(await problems('c', none)).toEqual([])
  write({ a: 'interface Row { x: string }\nconst rows: Row[] = [{ x: "1" }]' })
  expect(await problems('c', some)).toEqual(["0:27 error Type 'string' is not assignable to type 'number'."])
  write({ a: 'interface Row { x: number }\nconst rows: Row[] = [{ x: 1 }]' })
  expect(await problems('c', none)).toEqual([])
})

test('names are shared as the kernel shares them', async () => {
  const { problems } = openNotebook({
    a: 'let n = 1\nconst fixed = 1\nlater()',
    b: 'n = 2\nn += 1\nawait Promise.resolve(n)\nfixed = 2',
    c: 'const n = "text"\nfunction later() { return 1 }\nif (n) { var inside = 1 }',
    d: 'n.toUpperCase()\ninside + 1\nnowhere',
  })
  expect(await problems('a', none)).toEqual([])
  expect(await problems('b', some)).toEqual([
    "3:0 error Cannot assign to 'fixed' because another cell defines it as a constant.",
  ])
  expect(await problems('c', none)).toEqual([])
  expect(await problems('d', some)).toEqual(["2:0 warning Cannot find name 'nowhere'."])
})

test('the packages of the checkout, Node and cellar have their types', async () => {
  const { problems, service, asker, place } = openNotebook({
    a: [
      "import * as aq from 'arquero'",
      "import * as Plot from '@observablehq/plot'",
      "import * as tf from '@tensorflow/tfjs-node'",
      "import { readFileSync } from 'node:fs'",
      "import { dataset, input } from 'cellar'",
    ].join('\n'),
    b: [
      "const income = await dataset('income.csv')",
      'const figure = Plot.plot({ marks: [] })',
      'const model = tf.sequential()',
      "const bytes = readFileSync('x')",
      "const chosen = input.select({ options: ['a', 'b'] })",
      'document',
    ].join('\n'),
  })
  expect(await problems('b', some)).toEqual(["5:0 warning Cannot find name 'document'."])
  const hover = async (needle: string) =>
    (await service.asks['language.hover'](asker, place('b', needle)))?.markdown.split('\n')[1]
  expect(await Promise.all(['|income', '|figure', '|model', '|bytes', '|chosen'].map(hover))).toEqual([
    'const income: ColumnTable',
    'const figure: (HTMLElement | SVGSVGElement) & Plot.Plot',
    'const model: tf.Sequential',
    'const bytes: NonSharedBuffer',
    'const chosen: "a" | "b"',
  ])
})

test('completion knows the members and the names of other cells, while the cell is not whole yet', async () => {
  const { service, asker, place } = openNotebook({
    a: "import * as aq from 'arquero'\nconst people = aq.table({ age: [1] })",
    b: 'const model = {\n  rows: people.',
    c: 'const other = 1\npeo',
  })
  const members = await service.asks['language.complete'](asker, { ...place('b', 'people.|'), trigger: '.' })
  expect(labels(members.items, ['groupby', 'numRows', 'other'])).toEqual(['groupby', 'numRows'])
  const index = members.items.findIndex(({ label }) => label === 'numRows')
  expect(await service.asks['language.resolve'](asker, { list: members.list, index })).toEqual({
    text: '(method) Table.numRows(): number',
    documentation: expect.stringContaining('number of active rows'),
    edits: [],
  })
  const names = await service.asks['language.complete'](asker, place('c', 'peo|'))
  expect(labels(names.items, ['people', 'model', 'aq'])).toEqual(['aq', 'model', 'people'])
  const ended = await service.asks['language.resolve'](asker, { list: members.list, index })
  expect(ended).toBe(null)
})

test('a page’s text counts at once for completion; a reader’s text must be the notebook’s', async () => {
  const { service, asker, place, write } = openNotebook({ a: 'const first = { inner: 1 }', b: 'first' })
  const ahead = { cellId: 'b', source: 'first.', position: { line: 0, character: 6 } }
  const { items } = await service.asks['language.complete'](asker, ahead)
  expect(labels(items, ['inner'])).toEqual(['inner'])
  write({ b: 'first.inner' })
  const early = service.asks['language.hover'](asker, {
    cellId: 'b',
    source: 'const later = first',
    position: { line: 0, character: 7 },
  })
  write({ b: 'const later = first' })
  expect(await early).toEqual({
    markdown: '```typescript\nconst later: {\n    inner: number;\n}\n```\n',
    range: { start: { line: 0, character: 6 }, end: { line: 0, character: 11 } },
  })
  const never = { ...place('b', 'lat|er'), source: 'another text' }
  expect(await service.asks['language.hover'](asker, never)).toBe(null)
})

test('paths out of the notebook’s folder are not listed', async () => {
  const { service, asker, place, workFolder } = openNotebook({
    a: "import './'",
    b: "import '../'",
    c: "import '/'",
  })
  writeFileSync(path.join(workFolder, 'helpers.ts'), 'export const helped = 1')
  const complete = async (id: string, needle: string) =>
    (await service.asks['language.complete'](asker, { ...place(id, needle), trigger: '/' })).items.length
  expect(await complete('a', './|')).toBeGreaterThan(0)
  expect(await complete('b', '../|')).toBe(0)
  expect(await complete('c', "'/|")).toBe(0)
})

test('definitions lead to other cells and into packages; references are those that people wrote', async () => {
  const { service, asker, place } = openNotebook({
    a: "import * as aq from 'arquero'\nconst people = aq.table({ age: [1] })",
    b: 'people.numRows()',
    c: 'const people = 1',
    d: 'people',
  })
  expect(await service.asks['language.definition'](asker, place('b', 'peo|ple'))).toEqual([
    { cellId: 'a', range: { start: { line: 1, character: 6 }, end: { line: 1, character: 12 } } },
  ])
  const [inPackage] = await service.asks['language.definition'](asker, place('b', 'num|Rows'))
  const file = inPackage && 'file' in inPackage ? inPackage.file : ''
  const declaration = await service.asks['language.file'](asker, { file })
  expect(declaration?.name).toBe('arquero/dist/types/table/Table.d.ts')
  expect(declaration?.text.split('\n')[inPackage!.range.start.line]).toContain('numRows(): number')
  const references = await service.asks['language.references'](asker, place('b', 'peo|ple'))
  expect(references.map((each) => 'cellId' in each && `${each.cellId} ${each.range.start.line}`)).toEqual([
    'b 0',
    'a 1',
  ])
})

test('a file that is neither package nor the notebook’s own is not given', async () => {
  const { service, asker } = openNotebook({ a: '' })
  expect(await service.asks['language.file'](asker, { file: '/etc/hosts' })).toBe(null)
  const file = path.join(process.cwd(), 'node_modules/../package.json')
  expect(await service.asks['language.file'](asker, { file })).toBe(null)
})

test('a rename changes every cell that means the name, and no other', async () => {
  const { service, asker, place, source } = openNotebook({
    a: 'let people = 1',
    b: 'const shown = { people }\npeople = 2',
    c: 'people + 1 // people',
    d: 'const people = "other"',
    e: 'people',
  })
  expect(await service.asks['language.renameable'](asker, place('b', 'peo|ple = 2'))).toEqual({
    range: { start: { line: 1, character: 0 }, end: { line: 1, character: 6 } },
    name: 'people',
  })
  const renamed = await service.asks['language.rename'](asker, {
    ...place('c', 'peo|ple'),
    newName: 'persons',
  })
  const after = renamed.map(({ cellId, edits }) => [cellId, edited(source(cellId), edits)])
  expect(Object.fromEntries(after)).toEqual({
    a: 'let persons = 1',
    b: 'const shown = { people: persons }\npersons = 2',
    c: 'persons + 1 // people',
  })
  expect(await service.asks['language.renameable'](asker, place('a', '= |1'))).toBe(null)
})

test('quick fixes: a misspelt name, a customary import', async () => {
  const { service, asker, problems, source } = openNotebook({
    a: 'const people = 1',
    b: 'peeple + 1\ntf.ones([1])\nparseTable',
  })
  await problems('b', (found) => found.length === 3)
  const fixesOf = async (cellId: string, line: number) => {
    const range = { start: { line, character: 0 }, end: { line, character: 2 } }
    const fixes = await service.asks['language.fixes'](asker, { cellId, source: source(cellId), range })
    return fixes.map(({ title, edits }) => [title, edited(source(cellId), edits[0]!.edits).split('\n')[0]])
  }
  expect(await fixesOf('b', 0)).toContainEqual(["Change the spelling to 'people'", 'people + 1'])
  expect(await fixesOf('b', 1)).toContainEqual([
    "Add import * as tf from '@tensorflow/tfjs-node'",
    "import * as tf from '@tensorflow/tfjs-node'",
  ])
  expect(await fixesOf('b', 2)).toEqual([])
})

test('formatting changes the cell and not what joins it to others', async () => {
  const { service, asker, source } = openNotebook({ a: 'const  x={a:1}\nif(x){\nx.a\n}', b: 'x' })
  const edits = await service.asks['language.format'](asker, { cellId: 'a', source: source('a') })
  expect(edited(source('a'), edits)).toBe('const x = { a: 1 }\nif (x) {\n  x.a\n}')
})

test('signatures follow the argument at hand', async () => {
  const { service, asker, place } = openNotebook({
    a: '/** Adds. */\nfunction add(first: number, second: number) { return first + second }',
    b: 'add(1, ',
  })
  expect(await service.asks['language.signatures'](asker, place('b', 'add(1, |'))).toEqual({
    signatures: [
      {
        label: 'add(first: number, second: number): number',
        documentation: 'Adds.',
        parameters: [
          { label: 'first: number', documentation: '' },
          { label: 'second: number', documentation: '' },
        ],
      },
    ],
    active: 0,
    activeParameter: 1,
  })
})

test('an SQL cell’s result is a table in the other cells', async () => {
  const { problems } = openNotebook({
    a: { kind: 'sql', source: 'select 1', result: 'counted' },
    b: 'counted.numRows().toUpperCase()',
  })
  expect(await problems('b', some)).toEqual([
    "0:18 error Property 'toUpperCase' does not exist on type 'number'.",
  ])
})

test('a cell that is deleted or became text has no problems, and its names are gone', async () => {
  const { problems, remove } = openNotebook({ a: 'const a: number = "x"', b: 'a.toFixed()' })
  expect(await problems('a', some)).toEqual(["0:6 error Type 'string' is not assignable to type 'number'."])
  remove('a')
  expect(await problems('a', none)).toEqual([])
  expect(await problems('b', some)).toEqual(["0:0 warning Cannot find name 'a'."])
})

test('files beside the notebook have their types, and new ones when they change', async () => {
  const { problems, workFolder } = openNotebook({ a: "import { helped } from './helpers'\nhelped.length" })
  await problems('a', some)
  writeFileSync(path.join(workFolder, 'helpers.ts'), "export const helped = 'text'")
  expect(await problems('a', none)).toEqual([])
  writeFileSync(path.join(workFolder, 'helpers.ts'), 'export const helped = 1')
  expect(await problems('a', some)).toEqual(["1:7 error Property 'length' does not exist on type '1'."])
})

test('packages that a notebook adds have their types, by name and by npm:', async () => {
  const { problems, install } = openNotebook({
    a: "import pad from 'left-pad'\nimport { pad as same } from 'npm:left-pad@^1.3'\nconst n: number = pad('x')",
    b: 'const m: number = same',
  })
  expect(await problems('a', (found) => found.length === 2)).toEqual([
    "0:16 error Cannot find module 'left-pad' or its corresponding type declarations.",
    "1:28 error Cannot find module 'npm:left-pad@^1.3' or its corresponding type declarations.",
  ])
  install({ 'left-pad': 'export default function pad(text: string): string\nexport const pad: string' })
  const wrong = "Type 'string' is not assignable to type 'number'."
  expect(await problems('a', (found) => found.length === 1)).toEqual([`2:6 error ${wrong}`])
  expect(await problems('b', some)).toEqual([`0:6 error ${wrong}`])
})

test('a server that is killed is not missed', async () => {
  const { service, asker, place, problems, write, complaints } = openNotebook({
    a: 'const first = { inner: 1 }',
    b: 'first.',
  })
  await problems('b', some)
  const asked = service.asks['language.complete'](asker, place('b', 'first.|'))
  const pids = serverPids()
  expect(pids.length).toBeGreaterThan(0)
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  expect(labels((await asked).items, ['inner'])).toEqual(['inner'])
  const again = await service.asks['language.complete'](asker, place('b', 'first.|'))
  expect(labels(again.items, ['inner'])).toEqual(['inner'])
  write({ b: 'first.inner' })
  expect(await problems('b', none)).toEqual([])
  expect(complaints).toEqual([expect.stringContaining('the TypeScript language server is started again')])
})

/** The servers that this test process has started. */
function serverPids(): number[] {
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid=,args='])
    .toString()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
  const parents = new Map(processes.map((found) => [found?.[1], found?.[2]]))
  const isOurs = (pid: string | undefined): boolean =>
    pid !== undefined && (pid === String(process.pid) || isOurs(parents.get(pid)))
  return processes.flatMap((found) =>
    /^\S*\/tsc --lsp/.test(found?.[3] ?? '') && isOurs(found?.[1]) ? [Number(found?.[1])] : [],
  )
}
