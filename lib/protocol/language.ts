import { z } from 'zod'

/**
 * Types across a notebook: what web tells a host of the cells' texts, what a host tells of their problems, and what
 * pages ask. Positions are LSP's: lines and UTF-16 columns from 0, within a cell's own text.
 */

const cellId = z.string().regex(/^[0-9a-z]{1,64}$/)
const position = z.object({ line: z.int().min(0), character: z.int().min(0) })
export type TextPosition = z.infer<typeof position>
export type TextRange = { start: TextPosition; end: TextPosition }

/** A cell as the language server needs it. An SQL cell defines its `result`; other kinds than these are not told. */
export type LanguageCell = { id: string; kind: 'code' | 'sql'; source: string; result?: string }

/** web → host: what changed since the last such message, or with `whole` all that there is. */
export type LanguageCells = {
  notebookId: string
  whole: boolean
  /** Ids of all cells in page order. */
  order: string[]
  changed: LanguageCell[]
}

const severity = z.enum(['error', 'warning', 'hint'])
const range = z.object({ start: position, end: position })

const problem = z.object({
  range,
  severity,
  /** TypeScript's number of it. */
  code: z.int(),
  message: z.string(),
  /** Drawn pale: it is never used. */
  unnecessary: z.boolean().optional(),
  /** Drawn struck through. */
  deprecated: z.boolean().optional(),
})
export type Problem = z.infer<typeof problem>

/** The problems of one cell, found in the text of this fingerprint. */
const cellProblems = z.object({ cellId, text: z.int(), problems: z.array(problem) })
export type CellProblems = z.infer<typeof cellProblems>

/** host → web → room: the cells whose problems are other ones than before. */
export const problemsFound = z.object({ notebookId: z.uuid(), cells: z.array(cellProblems) })
export type ProblemsFound = z.infer<typeof problemsFound>

/** Kinds and flags as LSP numbers them. */
export type Completion = {
  label: string
  kind: number
  /** Left out where it is the label. */
  insertText?: string
  filterText?: string
  sortText: string
  /** Beside the label: where it comes from. */
  description?: string
  deprecated?: true
  /** What it replaces, where that is not the word. */
  range?: TextRange
  commitCharacters?: string[]
}
export type Completions = {
  /** Names the list for `language.resolve`; the next list of the notebook ends it. */
  list: number
  incomplete: boolean
  items: Completion[]
}
/** `text`: TypeScript; `documentation`: Markdown. */
export type ResolvedCompletion = { text: string; documentation: string; edits: TextEdit[] }

export type Hover = { markdown: string; range: TextRange | null }
export type Signatures = {
  signatures: {
    label: string
    documentation: string
    parameters: { label: string | [number, number]; documentation: string }[]
  }[]
  active: number
  activeParameter: number
}

export type TextEdit = { range: TextRange; newText: string }
export type CellEdits = { cellId: string; edits: TextEdit[] }

/** A place in a cell, or in a file of a package, which `language.file` gives. */
export type CodePlace = { range: TextRange } & ({ cellId: string } | { file: string })

export type Rename = { range: TextRange; name: string }
export type QuickFix = { title: string; preferred: boolean; edits: CellEdits[] }

/** A place in a cell, with the text that the page shows there: what a host has not heard of yet it takes from here. */
const source = z.string().max(1_000_000)
const place = z.object({ cellId, source, position })
const cellText = z.object({ cellId, source })
const renaming = place.extend({ newName: z.string().min(1).max(200) })
const fixing = cellText.extend({ range })
const completing = place.extend({
  /** The character that asked for it, where it was not a key of its own. */
  trigger: z.string().max(1).optional(),
})
const resolving = z.object({ list: z.int(), index: z.int().min(0) })
const checking = z.object({ cellIds: z.array(cellId).max(1000) })
const reading = z.object({ file: z.string().max(4096) })

/** What a page asks; who may not write cannot hand over a text: for such a person it is only compared. */
export const languageAsks = {
  'language.problems': { to: 'host', action: 'notebook.read', params: z.object({}) },
  /** Of these cells as they are now. */
  'language.check': { to: 'host', action: 'notebook.read', params: checking },
  'language.complete': { to: 'host', action: 'notebook.write', params: completing },
  'language.resolve': { to: 'host', action: 'notebook.write', params: resolving },
  'language.signatures': { to: 'host', action: 'notebook.write', params: place },
  'language.hover': { to: 'host', action: 'notebook.read', params: place },
  'language.definition': { to: 'host', action: 'notebook.read', params: place },
  'language.references': { to: 'host', action: 'notebook.read', params: place },
  /** A file of a package or of TypeScript that a definition led to. */
  'language.file': { to: 'host', action: 'notebook.read', params: reading },
  'language.renameable': { to: 'host', action: 'notebook.write', params: place },
  'language.rename': { to: 'host', action: 'notebook.write', params: renaming },
  'language.fixes': { to: 'host', action: 'notebook.write', params: fixing },
  'language.format': { to: 'host', action: 'notebook.write', params: cellText },
} as const

export type LanguageResults = {
  'language.problems': CellProblems[]
  'language.check': CellProblems[]
  'language.complete': Completions
  'language.resolve': ResolvedCompletion | null
  'language.signatures': Signatures | null
  'language.hover': Hover | null
  'language.definition': CodePlace[]
  'language.references': CodePlace[]
  'language.file': { name: string; text: string } | null
  /** `null`: nothing at this place has a name that can change. */
  'language.renameable': Rename | null
  'language.rename': CellEdits[]
  'language.fixes': QuickFix[]
  'language.format': TextEdit[]
}

/** Tells two texts of a cell apart; equal texts have equal ones (FNV-1a). */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
