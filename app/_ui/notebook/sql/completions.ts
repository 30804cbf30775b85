import { editor, languages, Range } from 'monaco-editor/editor'
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
    const { schema, late }: Awaited<ReturnType<typeof knownSchema>> = connectionOf(source)
      ? { schema: nothing }
      : await knownSchema(cell.session, filesNamed(source, offset))
    if (model.isDisposed()) return
    const { from, to, suggestions } = completeSql(source, offset, schema)
    // A space offers what a query reads, where that comes next; all keywords at each space would be in the way.
    const offered = triggerCharacter === ' ' ? afterSpace(suggestions) : suggestions
    // Of a list that is empty the editor does not ask again.
    if (late && offered.length === 0) void offerAfter(late, model)
    const range = Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to))
    const hasQuote = /['"]/.test(source[from] ?? '')
    return {
      incomplete: late !== undefined,
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

/** Opens the list when the answer is there, if nobody has typed on. */
async function offerAfter(answer: Promise<void>, model: editor.ITextModel) {
  const version = model.getVersionId()
  await answer
  if (model.isDisposed() || model.getVersionId() !== version) return
  const typing = editor.getEditors().find((each) => each.getModel() === model && each.hasTextFocus())
  typing?.trigger('sql', 'editor.action.triggerSuggest', { auto: true })
}

const afterSpace = (suggestions: SqlSuggestion[]) =>
  suggestions[0]?.kind === 'table' || suggestions[0]?.kind === 'file'
    ? suggestions.filter(({ kind }) => kind === 'table' || kind === 'file')
    : []
