import { useCommands } from '../commands'
import type { Actions } from './actions'
import { useCellTitles } from './cell-titles'
import { useView } from './context'

/** In the command palette, once something is typed: all cells, by their first line, their headings and the names they define. */
export function CellsInPalette({ actions }: { actions: Actions }) {
  const titles = useCellTitles()
  const defs = useView((view) => view.graph.defs)
  useCommands(
    'Go to',
    titles.flatMap(({ id, title }, i) =>
      title === ''
        ? []
        : [
            {
              id: `cell-${id}`,
              label: title,
              description: `cell ${i + 1}`,
              keywords: [...(defs[id] ?? [])],
              searchedOnly: true,
              run: () => actions.show(id),
            },
          ],
    ),
  )
  return null
}
