import { type IRange, languages } from 'monaco-editor/editor'
import { cellOfModel } from './cell-models'
import { toKind } from './kinds'
import { fromRange, toPosition } from './ranges'

type Item = languages.CompletionItem & { list: number; index: number; ask: Resolve }
type Resolve = (list: number, index: number) => Promise<Partial<languages.CompletionItem>>

export const completions: languages.CompletionItemProvider = {
  triggerCharacters: ['.', '"', "'", '`', '/', '@', '<', '#'],

  async provideCompletionItems(model, position, { triggerCharacter }) {
    const cell = cellOfModel(model)
    if (!cell) return
    const { cellId, text, session } = cell
    const answer = await session
      .ask('language.complete', {
        cellId,
        source: text.toString(),
        position: toPosition(position),
        ...(triggerCharacter && { trigger: triggerCharacter }),
      })
      // Without a line to the server there is nothing to offer.
      .catch(() => undefined)
    if (!answer) return
    const { startColumn, endColumn } = model.getWordUntilPosition(position)
    const { lineNumber } = position
    const word: IRange = { startLineNumber: lineNumber, endLineNumber: lineNumber, startColumn, endColumn }
    const resolve: Resolve = async (list, index) => {
      const found = await session.ask('language.resolve', { list, index }).catch(() => null)
      if (!found) return {}
      return {
        detail: found.text,
        documentation: { value: found.documentation },
        additionalTextEdits: found.edits.map(({ range, newText }) => ({
          range: fromRange(range),
          text: newText,
        })),
      }
    }
    const { list, incomplete } = answer
    const suggestions = answer.items.map((item, index): Item => {
      const { label, description, kind, deprecated, insertText = label, sortText, filterText, range } = item
      return {
        label: description === undefined ? label : { label, description },
        kind: toKind(kind),
        insertText,
        sortText,
        ...(filterText !== undefined && { filterText }),
        ...(deprecated && { tags: [languages.CompletionItemTag.Deprecated] }),
        ...(item.commitCharacters && { commitCharacters: item.commitCharacters }),
        range: range ? fromRange(range) : word,
        list,
        index,
        ask: resolve,
      }
    })
    return { suggestions, incomplete }
  },

  async resolveCompletionItem(item) {
    const { list, index, ask } = item as Item
    return { ...item, ...(await ask(list, index)) }
  },
}
