import type { ImportFormat } from '../../../lib/protocol/dataset-import'
import { Refused } from '../../../lib/refused'

const endings: Record<string, ImportFormat> = {
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  txt: 'csv',
  json: 'json',
  ndjson: 'json',
  jsonl: 'json',
  parquet: 'parquet',
  arrow: 'arrow',
  feather: 'arrow',
  ipc: 'arrow',
  xlsx: 'excel',
}

const magic = (start: Uint8Array) => Buffer.from(start.subarray(0, 8)).toString('latin1')

/** What a file is: by its first bytes where they say it, else by its name. Refuses what cannot be read (415). */
export function formatOf(name: string, start: Uint8Array): ImportFormat {
  const signature = magic(start)
  const ending = /\.([a-z]+)(\.gz)?$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (signature.startsWith('PAR1')) return 'parquet'
  if (signature.startsWith('ARROW1') || (ending === 'arrow' && signature.startsWith('\xff\xff\xff\xff')))
    return 'arrow'
  if (signature.startsWith('PK\x03\x04') && (ending === 'xlsx' || endings[ending] === undefined))
    return 'excel'
  if (signature.startsWith('\xd0\xcf\x11\xe0'))
    throw new Refused(415, 'old_excel', `this is an Excel file of before 2007; save it as .xlsx: ${name}`)
  const format = endings[ending]
  if (format === 'csv' || format === 'json') return format
  if (format) {
    throw new Refused(
      415,
      'not_its_kind',
      `the file does not begin as a .${ending} file does, or is damaged: ${name}`,
    )
  }
  throw new Refused(
    415,
    'unknown_format',
    `no reader for this kind of file; there are csv, tsv, json, ndjson, parquet, arrow and xlsx: ${name}`,
  )
}
