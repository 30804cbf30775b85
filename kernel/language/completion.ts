import type { CompletionItem, CompletionList, MarkupContent } from 'vscode-languageserver-protocol'
import type { Completion, Completions, ResolvedCompletion } from '../../lib/protocol/language'
import { editsOfCell } from './edits'
import { fromModule } from './module'
import { withoutPlaces } from './problems'

/** More than these are cut, and asked for again with the next letter. */
const maxItems = 1500

/** The server's list as pages get it: what only resolving needs stays here, found by its index. */
export function toCompletions(
  answer: CompletionList | CompletionItem[] | null,
  list: number,
): { completions: Completions; items: CompletionItem[] } {
  const all = (Array.isArray(answer) ? answer : (answer?.items ?? [])).filter((item) => !isSymbol(item))
  const items = all.length > maxItems ? bestItems(all) : all
  const incomplete = all.length > maxItems || (!Array.isArray(answer) && answer?.isIncomplete === true)
  return { items, completions: { list, incomplete, items: items.map(toCompletion) } }
}

/** `table[Symbol]` after a dot: it replaces the dot, and an editor would rank it first for that. */
const isSymbol = ({ label, insertText, textEdit }: CompletionItem) =>
  label === 'Symbol' && (textEdit?.newText ?? insertText)?.startsWith('[') === true

const bestItems = (items: CompletionItem[]) =>
  [...items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1)).slice(0, maxItems)

function toCompletion(item: CompletionItem): Completion {
  const {
    label,
    kind = 1,
    sortText = label,
    filterText,
    commitCharacters,
    textEdit,
    tags,
    labelDetails,
  } = item
  const insertText = textEdit?.newText ?? item.insertText
  const range = textEdit && fromModule('range' in textEdit ? textEdit.range : textEdit.replace)
  return {
    label,
    kind,
    sortText,
    ...(insertText !== undefined && insertText !== label && { insertText }),
    ...(filterText !== undefined && { filterText }),
    ...(labelDetails?.description !== undefined && { description: labelDetails.description }),
    ...((item.deprecated || tags?.includes(1)) && { deprecated: true as const }),
    ...(range && { range }),
    ...(commitCharacters && { commitCharacters }),
  }
}

/** `cellId`: the cell that is completed; only its own text is changed by an import that a completion brings. */
export const toResolved = (item: CompletionItem): ResolvedCompletion => ({
  text: withoutPlaces(item.detail ?? ''),
  documentation: markdown(item.documentation),
  edits: editsOfCell(item.additionalTextEdits ?? []),
})

/** What the server documents, as Markdown. */
export function markdown(documentation: string | MarkupContent | undefined): string {
  if (documentation === undefined) return ''
  return typeof documentation === 'string' ? documentation : documentation.value
}
