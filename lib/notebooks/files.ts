import { eq } from 'drizzle-orm'
import { notebooks } from '../../drizzle/schema'
import { database } from '../db'
import { loadState } from '../kernels/load'
import { toCells } from '../notebook/document'
import { readEnvironment } from '../notebook/environment'
import { addEnvironment, takeEnvironment } from '../notebook/environment-text'
import { formatIpynb, parseIpynb } from '../notebook/ipynb'
import { formatPercent, parsePercent } from '../notebook/percent'
import { Refused } from '../refused'
import { insertNotebook } from './create'
import { formatHtml } from './export-html'
import { formatScript } from './export-script'
import { outputEvents } from './output-events'
import { titleOf } from './title'
import { loadDocument } from './updates'

export type FileToImport = {
  workspaceId: string
  userId: string
  /** The folder that the notebook is put into; the top unless given. */
  folderId?: string
  name: string
  text: string
}

/** A notebook from the text of a `.ts` or `.ipynb` file, with the outputs that the file holds. */
export async function importNotebook(
  { workspaceId, userId, folderId, name, text }: FileToImport,
  db = database(),
) {
  const owner = { workspaceId, userId, folderId }
  if (/\.ipynb$/i.test(name)) {
    const { cells, outputs, environment } = readable(name, () => parseIpynb(text))
    const events = outputEvents(outputs)
    return insertNotebook({ ...owner, title: titleOf(cells, name), cells, environment, events }, db)
  }
  if (!/\.tsx?$/i.test(name)) throw new Refused(422, 'not_a_notebook', `not a .ts or .ipynb file: ${name}`)
  const { text: file, environment } = readable(name, () => takeEnvironment(text))
  const cells = parsePercent(file)
  return insertNotebook({ ...owner, title: titleOf(cells, name), cells, environment, file }, db)
}

function readable<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new Refused(422, 'not_a_notebook', `${(cause as Error).message}: ${name}`)
  }
}

/** A copy in the same workspace, without outputs. */
export async function duplicateNotebook(id: string, userId: string, db = database()) {
  const [row, { document }] = await Promise.all([findRow(id, db), loadDocument(id, db)])
  const { workspaceId, folderId, title, file } = row
  const cells = toCells(document)
  const environment = readEnvironment(document)
  const copy = `${title} (copy)`.slice(0, 200)
  return insertNotebook(
    {
      workspaceId,
      userId,
      folderId: folderId ?? undefined,
      title: copy,
      cells,
      environment,
      file: file ?? undefined,
    },
    db,
  )
}

export type NotebookFile = { name: string; type: string; text: string }

export const exportFormats = ['ts', 'ipynb', 'html', 'script'] as const
export type ExportFormat = (typeof exportFormats)[number]

/**
 * A notebook as a file: percent TypeScript, byte for byte as it came where nobody edited it; Jupyter's, with outputs;
 * a page to read, with outputs; or a script that runs without Cellar.
 */
export async function exportNotebook(
  id: string,
  format: ExportFormat,
  db = database(),
): Promise<NotebookFile> {
  const [{ title, file, example }, { document }] = await Promise.all([findRow(id, db), loadDocument(id, db)])
  const cells = toCells(document)
  const environment = readEnvironment(document)
  const base = example?.replace(/\.ts$/, '') ?? fileName(title)
  if (format === 'ts')
    return {
      name: `${base}.ts`,
      type: 'text/typescript',
      text: addEnvironment(formatPercent(cells, file ?? ''), environment),
    }
  if (format === 'script')
    return { name: `${base}.script.ts`, type: 'text/typescript', text: formatScript(cells, title) }
  const state = await loadState(id, db)
  if (format === 'html')
    return { name: `${base}.html`, type: 'text/html', text: formatHtml(cells, state, title) }
  const text = formatIpynb(cells, state, title, environment)
  return { name: `${base}.ipynb`, type: 'application/x-ipynb+json', text }
}

async function findRow(id: string, db: ReturnType<typeof database>) {
  const [row] = await db.select().from(notebooks).where(eq(notebooks.id, id))
  if (!row) throw new Refused(404, 'not_found', 'there is no such notebook')
  return row
}

const fileName = (title: string) =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'notebook'
