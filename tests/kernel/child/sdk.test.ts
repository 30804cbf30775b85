// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are TypeScript in strings
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import * as aq from 'arquero'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startKernel, type TestKernel } from '../../support/kernel'

let kernel: TestKernel
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cellar-sdk-'))
  const file = (name: string, bytes: string | Uint8Array) => writeFileSync(path.join(folder, name), bytes)
  file('spaced.csv', '\ufeffname, age , city\r\nAda, 36, "Lon, don"\r\n"Bob ""B""" ,  , ?\r\n')
  file('tabs.tsv', 'a\tb\n1\t x\n2\t\n')
  file('records.json', '[{"a":1},{"a":2}]')
  file('value.json.gz', gzipSync('{"deep":[1]}'))
  file('table.arrow', aq.table({ a: [1, 2, 3] }).toArrowIPC()!)
  file(
    'floats-idx2-float',
    new Uint8Array([0, 0, 0x0d, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0]),
  )
  file('cut-idx1-ubyte', new Uint8Array([0, 0, 8, 1, 0, 0, 0, 9, 1]))
  file('image.bmp', 'BM')
  file('ragged.csv', 'a,b\n1,2\n3\n')
  file('latin.csv', Buffer.from('name\nJosé\n', 'latin1'))
  file('utf16.csv', Buffer.from('\ufeffname\nJosé\n', 'utf16le'))
  file('cut.csv.gz', gzipSync('a,b\n1,2\n'.repeat(100)).subarray(0, 20))
  file('broken.json', '[{"a":1},')
  file('text.arrow', 'a,b\n1,2 and no Arrow at all')
  const parquet = new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'a', data: [1, null, 3] },
        { name: 's', data: ['x', 'y', 'z'] },
      ],
    }),
  )
  file('whole.parquet', parquet)
  file('cut.parquet', parquet.subarray(0, parquet.length - 20))
  file('torn.parquet', new Uint8Array([...parquet.subarray(0, 40), ...parquet.subarray(80)]))
  file('text.parquet', 'a,b\n1,2 and no Parquet')
  kernel = await startKernel({ cwd: folder })
  await kernel.run("import { dataset, display, progress, promote } from 'cellar'", 'import')
})
afterAll(async () => {
  await kernel.close()
  rmSync(folder, { recursive: true })
})

test.each<[string, string, string]>([
  [
    'CSV without the spaces around values',
    "(await dataset('spaced.csv')).objects()",
    `[
  { name: 'Ada', age: 36, city: 'Lon, don' },
  { name: 'Bob "B"', age: null, city: '?' }
]`,
  ],
  ['TSV', "(await dataset('tabs.tsv')).objects()", "[ { a: 1, b: 'x' }, { a: 2, b: null } ]"],
  ['JSON records as a table', "(await dataset('records.json')).numRows()", '2'],
  ['other JSON, compressed, as its value', "await dataset('value.json.gz')", '{ deep: [ 1 ] }'],
  [
    'Parquet',
    "(await dataset('whole.parquet')).objects()",
    "[ { a: 1, s: 'x' }, { a: null, s: 'y' }, { a: 3, s: 'z' } ]",
  ],
  ['Arrow', "(await dataset('table.arrow')).array('a').join()", "'1,2,3'"],
  [
    'idx of floats',
    "const f = await dataset('floats-idx2-float'); [f.shape, Array.from(f.data)]",
    '[ [ 1, 2 ], [ 1, -2 ] ]',
  ],
  [
    'MNIST of the project, compressed',
    "const i = await dataset('mnist-t10k-images-idx3-ubyte.gz'); [i.shape.join(), i.data.constructor.name, i.data.length]",
    "[ '10000,28,28', 'Uint8Array', 7840000 ]",
  ],
  [
    'the income table of the project',
    "const t = await dataset('adult-income.csv'); [t.numRows(), t.get('workclass', 0), t.columnNames().length]",
    "[ 32561, 'State-gov', 15 ]",
  ],
])('dataset reads %s', async (_, source, text) => {
  const ended = await kernel.run(source)
  expect(ended.error).toBeUndefined()
  expect(ended.text).toBe(text)
})

test.each<[string, string, RegExp]>([
  [
    'nope.csv',
    "await dataset('nope.csv')",
    /^there is no such file; files that can be read are .*iris\.csv.*spaced\.csv.*: nope\.csv$/,
  ],
  [
    'a ragged CSV',
    "await dataset('ragged.csv')",
    /^line 3 has 1 value, the head has 2; mend that line of the file: ragged\.csv$/,
  ],
  [
    'a cut Parquet file',
    "await dataset('cut.parquet')",
    /^this Parquet file was cut short: its end is missing; take a whole copy of it: cut\.parquet$/,
  ],
  [
    'a Parquet file with a hole',
    "await dataset('torn.parquet')",
    /^this Parquet file is damaged: .*; take a whole copy of it: torn\.parquet$/,
  ],
  [
    'a text that is called Parquet',
    "await dataset('text.parquet')",
    /^this is not a Parquet file: it does not begin with PAR1; take a whole copy of it: text\.parquet$/,
  ],
  [
    'a cut idx file',
    "await dataset('cut-idx1-ubyte')",
    /^the idx file is cut short: 9 of 17 bytes; take a whole copy of it: cut-idx1-ubyte$/,
  ],
  [
    'a cut compressed file',
    "await dataset('cut.csv.gz')",
    /^this compressed file is damaged or was cut short: .+; take a whole copy of it: cut\.csv\.gz$/,
  ],
  [
    'a CSV that is not UTF-8',
    "await dataset('latin.csv')",
    /^the file is not UTF-8 text; save it as UTF-8: latin\.csv$/,
  ],
  [
    'a CSV in UTF-16',
    "await dataset('utf16.csv')",
    /^the file is written in UTF-16; save it as UTF-8: utf16\.csv$/,
  ],
  ['JSON that is none', "await dataset('broken.json')", /^the file is not JSON: .+: broken\.json$/],
  ['an Arrow file that is none', "await dataset('text.arrow')", /.; take a whole copy of it: text\.arrow$/],
  [
    'an unknown kind',
    "await dataset('image.bmp')",
    /^no reader for this kind of file \(csv, .*\): image\.bmp$/,
  ],
])('dataset refuses %s by a sentence, and what cells have made stays', async (_, source, message) => {
  await kernel.run('let table = 1', 'before')
  expect((await kernel.run(`table = ${source}`)).error!.evalue).toMatch(message)
  expect((await kernel.run('table')).text).toBe('1')
})

test('a display shows a value and changes it in its place', async () => {
  const ended = await kernel.run("const d = display('first'); d.update(2); display(3, { id: 'mine' }); d")
  const messages = kernel.messages.filter(
    (each) => each.type === 'display' && each.executionId === ended.executionId,
  )
  const id = expect.stringMatching(/^display-/)
  const { executionId, cellId } = ended
  expect(messages).toEqual([
    { type: 'display', executionId, cellId, data: { 'text/plain': "'first'" }, displayId: id },
    { type: 'display', executionId, cellId, data: { 'text/plain': '2' }, displayId: id, update: true },
    { type: 'display', executionId, cellId, data: { 'text/plain': '3' }, displayId: 'mine' },
  ])
  expect(ended.result).toBeUndefined()
})

const progress = 'application/vnd.cellar.progress+json'

test('progress follows a loop', async () => {
  const { displays, text } = await kernel.run(
    "let sum = 0; for (const x of progress([1, 2, 3], 'adding')) sum += x; sum",
  )
  expect(text).toBe('6')
  expect(displays[0]![progress]).toEqual({ label: 'adding', value: 0, total: 3, done: false })
  expect(displays.at(-1)![progress]).toEqual({
    label: 'adding',
    value: 3,
    total: 3,
    done: true,
    rate: expect.any(Number),
  })
})

test('progress follows an asynchronous loop that breaks, and a bar moved by hand', async () => {
  const { displays } = await kernel.run(
    'async function* g() { yield 1; yield 2; yield 3 } for await (const x of progress(g())) if (x === 2) break',
  )
  expect(displays.at(-1)![progress]).toMatchObject({ value: 1, done: true })
  const bar = await kernel.run(
    "const bar = progress(10, 'by hand'); bar.increment(); bar.update(7, 'nearly'); bar.done()",
  )
  expect(bar.displays.at(-1)![progress]).toMatchObject({ label: 'nearly', value: 7, total: 10, done: true })
})

test('a loop of a hundred thousand sends few updates', async () => {
  const { displays, ms } = await kernel.run('for (const _ of progress(Array.from({ length: 100000 }))) ;')
  expect(displays.length).toBeLessThan(3 + ms / 100)
})

test('a figure of Plot, with and without a legend, and a mark of its own', async () => {
  await kernel.run("import * as Plot from '@observablehq/plot'", 'plot')
  const plain = await kernel.run('Plot.plot({ marks: [Plot.dot([[1, 2], [3, 4]])] })')
  expect(plain.result!.data['image/svg+xml']).toMatch(
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg".*<circle/s,
  )
  const legend = await kernel.run(
    "Plot.plot({ color: { legend: true }, marks: [Plot.dot(['a', 'b'], { x: (d) => d, fill: (d) => d })] })",
  )
  expect(legend.result!.data['image/svg+xml']).toMatch(/^<svg.*<svg/s)
  const mark = await kernel.run('Plot.barY([1, 2, 3]).plot({ width: 200 })')
  expect(mark.text).toMatch(/^figure, 200×/)
  expect((await kernel.run('typeof window + typeof document')).text).toBe("'undefinedundefined'")
})

test('what could be promoted of a cell', async () => {
  await kernel.run(
    `import * as tf from '@tensorflow/tfjs-node'
const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] })
const predict = async (records: number[][]) => records.length
function other(a, b = 2) { return a }
class NotMe {}
const table = [1]`,
    'maker',
  )
  expect(await kernel.ask({ type: 'ask', method: 'candidates', params: { cellId: 'maker' } })).toEqual([
    { variable: 'model', what: 'layers model', detail: '1 layers, 8 parameters' },
    { variable: 'predict', what: 'function', detail: 'async (records)' },
    { variable: 'other', what: 'function', detail: 'function other(a, b = 2)' },
  ])
})

test('promote hands the host a request and a bundle, and shows the endpoint', async () => {
  const calls: unknown[] = []
  kernel.onCall = (call, bytes) => {
    if (call.method !== 'promote') throw new Error(call.method)
    calls.push([call.method, call.params.endpoint, call.params.variable, bytes.length > 100])
    return { endpoint: 'scaled', version: '1.0.0', url: '/api/v1/scaled/predict', page: '/endpoints/scaled' }
  }
  const ended = await kernel.run(
    "const factor = 3; const scaled = (records: { x: number }[]) => records.map(({ x }) => x * factor)\nawait promote('scaled', scaled, { data: [{ x: 1 }, { x: 2 }] })",
  )
  expect(ended.error).toBeUndefined()
  expect(calls).toEqual([['promote', 'scaled', 'scaled', true]])
  expect(ended.displays).toEqual([
    {
      'application/vnd.cellar.endpoint+json': {
        endpoint: 'scaled',
        version: '1.0.0',
        url: '/api/v1/scaled/predict',
        page: '/endpoints/scaled',
      },
      'text/plain': 'scaled 1.0.0 answers at /api/v1/scaled/predict',
    },
  ])
  expect(ended.result).toBeUndefined()
})

test('what the host refuses is the error of the cell', async () => {
  kernel.onCall = () => Promise.reject(new RangeError('the self-test failed'))
  const { error } = await kernel.run("await promote('scaled', scaled, { data: [{ x: 1 }] })")
  expect([error!.ename, error!.evalue]).toEqual(['RangeError', 'the self-test failed'])
})

test('a model is promoted by its name, from the page', async () => {
  kernel.onCall = ({ params }) => ({
    endpoint: 'endpoint' in params && params.endpoint,
    version: '1.0.0',
    url: '',
    page: '',
  })
  const request = { type: 'promote', cellId: 'maker', endpoint: 'net' } as const
  expect(await kernel.ask({ ...request, variable: 'model' })).toEqual({
    endpoint: 'net',
    version: '1.0.0',
    url: '',
    page: '',
  })
  await expect(kernel.ask({ ...request, variable: 'nothing' })).rejects.toThrow(
    'run the cell first, so that the name has a value: nothing',
  )
  await expect(kernel.ask({ ...request, variable: 'predict' })).rejects.toThrow(/data/)
})

test('requests are answered while a cell runs', async () => {
  const { n, ended } = kernel.start('await new Promise(() => {})')
  expect(await kernel.ask({ type: 'ask', method: 'candidates', params: { cellId: 'nobody' } })).toEqual([])
  await kernel.interrupt(n)
  expect((await ended).state).toBe('interrupted')
})
