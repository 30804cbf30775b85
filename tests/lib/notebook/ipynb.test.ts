import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noEnvironment } from '../../../lib/notebook/environment'
import { formatIpynb, ipynbNotebook, parseIpynb } from '../../../lib/notebook/ipynb'
import type { CellState } from '../../../lib/notebook/state'

const cells = [
  { id: 'a1', kind: 'markdown' as const, source: '# Title\n\ntext' },
  { id: 'b2', kind: 'code' as const, source: "console.log('hi')\n1" },
  { id: 'c3', kind: 'code' as const, source: '' },
]
const state: CellState = {
  executionId: 'x',
  state: 'failed',
  executionCount: 7,
  outputs: [
    { output_type: 'stream', name: 'stdout', text: 'hi\nthere' },
    {
      output_type: 'display_data',
      data: { 'text/html': '<b>\n</b>', 'image/png': 'AAAA' },
      metadata: {},
      display_id: 'd',
    },
    {
      output_type: 'execute_result',
      data: { 'text/plain': '1', 'application/vnd.cellar.table+json': { rows: 1, columns: [], head: [] } },
      metadata: {},
      execution_count: 7,
    },
    { output_type: 'error', ename: 'Error', evalue: 'no', traceback: ['Error: no'], frames: [] },
  ],
}

test('a notebook is written as nbformat 4.5', () => {
  expect(JSON.parse(formatIpynb({ cells }, { cells: { b2: state } }))).toEqual({
    cells: [
      { cell_type: 'markdown', id: 'a1', metadata: {}, source: ['# Title\n', '\n', 'text'] },
      {
        cell_type: 'code',
        execution_count: 7,
        id: 'b2',
        metadata: {},
        source: ["console.log('hi')\n", '1'],
        outputs: [
          { output_type: 'stream', name: 'stdout', text: ['hi\n', 'there'] },
          {
            output_type: 'display_data',
            data: { 'text/html': ['<b>\n', '</b>'], 'image/png': 'AAAA' },
            metadata: {},
          },
          {
            output_type: 'execute_result',
            data: {
              'text/plain': ['1'],
              'application/vnd.cellar.table+json': { rows: 1, columns: [], head: [] },
            },
            metadata: {},
            execution_count: 7,
          },
          { output_type: 'error', ename: 'Error', evalue: 'no', traceback: ['Error: no'] },
        ],
      },
      { cell_type: 'code', execution_count: null, id: 'c3', metadata: {}, source: [], outputs: [] },
    ],
    metadata: {
      kernelspec: { display_name: 'Cellar', language: 'typescript', name: 'cellar' },
      language_info: { file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  })
})

test('cells and outputs come back as they were written', () => {
  const parsed = parseIpynb(formatIpynb({ cells }, { cells: { b2: state } }))
  const [stream, display, ...rest] = state.outputs
  expect(parsed).toEqual({
    cells,
    outputs: {
      b2: {
        ...state,
        executionId: 'imported-b2',
        // Display ids are of a kernel's life; nbformat does not keep them.
        outputs: [stream, { ...display, display_id: undefined }, ...rest],
      },
    },
    environment: noEnvironment,
    reactivity: 'stale',
  })
  expect(formatIpynb(parsed, { cells: parsed.outputs })).toBe(
    formatIpynb({ cells }, { cells: { b2: state } }),
  )
})

test('what a stream left out is said in the file', () => {
  const cut: CellState = {
    ...state,
    outputs: [{ output_type: 'stream', name: 'stdout', text: 'head', omitted: 1234, tail: 'tail\n' }],
  }
  const { cells: written } = JSON.parse(formatIpynb({ cells }, { cells: { b2: cut } }))
  expect(written[1].outputs[0].text).toEqual(['head\n', '… 1,234 bytes left out\n', 'tail\n'])
})

test('files of other kernels and older minor versions are read', () => {
  const file = {
    nbformat: 4,
    nbformat_minor: 2,
    metadata: { kernelspec: { name: 'python3' } },
    cells: [
      { cell_type: 'raw', metadata: {}, source: 'raw text' },
      {
        cell_type: 'code',
        id: 'Has-Capitals',
        metadata: { tags: [] },
        source: ['a\r\n', 'b'],
        outputs: [],
        execution_count: null,
      },
      { cell_type: 'code', id: 'c1', metadata: {}, source: 'x', outputs: [], execution_count: 3 },
    ],
  }
  expect(parseIpynb(`\uFEFF${JSON.stringify(file)}`)).toEqual({
    cells: [
      { id: 'c1', kind: 'markdown', source: 'raw text' },
      { id: 'c2', kind: 'code', source: 'a\nb' },
      { id: 'c3', kind: 'code', source: 'x' },
    ],
    outputs: { c3: { executionId: 'imported-c3', state: 'done', executionCount: 3, outputs: [] } },
    environment: noEnvironment,
    reactivity: 'stale',
  })
})

const refused: [file: string, message: string][] = [
  ['{"nbformat": 2, "worksheets": []}', 'unsupported notebook format: 2; save it as nbformat 4 first'],
  [
    '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
    'not a notebook: cells: Invalid input: expected array, received undefined',
  ],
  ['[]', 'not a notebook: the file: Invalid input: expected object, received array'],
]
for (const [file, message] of refused)
  test(`refused: ${message}`, () => {
    expect(() => parseIpynb(file)).toThrow(new Error(message))
  })

test('a file that is no JSON is refused', () => {
  expect(() => parseIpynb('// %%\n1')).toThrow(/^not a notebook: /)
})

const nbformat = (() => {
  try {
    execFileSync('python3', ['-c', 'import nbformat'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
test.runIf(nbformat)('Jupyter’s own validator accepts what is written', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'cellar-ipynb-')), 'out.ipynb')
  writeFileSync(file, formatIpynb({ cells }, { cells: { b2: state } }))
  execFileSync('python3', [
    '-c',
    'import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], as_version=4))',
    file,
  ])
})

test('the written file satisfies the validator', () => {
  expect(ipynbNotebook.safeParse(JSON.parse(formatIpynb({ cells }, { cells: { b2: state } }))).success).toBe(
    true,
  )
})

test('an SQL cell is a code cell that says so in its metadata', () => {
  const cells = [
    { id: 'a', kind: 'sql' as const, source: 'FROM people', result: 'everyone' },
    { id: 'b', kind: 'sql' as const, source: 'FROM people' },
  ]
  const file = formatIpynb({ cells })
  expect(JSON.parse(file).cells[0]).toEqual({
    cell_type: 'code',
    execution_count: null,
    id: 'a',
    metadata: { cellar: { kind: 'sql', result: 'everyone' } },
    outputs: [],
    source: ['FROM people'],
  })
  expect(parseIpynb(file).cells).toEqual(cells)
})
