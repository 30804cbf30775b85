import { z } from 'zod'

/** Jupyter's file format before 2015, as far as it differs from nbformat 4. */

const output = z.looseObject({ output_type: z.string() })
const cell = z.looseObject({ cell_type: z.string() })
const notebook = z.looseObject({ worksheets: z.array(z.looseObject({ cells: z.array(cell) })) })

/** What nbformat 3 called the types of a display. */
const types: Record<string, string> = {
  text: 'text/plain',
  html: 'text/html',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpeg: 'image/jpeg',
  latex: 'text/latex',
  json: 'application/json',
  javascript: 'application/javascript',
}

/** The same notebook in nbformat 4, still to be checked. Throws an `Error` that says what is wrong with the file. */
export function upgradeIpynb3(json: unknown): unknown {
  const { success, data, error } = notebook.safeParse(json)
  if (!success) {
    const [issue] = error.issues
    throw new Error(`not a notebook: ${issue?.path.join('.')}: ${issue?.message}`)
  }
  const cells = data.worksheets.flatMap((sheet) => sheet.cells.map(upgradeCell))
  return { nbformat: 4, nbformat_minor: 0, metadata: {}, cells }
}

function upgradeCell(old: z.infer<typeof cell>) {
  const { cell_type, source, level, input, prompt_number, outputs } = old
  if (cell_type === 'code')
    return {
      cell_type,
      metadata: {},
      source: input,
      execution_count: prompt_number ?? null,
      outputs: z.array(output).catch([]).parse(outputs).map(upgradeOutput),
    }
  if (cell_type === 'heading') {
    const text = Array.isArray(source) ? source.join('') : source
    return { cell_type: 'markdown', metadata: {}, source: `${'#'.repeat(Number(level) || 1)} ${text}` }
  }
  return { cell_type: cell_type === 'html' ? 'markdown' : cell_type, metadata: {}, source }
}

function upgradeOutput(old: z.infer<typeof output>) {
  const { output_type, stream, text, prompt_number, ename, evalue, traceback } = old
  const data = Object.fromEntries(
    Object.entries(old).flatMap(([name, value]) => (name in types ? [[types[name], value]] : [])),
  )
  switch (output_type) {
    case 'stream':
      return { output_type, name: stream ?? 'stdout', text }
    case 'pyout':
      return { output_type: 'execute_result', data, metadata: {}, execution_count: prompt_number ?? null }
    case 'pyerr':
      return { output_type: 'error', ename, evalue, traceback }
    default:
      return { output_type, data, metadata: {} }
  }
}
