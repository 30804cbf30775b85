import { pathToFileURL } from 'node:url'
import type { InitializeParams } from 'vscode-languageserver-protocol'

/** What the server is told of its client. */
export const initialization = (folder: string): InitializeParams => ({
  processId: null,
  rootUri: pathToFileURL(folder).href,
  capabilities: {
    textDocument: {
      completion: {
        completionItem: {
          // A snippet would leave placeholders in a text that several people edit.
          snippetSupport: false,
          commitCharactersSupport: true,
          documentationFormat: ['markdown'],
          deprecatedSupport: true,
          tagSupport: { valueSet: [1] },
          labelDetailsSupport: true,
          resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
        },
        contextSupport: true,
      },
      signatureHelp: {
        signatureInformation: {
          documentationFormat: ['markdown'],
          parameterInformation: { labelOffsetSupport: true },
          activeParameterSupport: true,
        },
        contextSupport: true,
      },
      hover: { contentFormat: ['markdown'] },
      diagnostic: {},
      publishDiagnostics: { tagSupport: { valueSet: [1, 2] } },
      rename: { prepareSupport: true },
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
    },
    workspace: {
      configuration: true,
      didChangeWatchedFiles: { dynamicRegistration: true },
      workspaceEdit: { documentChanges: true },
    },
  },
})

/** Its settings, as VS Code names them, for every section that it asks for. */
export const preferences = {
  // An index of every package's exports would hold a gigabyte, and make completion wait for it.
  suggest: { autoImports: false, completeFunctionCalls: false },
  preferences: { quoteStyle: 'single', importModuleSpecifier: 'non-relative' },
  format: { semicolons: 'ignore', insertSpaceAfterOpeningAndBeforeClosingNonemptyBraces: true },
}
