import type { CellKind } from '../../../lib/notebook/document'

/** What an editor's text is written in. */
export type EditorLanguage = 'typescript' | 'markdown' | 'sql'

export const languageOf = (kind: CellKind): EditorLanguage => (kind === 'code' ? 'typescript' : kind)
