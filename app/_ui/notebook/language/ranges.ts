import type { IPosition, IRange } from 'monaco-editor/editor'
import type { TextPosition, TextRange } from '../../../../lib/protocol/language'

// Monaco counts from 1, the protocol from 0; both count UTF-16 units.

export const toPosition = ({ lineNumber, column }: IPosition): TextPosition => ({
  line: lineNumber - 1,
  character: column - 1,
})

export const toRange = (range: IRange): TextRange => ({
  start: { line: range.startLineNumber - 1, character: range.startColumn - 1 },
  end: { line: range.endLineNumber - 1, character: range.endColumn - 1 },
})

export const fromRange = ({ start, end }: TextRange): IRange => ({
  startLineNumber: start.line + 1,
  startColumn: start.character + 1,
  endLineNumber: end.line + 1,
  endColumn: end.character + 1,
})
