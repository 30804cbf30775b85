import type { Cell } from './document'
import type { Environment } from './environment'
import { addEnvironment, takeEnvironment } from './environment-text'
import { formatPercent, parsePercent } from './percent'
import { addReactivity, takeReactivity } from './reactivity-text'
import type { NotebookSettings } from './settings'

/** What a notebook's file holds besides outputs, in either format. */
export type FileContent = {
  cells: Cell[]
  environment: Environment
  reactivity: NotebookSettings['reactivity']
}

/** A whole `.ts` file; `file` is its text without what stands below the cells. Throws a sentence where it cannot be read. */
export function parsePercentFile(text: string): FileContent & { file: string } {
  const { text: above, environment } = takeEnvironment(text)
  const { text: file, reactivity } = takeReactivity(above)
  return { cells: parsePercent(file), environment, reactivity, file }
}

/** The other way round. `original`: see `formatPercent`. */
export const formatPercentFile = ({ cells, environment, reactivity }: FileContent, original = ''): string =>
  addEnvironment(addReactivity(formatPercent(cells, original), reactivity), environment)
