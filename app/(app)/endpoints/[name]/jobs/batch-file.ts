import type { BatchFormat } from '../../../../../lib/protocol/prediction-jobs'

const formats: Record<string, BatchFormat> = {
  csv: 'csv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  json: 'json',
  parquet: 'parquet',
}

/** What the files that can be a batch end in, for a file dialog. */
export const accepted = Object.keys(formats)
  .map((ending) => `.${ending}`)
  .join(',')

/** What a file holds, by the end of its name; undefined for what is no batch. */
export function formatOf(name: string): BatchFormat | undefined {
  return formats[name.split('.').at(-1)?.toLowerCase() ?? '']
}
