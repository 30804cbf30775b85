import type { Standing } from '../../../../lib/notebook/graph/validity'
import type { Warning } from '../../../../lib/notebook/graph/warnings'
import type { Reactivity } from './modes'

/** A part of a sentence: words, a name of the code, or cells to go to. */
export type Part = string | { name: string } | { cells: readonly string[] }

/** A sentence about a cell, and what helps. */
export type Note = {
  kind: 'blocked' | 'lent' | 'foreign' | 'trains' | Warning['kind']
  parts: Part[]
  /** Runs these cells. */
  run?: { label: string; cells: string[] }
}

export type NoteFacts = {
  id: string
  reactivity: Reactivity
  standing: Standing | undefined
  warnings: readonly Warning[]
  /** The manual cells that kept it from running when it was asked to. */
  blocked: readonly string[]
  /** It fits a model, and nobody has said yet whether it runs only by hand. */
  asksToBeManual: boolean
  /** Someone types in it: a name that nobody defines may be half a name. */
  editing: boolean
}

/** What is said on a cell, most pressing first. */
export function notesOf(facts: NoteFacts): Note[] {
  const { reactivity, warnings, editing } = facts
  const about = reactivity === 'off' ? [] : ofGraph(facts)
  const shown = warnings.filter(
    ({ kind }) => !(reactivity === 'off' && graphOnly.has(kind)) && !(editing && kind === 'missing'),
  )
  return [...about, ...shown.map(ofWarning)]
}

const graphOnly = new Set<Warning['kind']>(['cycle', 'assigns', 'assigned'])

function ofGraph({ id, standing, blocked, asksToBeManual }: NoteFacts): Note[] {
  const notes: Note[] = []
  const missing = blocked.filter((each) => standing?.needs.includes(each))
  if (missing.length > 0)
    notes.push({
      kind: 'blocked',
      parts: [
        'Not run: it needs ',
        { cells: missing },
        missing.length === 1
          ? ', which runs only by hand and has no value yet.'
          : ', which run only by hand and have no value yet.',
      ],
      run: { label: missing.length === 1 ? 'Run it first' : 'Run them first', cells: [...missing, id] },
    })
  const lenders = standing?.lenders ?? []
  if (lenders.length > 0)
    notes.push({
      kind: 'lent',
      parts: [
        lenders.length === 1 ? 'Uses the old value of ' : 'Uses the old values of ',
        { cells: lenders },
        lenders.length === 1
          ? ', which is stale and runs only by hand.'
          : ', which are stale and run only by hand.',
      ],
      run: { label: lenders.length === 1 ? 'Run both' : 'Run them all', cells: [...lenders, id] },
    })
  for (const { name, input, givenBy } of standing?.foreign ?? []) {
    const was: Part[] =
      givenBy.length > 0 ? [' was the one of ', { cells: givenBy }, ', not of '] : [' was not the one of ']
    notes.push({ kind: 'foreign', parts: ['When this ran, ', { name }, ...was, { cells: [input] }, '.'] })
  }
  if (asksToBeManual)
    notes.push({
      kind: 'trains',
      parts: ['This cell trains a model. Run it only when you press its button?'],
    })
  return notes
}

function ofWarning(warning: Warning): Note {
  const { kind } = warning
  const cells: Part = { cells: warning.cells }
  if (kind === 'cycle')
    return {
      kind,
      parts: [
        'These cells use each other’s names (',
        ...warning.names.flatMap((name, i): Part[] => [...(i > 0 ? [', '] : []), { name }]),
        '): ',
        cells,
        '. They run in page order.',
      ],
    }
  const name: Part = { name: warning.name }
  switch (kind) {
    case 'double':
      return { kind, parts: [name, ' is also defined in ', cells, '. Whichever ran last counts.'] }
    case 'assigns':
      return {
        kind,
        parts: [name, ' is defined in ', cells, '. Assigning it here does not mark the cells that use it.'],
      }
    case 'assigned':
      return { kind, parts: [name, ' is also assigned in ', cells, '.'] }
    case 'below':
      return { kind, parts: [name, ' is used here and defined further down, in ', cells, '.'] }
    case 'missing':
      return { kind, parts: [name, ' is not defined in any cell.'] }
  }
}
