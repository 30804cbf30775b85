/** What is wrong with a cell's text, and where: `line` and `column` are 1-based, in the cell as typed. */
export class CellSyntaxError extends SyntaxError {
  override name = 'SyntaxError'
  constructor(
    message: string,
    readonly cellId: string,
    readonly line: number,
    readonly column: number,
    /** The lines around the place with a mark under it, where the parser drew them. */
    readonly codeframe?: string,
  ) {
    super(message)
    this.stack = `SyntaxError: ${message}\n    at cell-${cellId}.ts:${line}:${column}`
  }
}

/** A `CellSyntaxError` at an offset (UTF-16 units) of `text`. */
export function syntaxErrorAt(cellId: string, text: string, offset: number, message: string, frame?: string) {
  const before = text.slice(0, offset).split('\n')
  return new CellSyntaxError(message, cellId, before.length, before.at(-1)!.length + 1, frame)
}
