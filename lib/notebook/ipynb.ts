import { z } from 'zod'
import type { MimeBundle } from '../protocol/events'
import type { Cell } from './document'
import { type Environment, environment, isEmptyEnvironment, noEnvironment } from './environment'
import { upgradeIpynb3 } from './ipynb-3'
import type { FileContent } from './percent-file'
import { defaultSettings } from './settings'
import { isResultName } from './sql/result-name'
import type { CellState, NotebookState, Output } from './state'

/** Jupyter's file format, nbformat 4: read in any minor version and in 3, written as 4.5. */

/** nbformat writes texts as one string or as its lines. */
const multiline = z.union([z.string(), z.array(z.string())])
const metadata = z.record(z.string(), z.unknown())
const mimeData = z.record(z.string(), z.json())

const ipynbOutput = z.discriminatedUnion('output_type', [
  z.looseObject({ output_type: z.literal('stream'), name: z.string(), text: multiline }),
  z.looseObject({ output_type: z.literal('display_data'), data: mimeData, metadata: metadata.default({}) }),
  z.looseObject({
    output_type: z.literal('execute_result'),
    data: mimeData,
    metadata: metadata.default({}),
    execution_count: z.number().int().nullable(),
  }),
  z.looseObject({
    output_type: z.literal('error'),
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
])

/** What marks a code cell as one of SQL; other programs keep it, and see code. */
const sqlMetadata = z.object({
  kind: z.literal('sql'),
  result: z.string().refine(isResultName).optional().catch(undefined),
})

const ipynbCell = z.looseObject({
  id: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,64}$/)
    .optional(),
  cell_type: z.enum(['code', 'markdown', 'raw']),
  source: multiline,
  metadata: metadata.default({}),
  execution_count: z.number().int().nullable().optional(),
  outputs: z.array(ipynbOutput).optional(),
})

export const ipynbNotebook = z.looseObject({
  nbformat: z.literal(4),
  nbformat_minor: z.number().int().min(0),
  metadata,
  cells: z.array(ipynbCell),
})

export type IpynbContent = FileContent & { outputs: Record<string, CellState> }

/**
 * The cells of an `.ipynb` file and the outputs it holds, by cell id. Ids that Cellar cannot use become `c1`, `c2`, …;
 * raw cells become Markdown. Throws an `Error` that says what is wrong with the file.
 */
export function parseIpynb(text: string): IpynbContent {
  const { cells, metadata } = parseFile(text)
  const taken = new Set<string>()
  const outputs: Record<string, CellState> = {}
  const parsed = cells.map((cell, index): Cell => {
    const id = usableId(cell.id, index, taken)
    const sql = cell.cell_type === 'code' ? sqlMetadata.safeParse(cell.metadata.cellar).data : undefined
    const kind = cell.cell_type !== 'code' ? 'markdown' : (sql?.kind ?? 'code')
    if (kind !== 'markdown' && (cell.outputs?.length || cell.execution_count != null))
      outputs[id] = {
        executionId: `imported-${id}`,
        state: cell.outputs?.some((output) => output.output_type === 'error') ? 'failed' : 'done',
        ...(cell.execution_count != null && { executionCount: cell.execution_count }),
        outputs: (cell.outputs ?? []).map(toOutput),
      }
    const source = joined(cell.source).replace(/\r\n/g, '\n')
    return sql?.result === undefined ? { id, kind, source } : { id, kind, source, result: sql.result }
  })
  const { reactivity } = marked.parse(metadata.cellar)
  return { cells: parsed, outputs, environment: readPackages(metadata.cellar), reactivity }
}

/** What marks a whole notebook. */
const marked = z
  .object({ reactivity: z.enum(['stale', 'automatic', 'off']).catch(defaultSettings.reactivity) })
  .catch({ reactivity: defaultSettings.reactivity })

/** The notebook's own packages, which Cellar writes into the file's metadata. */
function readPackages(cellar: unknown): Environment {
  if (cellar === undefined || !Object.hasOwn(Object(cellar), 'packages')) return noEnvironment
  const found = environment.safeParse(cellar)
  if (found.success) return found.data
  const [issue] = found.error.issues
  throw new Error(
    `the file's packages cannot be read: ${issue?.path.join('.') || 'metadata.cellar'}: ${issue?.message}`,
  )
}

function parseFile(text: string) {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new Error(`not a notebook: ${(cause as Error).message}`, { cause })
  }
  const version = (json as { nbformat?: unknown } | null)?.nbformat
  if (version === 3) return checked(upgradeIpynb3(json))
  if (typeof version === 'number' && version !== 4)
    throw new Error(`unsupported notebook format: ${version}; save it as nbformat 4 first`)
  return checked(json)
}

function checked(json: unknown) {
  const result = ipynbNotebook.safeParse(json)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Error(`not a notebook: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`)
}

function usableId(id: string | undefined, index: number, taken: Set<string>) {
  let usable = id && /^[0-9a-z]{1,64}$/.test(id) && !taken.has(id) ? id : `c${index + 1}`
  while (taken.has(usable)) usable += 'x'
  taken.add(usable)
  return usable
}

const joined = (text: string | string[]) => (Array.isArray(text) ? text.join('') : text)

function toOutput(output: z.infer<typeof ipynbOutput>): Output {
  switch (output.output_type) {
    case 'stream':
      return {
        output_type: 'stream',
        name: output.name === 'stderr' ? 'stderr' : 'stdout',
        text: joined(output.text),
      }
    case 'display_data':
      return { output_type: 'display_data', data: joinBundle(output.data), metadata: output.metadata }
    case 'execute_result': {
      const { data, metadata, execution_count } = output
      return {
        output_type: 'execute_result',
        data: joinBundle(data),
        metadata,
        execution_count: execution_count ?? 0,
      }
    }
    case 'error': {
      const { ename, evalue, traceback } = output
      return { output_type: 'error', ename, evalue, traceback, frames: [] }
    }
  }
}

/** JSON stays as it is; every other type is text, perhaps in lines. */
const isJson = (type: string) => /(^|[/+])json$/.test(type)
const isLines = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((line) => typeof line === 'string')

const joinBundle = (data: MimeBundle): MimeBundle =>
  Object.fromEntries(
    Object.entries(data).map(([type, value]) => [
      type,
      !isJson(type) && isLines(value) ? value.join('') : value,
    ]),
  )

/** The `.ipynb` file of a notebook with its outputs, as Jupyter itself writes it (one space, a newline at the end). */
export function formatIpynb(
  {
    cells,
    environment: packages = noEnvironment,
    reactivity = defaultSettings.reactivity,
  }: Pick<FileContent, 'cells'> & Partial<FileContent>,
  state?: Pick<NotebookState, 'cells'>,
  title?: string,
): string {
  const cellar = {
    ...(!isEmptyEnvironment(packages) && packages),
    ...(reactivity !== defaultSettings.reactivity && { reactivity }),
  }
  const notebook = {
    cells: cells.map((cell) => formatCell(cell, state?.cells[cell.id])),
    metadata: {
      ...(Object.keys(cellar).length > 0 && { cellar }),
      kernelspec: { display_name: 'Cellar', language: 'typescript', name: 'cellar' },
      language_info: { file_extension: '.ts', mimetype: 'text/typescript', name: 'typescript' },
      ...(title && { title }),
    },
    nbformat: 4,
    nbformat_minor: 5,
  }
  return `${JSON.stringify(sortKeys(notebook), null, 1)}\n`
}

function formatCell({ id, kind, source, result }: Cell, state: CellState | undefined) {
  const metadata = kind === 'sql' ? { cellar: { kind, ...(result !== undefined && { result }) } } : {}
  const cell_type = kind === 'markdown' ? 'markdown' : 'code'
  const common = { cell_type, id, metadata, source: toLines(source) }
  if (kind === 'markdown') return common
  const { cell_type: _, ...rest } = common
  const execution_count = state?.executionCount ?? null
  return { cell_type, execution_count, ...rest, outputs: (state?.outputs ?? []).map(fromOutput) }
}

function fromOutput(output: Output) {
  switch (output.output_type) {
    case 'stream':
      return { name: output.name, output_type: 'stream', text: toLines(streamText(output)) }
    case 'display_data': {
      const { data, metadata } = output
      return { data: splitBundle(data), metadata, output_type: 'display_data' }
    }
    case 'execute_result': {
      const { data, metadata, execution_count } = output
      return { data: splitBundle(data), execution_count, metadata, output_type: 'execute_result' }
    }
    case 'error': {
      const { ename, evalue, traceback } = output
      return { ename, evalue, output_type: 'error', traceback }
    }
  }
}

/** nbformat knows no cut streams: head and tail stand together, with a line that says what is missing. */
function streamText({ text, tail, omitted }: Extract<Output, { output_type: 'stream' }>) {
  if (!omitted) return text + (tail ?? '')
  const line = text === '' || text.endsWith('\n') ? '' : '\n'
  return `${text}${line}… ${omitted.toLocaleString('en')} bytes left out\n${tail ?? ''}`
}

const splitBundle = (data: MimeBundle) =>
  Object.fromEntries(
    Object.entries(data).map(([type, value]) => [
      type,
      typeof value === 'string' && /^text\/|svg/.test(type) ? toLines(value) : value,
    ]),
  )

/** Jupyter writes keys in order, so that files differ where notebooks do; the data of JSON outputs keeps its own. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (value === null || typeof value !== 'object') return value
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, inner]) => [key, isJson(key) ? inner : sortKeys(inner)]))
}

/** Lines with their ends, as Jupyter writes them; no line for the empty text. */
const toLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []
