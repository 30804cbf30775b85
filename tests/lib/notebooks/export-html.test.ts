import { expect, test } from 'vitest'
import type { Cell } from '../../../lib/notebook/document'
import type { CellState, Output } from '../../../lib/notebook/state'
import { formatHtml } from '../../../lib/notebooks/export-html'
import { mime } from '../../../lib/protocol/mime'

const page = (cells: Cell[], outputs: Record<string, Output[]> = {}, title = 'Study') => {
  const state = Object.entries(outputs).map(([id, all]): [string, CellState] => [
    id,
    { executionId: id, state: 'done', executionCount: 3, outputs: all },
  ])
  return formatHtml(cells, { cells: Object.fromEntries(state) }, title)
}
const cell = (source: string): Cell => ({ id: 'a', kind: 'code', source })
const shown = (data: Record<string, unknown>) => {
  const html = page([cell('')], { a: [{ output_type: 'display_data', data: data as never, metadata: {} }] })
  return /<div class="outputs">\n([\s\S]*)\n<\/div><\/section>/.exec(html)?.[1]
}

test('a page holds title, text, code and outputs, and loads nothing', () => {
  const html = page(
    [{ id: 'm', kind: 'markdown', source: '# A **title**\n\n| a |\n| - |\n| 1 |' }, cell('const a = 1 < 2')],
    {
      a: [
        {
          output_type: 'stream',
          name: 'stdout',
          text: '\u001b[31mred\u001b[0m & more',
          omitted: 5,
          tail: 'end',
        },
      ],
    },
    'Tom & <Jerry>',
  )
  expect(html).toContain('<title>Tom &#38; &#60;Jerry&#62;</title>')
  expect(html).toContain('<h1>A <strong>title</strong></h1>')
  expect(html).toContain('<td>1</td>')
  expect(html).toContain('<span class="count">[3]</span><pre class="code">const a = 1 &#60; 2</pre>')
  expect(html).toContain('<pre class="stdout">red &#38; more\n… 5 bytes left out\nend</pre>')
  expect(html).toContain(`content="default-src 'none'; img-src data:;`)
  expect(html).not.toMatch(/<script|<link|https?:/)
})

test('markup of cells stands in a frame without rights, svg is a picture, text is escaped', () => {
  expect(shown({ 'text/html': '<script>alert("1")</script>', 'text/plain': 'x' })).toBe(
    '<iframe sandbox title="HTML output" srcdoc="&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;"></iframe>',
  )
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
  expect(shown({ 'image/svg+xml': svg })).toBe(
    `<img alt="Output" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`,
  )
  expect(shown({ 'image/png': 'AA"><script>\nBB' })).toBe(
    '<img alt="Output" src="data:image/png;base64,AA&#34;&#62;&#60;script&#62;BB">',
  )
  expect(shown({ 'text/plain': '<b>' })).toBe('<pre class="result">&#60;b&#62;</pre>')
  expect(shown({ 'text/markdown': '<img src=x onerror=alert(1)>[a](javascript:alert(1))' })).toBe(
    '<div class="text"><p>&lt;img src=x onerror=alert(1)&gt;<a href="">a</a></p></div>',
  )
})

test('a table shows the rows it has and says how many there are', () => {
  const table = { rows: 1200, columns: [{ name: 'a<', type: 'number' }], head: [[1], [null], ['<']] }
  expect(shown({ [mime.table]: table, 'text/plain': 'x' })).toBe(
    `<div class="table"><table><thead><tr><th>a&#60;<small>number</small></th></tr></thead><tbody><tr><td>1</td></tr><tr><td></td></tr><tr><td>&#60;</td></tr></tbody></table></div>
<p class="note">1,200 rows, of which the first 3 are here</p>`,
  )
})

test('an error shows its name and where it was thrown', () => {
  const html = page([cell('x')], {
    a: [
      {
        output_type: 'error',
        ename: 'TypeError',
        evalue: 'x < y',
        traceback: ['at cell-a.ts:1:1'],
        frames: [],
      },
    ],
  })
  expect(html).toContain('<pre class="error"><strong>TypeError: x &#60; y</strong>\nat cell-a.ts:1:1</pre>')
})
