import { eq } from 'drizzle-orm'
import type * as Y from 'yjs'
import { notebooks } from '../../drizzle/schema'
import { database } from '../db'
import { loadState } from '../kernels/load'
import { toCells } from '../notebook/document'
import { readEnvironment } from '../notebook/environment'
import { formatIpynb, parseIpynb } from '../notebook/ipynb'
import { type FileContent, formatPercentFile, parsePercentFile } from '../notebook/percent-file'
import { readSettings } from '../notebook/settings'
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
    const { outputs, ...content } = readable(name, () => parseIpynb(text))
    const events = outputEvents(outputs)
    return insertNotebook({ ...owner, title: titleOf(content.cells, name), ...content, events }, db)
  }
  if (!/\.tsx?$/i.test(name)) throw new Refused(422, 'not_a_notebook', `not a .ts or .ipynb file: ${name}`)
  const content = readable(name, () => parsePercentFile(text))
  return insertNotebook({ ...owner, title: titleOf(content.cells, name), ...content }, db)
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
  const copy = `${title} (copy)`.slice(0, 200)
  return insertNotebook(
    {
      workspaceId,
      userId,
      folderId: folderId ?? undefined,
      title: copy,
      ...contentOf(document),
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
  const content = contentOf(document)
  const { cells } = content
  const base = example?.replace(/\.ts$/, '') ?? fileName(title)
  if (format === 'ts')
    return {
      name: `${base}.ts`,
      type: 'text/typescript',
      text: formatPercentFile(content, file ?? ''),
    }
  if (format === 'script')
    return { name: `${base}.script.ts`, type: 'text/typescript', text: formatScript(cells, title) }
  const state = await loadState(id, db)
  if (format === 'html')
    return { name: `${base}.html`, type: 'text/html', text: formatHtml(cells, state, title) }
  const text = formatIpynb(content, state, title)
  return { name: `${base}.ipynb`, type: 'application/x-ipynb+json', text }
}

const contentOf = (document: Y.Doc): FileContent => ({
  cells: toCells(document),
  environment: readEnvironment(document),
  reactivity: readSettings(document).reactivity,
})

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
