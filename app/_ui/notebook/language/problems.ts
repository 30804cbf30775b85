import type { CellProblems, Problem } from '../../../../lib/protocol/language'

/** Cell → its problems, as they were found last. */
export type ProblemsView = Readonly<Record<string, CellProblems>>

/** After news of some cells. */
export const withProblems = (view: ProblemsView, cells: readonly CellProblems[]): ProblemsView => ({
  ...view,
  ...Object.fromEntries(cells.map((cell) => [cell.cellId, cell])),
})

export type ListedProblem = Problem & { cellId: string; index: number }

/** Errors and warnings in page order, for the list; hints are only drawn in the text. */
export function listProblems(view: ProblemsView, ids: readonly string[]): ListedProblem[] {
  return ids.flatMap((cellId, index) =>
    (view[cellId]?.problems ?? [])
      .filter(({ severity }) => severity !== 'hint')
      .map((problem) => ({ ...problem, cellId, index })),
  )
}
