import { stripVTControlCharacters } from 'node:util'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import type { Cell } from '../notebook/document'
import type { CellState, NotebookState, Output } from '../notebook/state'
import type { MimeBundle } from '../protocol/events'
import { mime, type TableOutput } from '../protocol/mime'
import { htmlStyle } from './html-style'

/**
 * A notebook as one HTML file with its outputs, to read anywhere: it loads nothing from the network and runs no
 * script. Markup that cells made stands in frames of their own, where it can do neither.
 */
export function formatHtml(cells: Cell[], state: Pick<NotebookState, 'cells'>, title: string): string {
  const body = cells.map((cell) => formatCell(cell, state.cells[cell.id])).join('\n')
  // Frames inherit it.
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Cellar">
<title>${escapeHtml(title)}</title>
<style>${htmlStyle}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
}

function formatCell({ kind, source }: Cell, state: CellState | undefined): string {
  if (kind === 'markdown') return `<section class="text">${markdown(source)}</section>`
  const count =
    state?.executionCount === undefined ? '' : `<span class="count">[${state.executionCount}]</span>`
  const code = source.trim() === '' ? '' : `<pre class="code">${escapeHtml(source)}</pre>`
  const outputs = (state?.outputs ?? []).map(formatOutput).join('\n')
  return `<section class="cell">${count}${code}${outputs && `<div class="outputs">\n${outputs}\n</div>`}</section>`
}

function formatOutput(output: Output): string {
  switch (output.output_type) {
    case 'stream': {
      const { name, text, tail = '', omitted } = output
      const gap = omitted ? `\n… ${omitted.toLocaleString('en')} bytes left out\n` : ''
      return `<pre class="${name}">${plain(text + gap + tail)}</pre>`
    }
    case 'error': {
      const { ename, evalue, traceback } = output
      return `<pre class="error"><strong>${escapeHtml(ename)}: ${plain(evalue)}</strong>\n${plain(traceback.join('\n'))}</pre>`
    }
    case 'display_data':
    case 'execute_result':
      return formatBundle(output.data)
  }
}

/** The richest form that stands still. */
function formatBundle(data: MimeBundle): string {
  const text = (type: string) => {
    const value = data[type]
    return typeof value === 'string' ? value : undefined
  }
  const table = data[mime.table] as TableOutput | undefined
  if (table && Array.isArray(table.head)) return formatTable(table)
  for (const type of ['image/png', 'image/jpeg', 'image/gif', 'image/webp']) {
    const picture = text(type)
    if (picture) return image(`data:${type};base64,${picture.replace(/\s/g, '')}`)
  }
  const svg = text('image/svg+xml')
  // As a picture its scripts and links do nothing.
  if (svg) return image(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`)
  const html = text('text/html')
  if (html) return `<iframe sandbox title="HTML output" srcdoc="${escapeHtml(html)}"></iframe>`
  const words = text('text/markdown')
  if (words) return `<div class="text">${markdown(words)}</div>`
  const shown = text('text/plain')
  if (shown !== undefined) return `<pre class="result">${plain(shown)}</pre>`
  const json = data['application/json']
  return json === undefined ? '' : `<pre class="result">${escapeHtml(JSON.stringify(json, null, 2))}</pre>`
}

const image = (source: string) => `<img alt="Output" src="${escapeHtml(source)}">`

function formatTable({ rows, columns, head }: TableOutput): string {
  const titles = columns.map(
    ({ name, type }) => `<th>${escapeHtml(name)}<small>${escapeHtml(type)}</small></th>`,
  )
  const body = head.map(
    (row) => `<tr>${row.map((value) => `<td>${escapeHtml(String(value ?? ''))}</td>`).join('')}</tr>`,
  )
  const more = rows > head.length ? `, of which the first ${head.length} are here` : ''
  return `<div class="table"><table><thead><tr>${titles.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>
<p class="note">${rows.toLocaleString('en')} rows${more}</p>`
}

/** micromark leaves out markup and dangerous addresses unless told otherwise. */
const markdown = (source: string) => micromark(source, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })

const plain = (text: string) => escapeHtml(stripVTControlCharacters(text))

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
