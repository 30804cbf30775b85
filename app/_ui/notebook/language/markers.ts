import { editor, MarkerSeverity, MarkerTag } from 'monaco-editor/editor'
import { fingerprint, type Problem } from '../../../../lib/protocol/language'
import type { CellModel } from './cell-models'
import { fromRange } from './ranges'

const owner = 'typescript'

/** Underlines a cell's problems in its model, as they are found. Returns what ends it. */
export function showMarkers(model: editor.ITextModel, { cellId, text, session }: CellModel): () => void {
  const read = () => session.store.get().problems[cellId]
  let shown: ReturnType<typeof read>
  const show = () => {
    const found = read()
    if (found === shown) return
    // Of an older text: its places are not these. What is underlined moves with the text until the next is told.
    if (found && found.text !== fingerprint(text.toString())) return
    shown = found
    editor.setModelMarkers(model, owner, (found?.problems ?? []).map(toMarker))
  }
  show()
  return session.store.subscribe(show)
}

const severities = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  hint: MarkerSeverity.Hint,
}

const toMarker = ({
  range,
  severity,
  code,
  message,
  unnecessary,
  deprecated,
}: Problem): editor.IMarkerData => ({
  ...fromRange(range),
  severity: severities[severity],
  message,
  code: String(code),
  source: 'ts',
  tags: [...(unnecessary ? [MarkerTag.Unnecessary] : []), ...(deprecated ? [MarkerTag.Deprecated] : [])],
})
