import { languages, Range } from 'monaco-editor/editor'
import { completeSql, filesNamed, type SqlSuggestion } from '../../../../lib/notebook/sql/complete'
import { connectionOf } from '../../../../lib/notebook/sql/to-typescript'
import { cellOfModel } from '../language/cell-models'
import { knownSchema } from './known-schema'

const { CompletionItemKind: Kind } = languages
const kinds: Record<SqlSuggestion['kind'], languages.CompletionItemKind> = {
  column: Kind.Field,
  table: Kind.Struct,
  file: Kind.File,
  function: Kind.Function,
  keyword: Kind.Keyword,
}
const nothing = { tables: [], files: [] }

/** Tables, columns, files, functions and keywords in SQL cells. */
export const sqlCompletions: languages.CompletionItemProvider = {
  triggerCharacters: ['.', "'", '"', ' '],

  async provideCompletionItems(model, position, { triggerCharacter }) {
    const cell = cellOfModel(model)
    if (!cell) return
    const source = model.getValue()
    const offset = model.getOffsetAt(position)
    // Another server's tables are not the notebook's.
    const { schema, late } = connectionOf(source)
      ? { schema: nothing, late: false }
      : await knownSchema(cell.session, filesNamed(source, offset))
    if (model.isDisposed()) return
    const { from, to, suggestions } = completeSql(source, offset, schema)
    // A space offers what a query reads, where that comes next; all keywords at each space would be in the way.
    const offered = triggerCharacter === ' ' ? afterSpace(suggestions) : suggestions
    const range = Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to))
    const hasQuote = /['"]/.test(source[from] ?? '')
    return {
      incomplete: late,
      suggestions: offered.map(({ label, insert, kind, detail, rank }) => ({
        label: detail === '' ? label : { label, description: detail },
        insertText: insert,
        kind: kinds[kind],
        filterText: hasQuote ? insert : insert.replace(/^['"]|['"]$/g, ''),
        sortText: `${rank}${label.toLowerCase()}`,
        range,
      })),
    }
  },
}

const afterSpace = (suggestions: SqlSuggestion[]) =>
  suggestions[0]?.kind === 'table' || suggestions[0]?.kind === 'file'
    ? suggestions.filter(({ kind }) => kind === 'table' || kind === 'file')
    : []
