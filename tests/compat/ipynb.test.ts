import { expect, test } from 'vitest'
import type { Cell } from '../../lib/notebook/document'
import { formatIpynb, parseIpynb } from '../../lib/notebook/ipynb'
import type { CellState, Output } from '../../lib/notebook/state'
import { runPython } from './python'

const cells: Cell[] = [
  { id: 'intro', kind: 'markdown', source: '# Études 😀\n\ntext with a trailing line\n' },
  { id: 'empty', kind: 'code', source: '' },
  { id: 'work', kind: 'code', source: 'const a = "\\u0007"\nconsole.log(a)' },
  { id: 'query', kind: 'sql', source: 'select 1 as one', result: 'grown' },
]
const outputs: Output[] = [
  { output_type: 'stream', name: 'stdout', text: 'a\nb' },
  { output_type: 'stream', name: 'stderr', text: 'half\n' },
  {
    output_type: 'display_data',
    data: {
      'image/png': 'iVBORw0KGgo=',
      'image/svg+xml': '<svg>\n</svg>',
      'text/html': '<b>\n1</b>',
      'text/plain': 'x',
      'application/vnd.cellar.table+json': {
        columns: [{ name: 'é', type: 'string' }],
        head: [[null]],
        rows: 1,
      },
    },
    metadata: { width: 3 },
  },
  { output_type: 'execute_result', data: { 'text/plain': '42' }, metadata: {}, execution_count: 3 },
  {
    output_type: 'error',
    ename: 'TypeError',
    evalue: 'no',
    traceback: ['TypeError: no', '    at x'],
    frames: [],
  },
]
const state: Record<string, CellState> = {
  work: { executionId: 'imported-work', state: 'failed', executionCount: 3, outputs },
}

test('what Cellar writes is a valid notebook to nbformat, which writes it again byte for byte', async () => {
  const text = formatIpynb({ cells }, { cells: state }, 'Études')
  const written = await runPython<string>('ipynb.py', text, 'nbformat.txt')
  expect(written).toBe(text)
  expect(parseIpynb(written)).toMatchObject({ cells, outputs: state })
}, 300_000)
