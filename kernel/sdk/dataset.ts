import { existsSync, readdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type IdxArray, readIdx } from '../../lib/protocol/idx'
import { tidyDelimited } from './delimited'
import { readParquet } from './parquet'
import { findRagged } from './ragged'

export type DatasetHost = {
  /** The notebook's folder. */
  folder: string
  /** Where else data is looked for, in order. */
  folders: string[]
  arquero: () => Promise<Arquero>
  /** A data set of the notebook's workspace. Rejects with `not_found` where there is none, or no such version. */
  open(name: string, version?: number): Promise<Table>
  /** Told of each file that was read, with its bytes as they are stored. */
  onRead?: (name: string, bytes: Uint8Array) => void
}

type Table = ReturnType<Arquero['fromCSV']>
/** The part of arquero that is used here. */
export type Arquero = Pick<typeof import('arquero'), 'fromCSV' | 'fromArrow' | 'from' | 'table'>

/** Which type a file's name gives. */
export type DatasetOf<Name extends string> = Name extends `${string}-idx${string}-ubyte${'' | '.gz'}`
  ? IdxArray<Uint8Array<ArrayBuffer>>
  : Name extends `${string}-idx${string}`
    ? IdxArray
    : Name extends `${string}.json` | `${string}.json.gz`
      ? unknown
      : Table

/** A name that can only be a data set's: it has no ending. */
const isDatasetName = (name: string) => /^[a-z0-9][a-z0-9_-]*$/.test(name)

/**
 * Reads a data set of the notebook's workspace as an arquero table: its newest version, or the one of `version`. Where a
 * file has this name, it reads a file of the notebook's folder, or of the project's data folders, by its ending (`.gz` may follow):
 * `.csv`, `.tsv`, `.arrow`, `.parquet` → an arquero table; of text, types found by their values, spaces around them dropped;
 * `.json` → a table where it is an array of records, else its value; MNIST's `…-idx3-ubyte` → `{ shape, data }`.
 */
export function createDataset({ folder, folders, arquero, open, onRead }: DatasetHost) {
  return async function dataset<Name extends string>(
    name: Name,
    { version }: { version?: number } = {},
  ): Promise<DatasetOf<Name>> {
    const everywhere = [folder, ...folders]
    const file = version === undefined ? find(name, everywhere) : undefined
    if (file === undefined) {
      if (version === undefined && !isDatasetName(name)) throw missing(name, everywhere)
      return (await open(name, version).catch((error: Error) => {
        if (error.name !== 'not_found') throw error
        throw new Error(`${error.message}; ${files(everywhere)}`)
      })) as DatasetOf<Name>
    }
    const stored = await readFile(file)
    onRead?.(name, stored)
    const isCompressed = stored[0] === 0x1f && stored[1] === 0x8b
    const bytes = isCompressed ? await naming(path.basename(file), () => decompress(stored)) : stored
    return (await read(path.basename(file).replace(/\.gz$/, ''), bytes, arquero)) as DatasetOf<Name>
  }
}

async function read(name: string, bytes: Buffer, arquero: DatasetHost['arquero']) {
  if (/[-.]idx(\d?)(-|$)/.test(name)) return naming(name, () => readIdx(bytes))
  const { fromCSV, fromArrow, from, table } = await arquero()
  switch (path.extname(name).toLowerCase()) {
    case '.csv':
      return fromCSV(readDelimited(name, bytes, ','))
    case '.tsv':
      return fromCSV(readDelimited(name, bytes, '\t'), { delimiter: '\t' })
    case '.parquet':
      return table(await naming(name, () => readParquet(bytes)))
    case '.arrow':
    case '.feather':
      // Arrow's buffers must be aligned: a copy begins at its own buffer's start.
      return naming(name, () => fromArrow(new Uint8Array(bytes)))
    case '.json': {
      const value = parseJson(name, decode(name, bytes))
      return isRecords(value) ? from(value) : value
    }
    default:
      throw new Error(`no reader for this kind of file (csv, tsv, json, arrow, parquet, idx): ${name}`)
  }
}

/** The text of rows that all have as many values as the head: of others nobody knows which value is missing. */
function readDelimited(name: string, bytes: Buffer, delimiter: ',' | '\t') {
  const text = tidyDelimited(decode(name, bytes), delimiter)
  const ragged = findRagged(text, delimiter)
  if (ragged) throw new Error(`${ragged}; mend that line of the file: ${name}`)
  return text
}

/** Strictly: a byte that is no text would become a sign that nobody wrote. */
function decode(name: string, bytes: Buffer): string {
  const [first, second] = bytes
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Error(
      `the file is ${isUtf16 ? 'written in UTF-16' : 'not UTF-8 text'}; save it as UTF-8: ${name}`,
    )
  }
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`the file is not JSON: ${(cause as Error).message}: ${name}`, { cause })
  }
}

function decompress(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes)
  } catch (cause) {
    throw new Error(`this compressed file is damaged or was cut short: ${(cause as Error).message}`, {
      cause,
    })
  }
}

/** An error of reading a file also names it. */
async function naming<T>(name: string, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (cause) {
    throw new Error(`${(cause as Error).message}; take a whole copy of it: ${name}`, { cause })
  }
}

const isRecords = (value: unknown): value is object[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each))

function find(name: string, folders: string[]) {
  for (const folder of folders) {
    const file = path.resolve(folder, name)
    if (existsSync(file) && statSync(file).isFile()) return file
  }
  return undefined
}

const missing = (name: string, folders: string[]) =>
  new Error(`there is no such file; ${files(folders)}: ${name}`)

function files(folders: string[]) {
  const there = [...new Set(folders.flatMap(list))].sort()
  return there.length > 0 ? `files that can be read are ${there.join(', ')}` : 'there are no files to read'
}

const readable = /\.(csv|tsv|json|arrow|feather|parquet)(\.gz)?$|-idx\d/i

function list(folder: string) {
  try {
    return readdirSync(folder).filter((name) => readable.test(name))
  } catch {
    return []
  }
}
