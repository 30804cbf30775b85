import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type {
  CodeAction,
  Command,
  CompletionItem,
  CompletionList,
  DocumentDiagnosticReport,
  Location,
  LocationLink,
  MarkupContent,
  Range,
  TextEdit as ServerEdit,
  Hover as ServerHover,
  SignatureHelp,
} from 'vscode-languageserver-protocol'
import type { AskParams } from '../../lib/protocol/asks'
import type {
  CodePlace,
  Completions,
  LanguageCells,
  ProblemsFound,
  TextPosition,
  TextRange,
} from '../../lib/protocol/language'
import type { HostAsks } from '../host/asks'
import { markdown, toCompletions, toResolved } from './completion'
import { editsOfCell } from './edits'
import { ownFixes, serverFixes } from './fixes'
import { type LanguageFolders, prepareProject, removeProject } from './folders'
import { fromModule, toModule } from './module'
import { readDefinition } from './packages'
import { toPlace } from './places'
import { toProblems, withoutPlaces } from './problems'
import { createProject, type Project } from './project'
import { rename } from './rename'
import type { LanguageServer } from './server'
import { watchFolder, watchPackages } from './watch'

export type LanguageServiceOptions = {
  server: LanguageServer
  folders: LanguageFolders
  /** TypeScript's own declarations. */
  libraries: string
  onProblems(found: ProblemsFound): void
}

type LanguageAsks = { [M in keyof HostAsks as M extends `language.${string}` ? M : never]: HostAsks[M] }

/** Types for the notebooks that people have open on this machine's host. */
export type LanguageService = {
  update(cells: LanguageCells): void
  close(notebookId: string): void
  asks: LanguageAsks
  end(): void
}

/** How long a page's edit may take to come by way of web. */
const editMs = 1000

type Open = { project: Project; unwatch(): void; list: number; items: CompletionItem[] }

export function createLanguageService(options: LanguageServiceOptions): LanguageService {
  const { server, folders, libraries, onProblems } = options
  const notebooks = new Map<string, Open>()

  function open(notebookId: string): Open {
    const folder = prepareProject(folders, notebookId)
    const project = createProject({
      server,
      folder,
      onProblems: (cells) => onProblems({ notebookId, cells }),
    })
    const unwatch = watchFolder(folders.workFolder(notebookId), folder, (changes) => {
      server.changed(changes)
      project.recheck()
    })
    const unwatchPackages = watchPackages(folders.packagesFolder(notebookId), () => {
      server.changed([{ uri: pathToFileURL(path.join(folder, '../node_modules')).href, type: 1 }])
      project.recheck()
    })
    const opened: Open = {
      project,
      unwatch() {
        unwatch()
        unwatchPackages()
      },
      list: 0,
      items: [],
    }
    notebooks.set(notebookId, opened)
    return opened
  }

  /** The project with the text that the page shows, or undefined where it is not to be had. */
  async function withText(
    notebookId: string,
    { cellId, source }: { cellId: string; source: string },
    mayWrite: boolean,
  ): Promise<Open | undefined> {
    const opened = notebooks.get(notebookId)
    if (!opened?.project.has(cellId)) return undefined
    if (mayWrite) opened.project.advance(cellId, source)
    else if (!(await opened.project.reaches(cellId, source, editMs))) return undefined
    return opened
  }

  const at = (project: Project, cellId: string, position: TextPosition) => ({
    textDocument: { uri: project.uri(cellId) },
    position: toModule(position),
  })
  const inModule = ({ start, end }: TextRange): Range => ({ start: toModule(start), end: toModule(end) })

  async function places(
    method: string,
    notebookId: string,
    { cellId, source, position }: AskParams<'language.definition'>,
    more: object = {},
  ): Promise<CodePlace[]> {
    const opened = await withText(notebookId, { cellId, source }, false)
    if (!opened) return []
    const answer = await server.request<Location | Location[] | LocationLink[] | null>(method, {
      ...at(opened.project, cellId, position),
      ...more,
    })
    const locations = answer === null ? [] : Array.isArray(answer) ? answer : [answer]
    return locations.flatMap((location) => toPlace(location) ?? [])
  }

  const asks: LanguageAsks = {
    'language.problems': ({ notebookId }) => notebooks.get(notebookId)?.project.problems() ?? [],

    'language.check': ({ notebookId }, { cellIds }) =>
      notebooks.get(notebookId)?.project.check(cellIds) ?? [],

    async 'language.complete'({ notebookId }, { cellId, source, position, trigger }) {
      const opened = await withText(notebookId, { cellId, source }, true)
      if (!opened) return nothing
      opened.project.activate(cellId)
      if (leavesFolder(source, position)) return nothing
      const answer = await server.request<CompletionList | CompletionItem[] | null>(
        'textDocument/completion',
        {
          ...at(opened.project, cellId, position),
          context: trigger ? { triggerKind: 2, triggerCharacter: trigger } : { triggerKind: 1 },
        },
      )
      const { completions, items } = toCompletions(answer, ++opened.list)
      opened.items = items
      return completions
    },

    async 'language.resolve'({ notebookId }, { list, index }) {
      const opened = notebooks.get(notebookId)
      const item = opened?.list === list ? opened.items[index] : undefined
      return item ? toResolved(await server.request<CompletionItem>('completionItem/resolve', item)) : null
    },

    async 'language.signatures'({ notebookId }, { cellId, source, position }) {
      const opened = await withText(notebookId, { cellId, source }, true)
      if (!opened) return null
      opened.project.activate(cellId)
      const help = await server.request<SignatureHelp | null>(
        'textDocument/signatureHelp',
        at(opened.project, cellId, position),
      )
      if (!help || help.signatures.length === 0) return null
      const active = help.activeSignature ?? 0
      return {
        signatures: help.signatures.map(({ label, documentation, parameters = [] }) => ({
          label: withoutPlaces(label),
          documentation: markdown(documentation),
          parameters: parameters.map((parameter) => ({
            label: typeof parameter.label === 'string' ? withoutPlaces(parameter.label) : parameter.label,
            documentation: markdown(parameter.documentation),
          })),
        })),
        active,
        activeParameter: help.signatures[active]?.activeParameter ?? help.activeParameter ?? 0,
      }
    },

    async 'language.hover'({ notebookId }, { cellId, source, position }) {
      const opened = await withText(notebookId, { cellId, source }, false)
      if (!opened) return null
      const hover = await server.request<ServerHover | null>(
        'textDocument/hover',
        at(opened.project, cellId, position),
      )
      const text = hover && markdown(hover.contents as MarkupContent)
      if (!text) return null
      const range = hover.range ? (fromModule(hover.range) ?? null) : null
      return { markdown: withoutPlaces(text.replace(/^(```\w+\n)\(alias\) /, '$1')), range }
    },

    'language.definition': ({ notebookId }, params) => places('textDocument/definition', notebookId, params),
    'language.references': ({ notebookId }, params) =>
      places('textDocument/references', notebookId, params, { context: { includeDeclaration: true } }),

    'language.file': ({ notebookId }, { file }) =>
      readDefinition(file, [
        folders.workFolder(notebookId),
        folders.packagesFolder(notebookId),
        libraries,
        path.join(folders.root, 'node_modules'),
        path.join(folders.root, 'kernel/sdk'),
        path.join(folders.folder, notebookId),
      ]),

    async 'language.renameable'({ notebookId }, { cellId, source, position }) {
      const opened = await withText(notebookId, { cellId, source }, true)
      if (!opened) return null
      const answer = await server
        .request<{ range: Range; placeholder: string } | null>(
          'textDocument/prepareRename',
          at(opened.project, cellId, position),
        )
        // It refuses with words of its own where nothing can be renamed.
        .catch(() => null)
      const range = answer && fromModule(answer.range)
      return range ? { range, name: answer.placeholder } : null
    },

    async 'language.rename'({ notebookId }, { cellId, source, position, newName }) {
      const opened = await withText(notebookId, { cellId, source }, true)
      if (!opened) return []
      return rename(server.request, opened.project.uri, cellId, position, newName)
    },

    async 'language.fixes'({ notebookId }, { cellId, source, range }) {
      const opened = await withText(notebookId, { cellId, source }, true)
      if (!opened) return []
      const { project } = opened
      // A misspelt name is told from the names that are meant only where all of them are imported.
      project.activate(cellId)
      const textDocument = { uri: project.uri(cellId) }
      const report = await server.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
        textDocument,
      })
      const wanted = inModule(range)
      const diagnostics =
        report.kind === 'full' ? report.items.filter((each) => overlaps(each.range, wanted)) : []
      if (diagnostics.length === 0) return []
      const answer = await server.request<(CodeAction | Command)[] | null>('textDocument/codeAction', {
        textDocument,
        range: wanted,
        context: { diagnostics, only: ['quickfix'] },
      })
      const own = toProblems(diagnostics, () => false).flatMap((problem) => ownFixes(cellId, problem))
      return [...own, ...serverFixes(answer)]
    },

    async 'language.format'({ notebookId }, { cellId, source }) {
      const opened = await withText(notebookId, { cellId, source }, true)
      if (!opened) return []
      const edits = await server.request<ServerEdit[] | null>('textDocument/formatting', {
        textDocument: { uri: opened.project.uri(cellId) },
        options: { tabSize: 2, insertSpaces: true, trimTrailingWhitespace: true },
      })
      return editsOfCell(edits ?? [])
    },
  }

  return {
    update(cells) {
      const opened = notebooks.get(cells.notebookId) ?? open(cells.notebookId)
      opened.project.update(cells)
    },
    close(notebookId) {
      const opened = notebooks.get(notebookId)
      if (!opened) return
      notebooks.delete(notebookId)
      opened.unwatch()
      opened.project.close()
      removeProject(folders, notebookId)
    },
    asks,
    end() {
      for (const { project, unwatch } of notebooks.values()) {
        unwatch()
        project.close()
      }
      server.end()
    },
  }
}

const nothing: Completions = { list: 0, incomplete: false, items: [] }

/** Whether a path in quotes leads out of the notebook's folder: what lies there is nobody's to list. */
const leavesFolder = (source: string, { line, character }: TextPosition) =>
  /["'`](?:\/|file:|(?:[^"'`]*\/)?\.\.(?:\/|$))[^"'`]*$/.test(
    (source.split(/\r\n|\r|\n/)[line] ?? '').slice(0, character),
  )

const overlaps = (a: TextRange, b: TextRange) => !isBefore(a.end, b.start) && !isBefore(b.end, a.start)
const isBefore = (a: TextPosition, b: TextPosition) =>
  a.line < b.line || (a.line === b.line && a.character < b.character)
