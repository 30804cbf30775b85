import type { languages } from 'monaco-editor/editor'
import { cellOfModel } from './cell-models'
import { fromRange, toPosition } from './ranges'

export const signatures: languages.SignatureHelpProvider = {
  signatureHelpTriggerCharacters: ['(', ',', '<'],
  signatureHelpRetriggerCharacters: [')'],
  async provideSignatureHelp(model, position) {
    const cell = cellOfModel(model)
    if (!cell) return
    const { cellId, text, session } = cell
    const place = { cellId, source: text.toString(), position: toPosition(position) }
    const help = await session.ask('language.signatures', place).catch(() => null)
    if (!help) return
    return {
      value: {
        signatures: help.signatures.map(({ label, documentation, parameters }) => ({
          label,
          documentation: { value: documentation },
          parameters: parameters.map((parameter) => ({
            label: parameter.label,
            documentation: { value: parameter.documentation },
          })),
        })),
        activeSignature: help.active,
        activeParameter: help.activeParameter,
      },
      dispose() {},
    }
  },
}

export const hovers: languages.HoverProvider = {
  async provideHover(model, position) {
    const cell = cellOfModel(model)
    if (!cell) return
    const { cellId, text, session } = cell
    const place = { cellId, source: text.toString(), position: toPosition(position) }
    const hover = await session.ask('language.hover', place).catch(() => null)
    if (!hover) return
    return { contents: [{ value: hover.markdown }], ...(hover.range && { range: fromRange(hover.range) }) }
  },
}
