// First: registering a language starts Monaco's services, and a feature that comes later is unknown to them.
import './monaco-features'

import * as monaco from 'monaco-editor/editor'
import 'monaco-editor/languages/definitions/markdown/register'
import 'monaco-editor/languages/definitions/typescript/register'
import { MonacoBinding } from 'y-monaco'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { palette, type Scheme, type SchemeName } from '../palette'
import { monospace } from '../theme'
import { metrics } from './editor-metrics'
import type { Match } from './find/search'
import type { EditorLanguage } from './language'
import { type CellModel, registerCellModel } from './language/cell-models'
import { showMarkers } from './language/markers'
import { registerProviders } from './language/providers'
import { toPosition } from './language/ranges'
import type { EditorHandle } from './session'
import { registerSql } from './sql/monaco-sql'

// The one module that imports Monaco; it is loaded when the first editor comes near the screen.

self.MonacoEnvironment = {
  getWorker: () =>
    new Worker(new URL('monaco-editor/editor/editor.worker.js', import.meta.url), {
      type: 'module',
      name: 'editor',
    }),
}

registerSql(monaco)
defineTheme('light')
defineTheme('dark')

export type EditorKeys = {
  runAndGoOn(): void
  run(): void
  runAndInsert(): void
  leave(): void
  split(): void
  /** Up in the first line, or down in the last. */
  step(by: 1 | -1): void
}

export type EditorOptions = {
  text: Y.Text
  language: EditorLanguage
  label: string
  readOnly: boolean
  lineNumbers: boolean
  awareness: Awareness
  /** Whose text it is: what completion and types ask for. */
  cell: Omit<CellModel, 'text'>
  keys: EditorKeys
  onFocus(): void
  onHeight(height: number): void
}

/** An editor on a shared text, inside of an element that gives it its height. */
export function mountEditor(
  element: HTMLElement,
  options: EditorOptions,
): EditorHandle & { dispose(): void } {
  const { text, language, label, readOnly, awareness, keys, cell } = options
  const model = monaco.editor.createModel(text.toString(), language)
  registerCellModel(model, { ...cell, text })
  const isTyped = language === 'typescript'
  const endMarkers = isTyped ? makeTyped(model, { ...cell, text }) : undefined
  // On Windows Monaco begins with CRLF, and y-monaco's offsets would no longer be those of the shared text.
  model.setEOL(monaco.editor.EndOfLineSequence.LF)
  model.updateOptions({
    tabSize: 2,
    insertSpaces: true,
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  })
  const editor = monaco.editor.create(element, {
    ...looks,
    ...numbering(options.lineNumbers),
    model,
    readOnly,
    ariaLabel: label,
    wordWrap: language === 'markdown' ? 'on' : 'off',
    quickSuggestions: { other: language !== 'markdown', comments: false, strings: language !== 'markdown' },
  })
  colourNow(model)
  const binding = new MonacoBinding(text, model, new Set([editor]), awareness)
  // Monaco's own undo stack does not know of other people's edits and would take them back.
  const history = new Y.UndoManager(text, { trackedOrigins: new Set([binding]) })
  addKeys(editor, keys, history)
  if (isTyped) addLanguageKeys(editor, cell)
  editor.onDidFocusEditorText(options.onFocus)
  editor.onDidContentSizeChange(({ contentHeight }) => options.onHeight(contentHeight))
  options.onHeight(editor.getContentHeight())
  const marks = editor.createDecorationsCollection()
  return {
    focus: () => editor.focus(),
    reveal(lineNumber, column) {
      const place = model.validatePosition({ lineNumber, column })
      editor.setPosition(place)
      editor.focus()
      editor.revealPositionInCenterIfOutsideViewport(place)
      flash(editor, place.lineNumber)
    },
    offset: () => model.getOffsetAt(editor.getPosition() ?? { lineNumber: 1, column: 1 }),
    selection: () => model.getValueInRange(editor.getSelection() ?? new monaco.Range(1, 1, 1, 1)),
    mark: (matches, current) => marks.set(matches.map((match, i) => markOf(model, match, i === current))),
    setLineNumbers: (on) => editor.updateOptions(numbering(on)),
    dispose() {
      endMarkers?.()
      history.destroy()
      binding.destroy()
      editor.dispose()
      model.dispose()
    },
  }
}

function markOf(model: monaco.editor.ITextModel, { at, length }: Match, isCurrent: boolean) {
  const className = isCurrent ? 'cellar-found-current' : 'cellar-found'
  const range = monaco.Range.fromPositions(model.getPositionAt(at), model.getPositionAt(at + length))
  return {
    range,
    options: { className, stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges },
  }
}

const numbering = (on: boolean) => ({
  lineNumbers: on ? ('on' as const) : ('off' as const),
  lineNumbersMinChars: on ? metrics.numberChars : 0,
})

/** Shows a text to read, with its line numbers and one line in sight, in an element that has a height. */
export function mountReader(element: HTMLElement, text: string, line: number): { dispose(): void } {
  const model = monaco.editor.createModel(text, 'typescript')
  const editor = monaco.editor.create(element, {
    ...looks,
    model,
    readOnly: true,
    lineNumbers: 'on',
    lineNumbersMinChars: 5,
    scrollbar: {},
    ariaLabel: 'Declaration',
  })
  editor.setPosition({ lineNumber: line, column: 1 })
  editor.revealLineInCenter(line)
  flash(editor, line)
  editor.focus()
  return {
    dispose() {
      editor.dispose()
      model.dispose()
    },
  }
}

/** Gives a cell's model the types of the whole notebook. Returns what ends it. */
function makeTyped(model: monaco.editor.ITextModel, cell: CellModel) {
  registerProviders()
  return showMarkers(model, cell)
}

/** Loads the grammar of a language: an editor mounted after it is coloured in its first frame. */
export const loadLanguage = (language: EditorOptions['language']) =>
  monaco.editor.colorize('', language, {}).then(() => undefined)

/** Colours of all editors of the page. */
export const setScheme = (scheme: SchemeName) => monaco.editor.setTheme(`cellar-${scheme}`)

const looks: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontFamily: monospace,
  fontSize: metrics.fontSize,
  lineHeight: metrics.lineHeight,
  padding: { top: metrics.paddingY, bottom: metrics.paddingY },
  fontLigatures: false,
  lineDecorationsWidth: metrics.paddingX,
  glyphMargin: false,
  folding: false,
  minimap: { enabled: false },
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  overviewRulerBorder: false,
  renderLineHighlight: 'none',
  guides: { indentation: false },
  bracketPairColorization: { enabled: false },
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  scrollBeyondLastLine: false,
  scrollBeyondLastColumn: 2,
  fixedOverflowWidgets: true,
  stickyScroll: { enabled: false },
  contextmenu: false,
  links: false,
  gotoLocation: { multiple: 'goto' },
  // Beside the text there is no room for it; Ctrl+. and the hover offer the same.
  lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.Off },
  suggest: { showWords: false, preview: false },
  wordBasedSuggestions: 'off',
  unicodeHighlight: { ambiguousCharacters: false },
  scrollbar: {
    alwaysConsumeMouseWheel: false,
    ignoreHorizontalScrollbarInContentHeight: true,
    horizontalScrollbarSize: 8,
    verticalScrollbarSize: 8,
    useShadows: false,
  },
}

// addAction, because a key given to addCommand belongs to the last editor of the page.
function addKeys(editor: monaco.editor.IStandaloneCodeEditor, keys: EditorKeys, history: Y.UndoManager) {
  const { CtrlCmd, Shift, Alt } = monaco.KeyMod
  const { KeyCode } = monaco
  const add = (id: string, label: string, keybindings: number[], run: () => void, precondition?: string) =>
    editor.addAction({ id: `cellar-${id}`, label, keybindings, run, ...(precondition && { precondition }) })
  const nothingOpen = '!suggestWidgetVisible && !parameterHintsVisible && !inSnippetMode'
  const oneCursor = `${nothingOpen} && !editorHasMultipleSelections`
  add('undo', 'Undo', [CtrlCmd | KeyCode.KeyZ], () => void history.undo())
  add('redo', 'Redo', [CtrlCmd | Shift | KeyCode.KeyZ, CtrlCmd | KeyCode.KeyY], () => void history.redo())
  add('run-next', 'Run and go to the next cell', [Shift | KeyCode.Enter], keys.runAndGoOn)
  add('run', 'Run', [CtrlCmd | KeyCode.Enter], keys.run)
  add('run-insert', 'Run and insert a cell below', [Alt | KeyCode.Enter], keys.runAndInsert)
  add('split', 'Split the cell here', [CtrlCmd | Shift | KeyCode.Minus], keys.split)
  add('leave', 'Leave the editor', [KeyCode.Escape], keys.leave, oneCursor)
  editor.onKeyDown((event) => {
    const up = event.keyCode === KeyCode.UpArrow
    if (
      (!up && event.keyCode !== KeyCode.DownArrow) ||
      event.shiftKey ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey
    )
      return
    const edge = up ? 1 : editor.getModel()?.getLineCount()
    if (editor.getPosition()?.lineNumber !== edge) return
    // A list of suggestions takes the arrows for itself.
    if (window.document.querySelector('.suggest-widget.visible, .parameter-hints-widget.visible')) return
    event.preventDefault()
    event.stopPropagation()
    keys.step(up ? -1 : 1)
  })
}

/** In place of Monaco's own, which open a second editor inside of the cell. */
function addLanguageKeys(
  editor: monaco.editor.IStandaloneCodeEditor,
  { cellId, actions }: Omit<CellModel, 'text'>,
) {
  const { Shift, Alt } = monaco.KeyMod
  const { KeyCode } = monaco
  const add = (id: string, label: string, keybinding: number, run: () => void) =>
    editor.addAction({ id: `cellar-${id}`, label, keybindings: [keybinding], run })
  add('references', 'Find all references', Shift | KeyCode.F12, () => {
    const position = editor.getPosition()
    const word = position && editor.getModel()?.getWordAtPosition(position)?.word
    if (position && word) void actions.findReferences(cellId, toPosition(position), word)
  })
  add(
    'peek',
    'Go to definition',
    Alt | KeyCode.F12,
    () => void editor.getAction('editor.action.revealDefinition')?.run(),
  )
  add('next-problem', 'Go to the next problem', KeyCode.F8, () => actions.stepProblem(1))
  add('previous-problem', 'Go to the previous problem', Shift | KeyCode.F8, () => actions.stepProblem(-1))
}

/** Monaco colours in idle moments, which shows as a flicker where plain coloured text was; cells are short enough to do it at once. */
function colourNow(model: monaco.editor.ITextModel) {
  const { tokenization } = model as { tokenization?: { forceTokenization?(line: number): void } }
  if (model.getLineCount() < 1000) tokenization?.forceTokenization?.(model.getLineCount())
}

function flash(editor: monaco.editor.IStandaloneCodeEditor, line: number) {
  const marks = editor.createDecorationsCollection([
    {
      range: new monaco.Range(line, 1, line, 1),
      options: { isWholeLine: true, className: 'cellar-line-flash' },
    },
  ])
  setTimeout(() => marks.clear(), 1600)
}

function defineTheme(name: SchemeName) {
  const scheme = palette[name]
  monaco.editor.defineTheme(`cellar-${name}`, {
    base: name === 'dark' ? 'vs-dark' : 'vs',
    inherit: false,
    rules: rules(scheme),
    colors: {
      'editor.background': '#00000000',
      'editor.foreground': scheme.text,
      'editorCursor.foreground': scheme.accent,
      'editorLineNumber.foreground': scheme.dimmed,
      'editorLineNumber.activeForeground': scheme.dimmed,
      'editor.selectionBackground': scheme.selection,
      'editor.inactiveSelectionBackground': `${scheme.selection}80`,
      'editorWidget.background': scheme.surface,
      'editorWidget.foreground': scheme.text,
      'editorWidget.border': scheme.border,
      'editorHoverWidget.background': scheme.surface,
      'editorHoverWidget.border': scheme.border,
      'editorSuggestWidget.background': scheme.surface,
      'editorSuggestWidget.border': scheme.border,
      'editorSuggestWidget.selectedBackground': scheme.hover,
      'editorSuggestWidget.selectedForeground': scheme.text,
      'editorSuggestWidget.highlightForeground': scheme.accent,
      // The option that switches coloured brackets off does not reach models made before their editor.
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((n) => [`editorBracketHighlight.foreground${n}`, scheme.text]),
      ),
      'editorBracketHighlight.unexpectedBracket.foreground': scheme.text,
      'editorBracketMatch.background': scheme.hover,
      'editorBracketMatch.border': scheme.borderStrong,
      'editor.findMatchBackground': `${scheme.stale}66`,
      'editor.findMatchHighlightBackground': `${scheme.stale}33`,
      'scrollbarSlider.background': `${scheme.borderStrong}55`,
      'scrollbarSlider.hoverBackground': `${scheme.borderStrong}88`,
      'scrollbarSlider.activeBackground': `${scheme.borderStrong}aa`,
      focusBorder: '#00000000',
      'input.background': scheme.surface,
      'input.foreground': scheme.text,
      'input.border': scheme.borderStrong,
    },
  })
}

function rules(scheme: Scheme): monaco.editor.ITokenThemeRule[] {
  const color = (token: string, value: string, fontStyle?: string) => ({
    token,
    foreground: value.slice(1),
    ...(fontStyle && { fontStyle }),
  })
  return [
    color('', scheme.text),
    color('keyword', scheme.syntaxKeyword),
    color('string', scheme.syntaxString),
    color('regexp', scheme.syntaxString),
    color('number', scheme.syntaxNumber),
    color('type', scheme.syntaxType),
    color('comment', scheme.syntaxComment),
    color('variable', scheme.syntaxFunction),
    color('tag', scheme.syntaxKeyword),
    color('strong', scheme.text, 'bold'),
    color('emphasis', scheme.text, 'italic'),
  ]
}
