import { csvParse, tsvParse } from 'd3-dsv'
import { parseTruth } from './parse-truth'

export type Label = { request_id: string; truth: unknown }

const columns = 'it needs the columns request_id and truth'

/** Labels of a file: CSV or TSV with the columns request_id and truth, a JSON array, or a JSON object per line. */
export function readLabels(name: string, text: string): Label[] {
  const labels = /\.(json|ndjson|jsonl)$/i.test(name) ? fromJson(name, text) : fromTable(name, text)
  if (labels.length === 0) throw new Error(`${name} holds no labels: ${columns}`)
  return labels
}

function fromTable(name: string, text: string): Label[] {
  const rows = (/\.tsv$/i.test(name) ? tsvParse : csvParse)(text.replace(/^\ufeff/, ''))
  const missing = ['request_id', 'truth'].filter((column) => !rows.columns.includes(column))
  if (missing.length > 0)
    throw new Error(`${name} has no column ${missing.join(' and no column ')}: ${columns}`)
  return rows
    .filter(({ truth }) => truth !== '')
    .map(({ request_id, truth }) => ({ request_id: request_id!, truth: parseTruth(truth!) }))
}

function fromJson(name: string, text: string): Label[] {
  const given: unknown[] = text.trimStart().startsWith('[')
    ? (JSON.parse(text) as unknown[])
    : text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as unknown)
  return given.map((each, i) => {
    const { request_id, truth } = (each ?? {}) as Partial<Label>
    if (typeof request_id !== 'string' || truth === undefined)
      throw new Error(`item ${i + 1} of ${name} has no request_id or no truth`)
    return { request_id, truth }
  })
}
