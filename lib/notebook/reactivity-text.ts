import { defaultSettings, type NotebookSettings } from './settings'

type Reactivity = NotebookSettings['reactivity']

/**
 * What an edit or a run does to dependent cells, in a notebook's file below its cells, where it is not the usual:
 *
 *     // %% [settings]
 *     // {"reactivity":"off"}
 *
 * Only what is written so is taken out of a file: all else is a cell, and keeps its bytes.
 */
const section = /(^|\n)\/\/ %% \[settings\](\r?\n)\/\/ \{"reactivity":"(stale|automatic|off)"\}\r?\n$/

/** The file without it, and this. */
export function takeReactivity(file: string): { text: string; reactivity: Reactivity } {
  const found = section.exec(file)
  if (!found) return { text: file, reactivity: defaultSettings.reactivity }
  const [, before = '', eol = '\n', reactivity] = found
  const text = file.slice(0, found.index + before.length)
  // The blank line above it belongs to it, the end of the last cell to the cell.
  const own = text === eol || text.endsWith(`\n${eol}`) ? text.slice(0, -eol.length) : text
  return { text: own, reactivity: reactivity as Reactivity }
}

/** The file with it; as it is where it is the usual. */
export function addReactivity(text: string, reactivity: Reactivity): string {
  if (reactivity === defaultSettings.reactivity) return text
  const eol = /\r\n/.test(text) ? '\r\n' : '\n'
  const ended = text === '' || text.endsWith('\n') ? text : text + eol
  return `${ended}${eol}// %% [settings]${eol}// {"reactivity":"${reactivity}"}${eol}`
}
